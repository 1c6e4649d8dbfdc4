package io.tallystick.sandbox.market;

import java.util.List;

/**
 * A symbol that the exchange lists or has removed.
 *
 * @param symbol its name: the two assets' names joined, which nobody can take apart again safely
 * @param base what is bought and sold
 * @param quote what it is paid with
 * @param status TRADING, BREAK, HALT, END_OF_DAY or CANCEL_ONLY
 * @param priceDecimals decimals of its price step
 * @param ticks its usual price in price steps
 * @param groups its permission groups
 */
public record Listing(
    String symbol,
    Asset base,
    Asset quote,
    String status,
    int priceDecimals,
    long ticks,
    List<String> groups) {

  private static final long[] POWERS = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
  };

  /** One price step in units. */
  public long tick() {
    return POWERS[8 - priceDecimals];
  }

  /** One quantity step in units. */
  public long step() {
    return POWERS[8 - base.quantityDecimals()];
  }

  /** What so many quantity steps cost at so many price steps, in units of the quote; exact. */
  public long cost(long priceTicks, long quantitySteps) {
    return Math.multiplyExact(
        Math.multiplyExact(priceTicks, quantitySteps),
        POWERS[8 - priceDecimals - base.quantityDecimals()]);
  }

  /** Whether {@code exchangeInfo} shows it without being asked for its group. */
  public boolean shownByDefault() {
    return groups.contains("SPOT") || groups.contains("MARGIN") || groups.contains("LEVERAGED");
  }

  /** Whether trading it costs no fee. */
  public boolean freeOfFees() {
    return quote.name().equals("FDUSD");
  }
}
