package io.tallystick.venue.binance.exports;

/** Rows about margin loans. */
public sealed interface MarginRecord extends ExportRecord {
  /**
   * A loan or a repayment, as its type says.
   *
   * @param market the pair of an isolated wallet; empty where it is lent across all of them
   * @param done whether it took place
   */
  record Loan(Moment at, String market, Money amount, String type, boolean done, String status)
      implements MarginRecord {}

  /** Interest on a loan. */
  record Interest(Moment at, String market, Money amount, String type) implements MarginRecord {}
}
