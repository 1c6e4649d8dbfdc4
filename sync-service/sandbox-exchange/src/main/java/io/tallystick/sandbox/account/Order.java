package io.tallystick.sandbox.account;

/**
 * An order of the account. All amounts in units of 10⁻⁸.
 *
 * @param orderId unique within its symbol
 * @param type LIMIT, LIMIT_MAKER or MARKET
 * @param buyer whether it buys the base
 * @param status the venue's word, such as FILLED or CANCELED
 * @param price its limit; 0 for a market order
 * @param quantity what was asked for, in base
 * @param executed what was done of it
 * @param quote what that came to, in quote
 * @param time when it came, in milliseconds
 * @param updateTime when it last changed, in milliseconds
 */
public record Order(
    long orderId,
    String type,
    boolean buyer,
    String status,
    long price,
    long quantity,
    long executed,
    long quote,
    long time,
    long updateTime) {

  /** Whether it still waits in the book. */
  public boolean open() {
    return status.equals("NEW") || status.equals("PARTIALLY_FILLED");
  }

  /** Whether it ended without any fill: such orders are archived after ninety days. */
  public boolean endedUnfilled() {
    return !open() && executed == 0;
  }
}
