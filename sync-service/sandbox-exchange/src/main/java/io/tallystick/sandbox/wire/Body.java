package io.tallystick.sandbox.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of a request's or a reply's body; immutable. */
public final class Body {
  /** No bytes at all. */
  public static final Body EMPTY = new Body(new byte[0]);

  private final byte[] bytes;

  private Body(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A copy of these bytes. */
  public static Body of(byte[] bytes) {
    return new Body(bytes.clone());
  }

  /** This text in UTF-8. */
  public static Body text(String text) {
    return new Body(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The first {@code length} bytes, or all of them when there are fewer. */
  public Body head(int length) {
    return new Body(Arrays.copyOf(bytes, Math.clamp(length, 0, bytes.length)));
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** How many bytes. */
  public int size() {
    return bytes.length;
  }

  /** The bytes read as UTF-8. */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** One character a byte, so that nothing is lost or merged: what a signature is made over. */
  public String raw() {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Body that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "Body[" + bytes.length + " bytes]";
  }
}
