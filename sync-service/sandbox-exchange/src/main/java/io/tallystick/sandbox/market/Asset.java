package io.tallystick.sandbox.market;

/**
 * An asset of the exchange.
 *
 * @param name its ticker; may begin with a digit, look like a number, or be in any script
 * @param title its long name
 * @param usd its usual price in 10⁻⁸ US dollars: it only sizes what is generated
 * @param network the network it moves on
 * @param fiat whether it is a currency of a state, which has no network
 * @param denomination how many on-chain units one of it stands for; 1 as a rule
 */
public record Asset(
    String name, String title, long usd, String network, boolean fiat, long denomination) {

  /** How many decimals its quantities have in trades: dearer assets have finer steps. */
  public int quantityDecimals() {
    long dollars = usd / Units.ONE;
    if (dollars >= 10_000) {
      return 5;
    }
    if (dollars >= 1_000) {
      return 4;
    }
    if (dollars >= 100) {
      return 3;
    }
    return dollars >= 10 ? 2 : dollars >= 1 ? 1 : 0;
  }

  /** The network fee of a withdrawal in units: about a dollar, with one significant digit. */
  public long withdrawalFee() {
    long fee = Math.max(1, Units.scaled(Units.ONE, Units.ONE, usd));
    long power = 1;
    while (fee / power >= 10) {
      power *= 10;
    }
    return fee / power * power;
  }

  /** What so many US dollars buy, in units. */
  public long worth(long dollars) {
    return Units.scaled(dollars * Units.ONE, Units.ONE, usd);
  }
}
