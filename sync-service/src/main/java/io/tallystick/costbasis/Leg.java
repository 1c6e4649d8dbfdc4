package io.tallystick.costbasis;

import io.tallystick.kernel.Decimals;
import java.math.BigDecimal;

/**
 * A quantity of an asset with what it is worth.
 *
 * @param asset internal asset id, never a bare ticker
 * @param quantity units, exact; positive except for a rebated fee
 * @param worth market value of the quantity in the reporting currency, or unknown; not read for a
 *     leg in the reporting currency, whose quantity is its worth
 */
public record Leg(String asset, BigDecimal quantity, Amount worth) {

  /** A leg from plain decimal text. */
  public static Leg of(String asset, String quantity, String worth) {
    return new Leg(asset, Decimals.of(quantity), Amount.of(worth));
  }

  /** A leg from plain decimal text, worth nothing that is known at the given entry. */
  public static Leg unpriced(String asset, String quantity, String entry) {
    return new Leg(asset, Decimals.of(quantity), Amount.unknown(Amount.Cause.MISSING_PRICE, entry));
  }
}
