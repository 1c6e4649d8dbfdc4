package io.tallystick.ledger;

/** How a record tells of an event that another record, of another source, may tell of as well. */
public enum Telling {
  /** No other source tells of it. */
  ALONE,
  /** A row of the venue's list: what it says replaces what was told in passing. */
  LISTED,
  /** News as it happened: it comes first or not at all, and changes nothing that is booked. */
  PASSING
}
