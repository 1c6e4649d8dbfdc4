package io.tallystick.consent;

import java.time.Instant;
import java.util.Locale;

/** Whether a consent allows anything now, and if not, why. All but the first three are final. */
public enum ConsentState {
  /** The holder was asked for it and has not answered; it allows nothing. */
  REQUESTED,
  /** Allows what it names. */
  ACTIVE,
  /** Allows nothing until it is resumed; its keys are kept. */
  PAUSED,
  /** The holder was asked for it and said no. */
  REFUSED,
  /** A newer version of the same arrangement is in its place. */
  SUPERSEDED,
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

  /** Whether it is in force, and can therefore end. */
  public boolean mayEnd() {
    return this == ACTIVE || this == PAUSED;
  }

  /** Whether there is no way out of it. */
  public boolean isFinal() {
    return this != REQUESTED && !mayEnd();
  }

  /** Whether it was in force, is so no more, and nothing is in its place. */
  boolean isOver() {
    return isFinal() && this != REFUSED && this != SUPERSEDED;
  }

  /** The state as it is stored, whatever the clock says. */
  static ConsentState stored(String stored) {
    return valueOf(stored.toUpperCase(Locale.ROOT));
  }

  /**
   * The state at an instant, from what is stored.
   *
   * @param end when the time of a consent in force is over, or that for an answer
   */
  static ConsentState of(String stored, Instant end, Instant now) {
    ConsentState state = stored(stored);
    return state.isFinal() || end.isAfter(now) ? state : EXPIRED;
  }
}
