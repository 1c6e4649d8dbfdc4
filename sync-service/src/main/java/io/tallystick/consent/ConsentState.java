package io.tallystick.consent;

import java.time.Instant;
import java.util.Locale;

/** Whether a consent allows anything now, and if not, why. All but the first are final. */
public enum ConsentState {
  /** Allows what it names. */
  ACTIVE,
  /** Its time is over, by the database's clock; no job has to notice. */
  EXPIRED,
  /** The holder took it back, or somebody recorded that he did. */
  WITHDRAWN,
  /** The tenant or the operator ended it. */
  REVOKED,
  /** Found never to have been valid. */
  INVALIDATED;

  /** The name in the API: lower case. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state at an instant, from what is stored. */
  static ConsentState of(String stored, Instant expiresAt, Instant now) {
    ConsentState state = valueOf(stored.toUpperCase(Locale.ROOT));
    return state == ACTIVE && !expiresAt.isAfter(now) ? EXPIRED : state;
  }
}
