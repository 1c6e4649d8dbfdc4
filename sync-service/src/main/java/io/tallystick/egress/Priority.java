package io.tallystick.egress;

/** What a call is for; the first two may use the reserve that the others leave. */
public enum Priority {
  /** Something a person waits for now: a rights check, a fill just made. */
  LIVE,
  /** What the account owns. */
  BALANCES,
  /** History that evidence points at. */
  BACKFILL,
  /** History that nothing points at. */
  SWEEP;

  boolean mayUseReserve() {
    return switch (this) {
      case LIVE, BALANCES -> true;
      case BACKFILL, SWEEP -> false;
    };
  }
}
