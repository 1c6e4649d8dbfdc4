package io.tallystick.vault;

import io.tallystick.venue.Endpoint;

/** Somebody built a call that is not on its venue's allow-list: a defect, never a condition. */
public final class NotListed extends RuntimeException {
  /** Names the venue and the call's endpoint, without parameters. */
  public NotListed(String venue, Endpoint endpoint) {
    super("not on the allow-list of " + venue + ": " + endpoint);
  }
}
