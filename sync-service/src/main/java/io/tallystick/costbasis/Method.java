package io.tallystick.costbasis;

/** How disposals are matched with what was acquired. */
public enum Method {
  /** Oldest lot first. */
  FIFO,
  /** Newest lot first. */
  LIFO,
  /** Dearest unit first, fees included; equal units: the older first. */
  HIFO,
  /** Cheapest unit first; equal units: the older first. */
  LOFO,
  /** The lots named with the disposal; the rest oldest first. */
  SPECIFIC,
  /** Lots of the four weeks before, newest first, then oldest first (Ireland, TCA 1997 s581). */
  IRISH_FIFO,
  /** Moving average of one pool. */
  AVERAGE,
  /** Moving average with the superficial-loss rule (Canada). */
  ACB,
  /** One average a tax year, later purchases of the year included (Japan). */
  TOTAL_AVERAGE,
  /** Same day, next 30 days, then the section 104 pool (United Kingdom). */
  UK_SHARES;

  /** Whether rows wait for later events, so that the last ones of a run are provisional. */
  public boolean looksAhead() {
    return this == ACB || this == TOTAL_AVERAGE || this == UK_SHARES;
  }

  /** Whether each wallet may be an inventory of its own; rules that look ahead are universal. */
  public boolean allowsWallets() {
    return !looksAhead();
  }
}
