package io.tallystick.venue;

/**
 * One line of a venue's allow-list: an exact method and path that only reads, what it costs and
 * whether it is signed. Nothing else can leave the house.
 */
public record Endpoint(String method, String path, Security security, Pool pool, int weight) {

  /** What the venue wants to see of the key. */
  public enum Security {
    NONE,
    KEY_ONLY,
    SIGNED
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
