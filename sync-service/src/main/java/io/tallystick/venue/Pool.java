package io.tallystick.venue;

import java.time.Duration;

/**
 * A budget of request weight that a venue keeps.
 *
 * @param name stable, unique within the venue
 * @param scope whose requests share it
 * @param perEndpoint true when each path has a budget of its own
 * @param window fixed calendar window by the venue's clock
 * @param limit weight a window, unless the venue announces another
 * @param usedHeader the answer header that tells the weight used so far, lower case
 */
public record Pool(
    String name, Scope scope, boolean perEndpoint, Duration window, int limit, String usedHeader) {

  /** Whose requests are counted together. */
  public enum Scope {
    EGRESS_ADDRESS,
    VENUE_ACCOUNT
  }
}
