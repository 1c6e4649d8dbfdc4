package io.tallystick.egress;

/**
 * What a call is for, the most urgent first. A call waits for all calls of higher priority in its
 * process; across processes the first two can count on the reserve.
 */
public enum Priority {
  /** Something a person or a socket waits for now: a rights check, a fill just made. */
  LIVE,
  /** What the account owns. */
  BALANCES,
  /** History that evidence points at. */
  BACKFILL,
  /** What somebody asked to be read once more, out of turn. */
  REFRESH,
  /** History that nothing points at. */
  SWEEP;

  /** May use the reserve, and is not held back for having come in a burst. */
  boolean urgent() {
    return switch (this) {
      case LIVE, BALANCES -> true;
      case BACKFILL, REFRESH, SWEEP -> false;
    };
  }

  /** Waits as soon as the budget becomes scarce. */
  boolean yields() {
    return switch (this) {
      case LIVE, BALANCES, BACKFILL -> false;
      case REFRESH, SWEEP -> true;
    };
  }
}
