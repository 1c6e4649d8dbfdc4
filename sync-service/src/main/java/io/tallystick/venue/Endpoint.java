package io.tallystick.venue;

import java.time.Duration;

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

  /** How often it can be called a minute by the pool's own limit. */
  public long callsAMinute() {
    long minutes = Math.max(1, Duration.ofMinutes(1).dividedBy(pool.window()));
    return pool.limit() * minutes / Math.max(1, weight);
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
