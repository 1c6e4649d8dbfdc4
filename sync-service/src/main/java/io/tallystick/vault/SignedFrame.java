package io.tallystick.vault;

/**
 * A frame ready to be sent over a venue's socket, once. Shows nothing: it carries key and
 * signature.
 */
public record SignedFrame(String method, String text) {
  @Override
  public String toString() {
    return method;
  }
}
