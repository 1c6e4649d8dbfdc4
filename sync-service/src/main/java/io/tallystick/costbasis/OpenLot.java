package io.tallystick.costbasis;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What is left of one acquisition, or a whole pool.
 *
 * @param lot the entry that acquired it; empty for a pool
 * @param asset the asset
 * @param wallet where it lies; empty when all wallets are one inventory
 * @param acquired when, UTC; {@link #UNDATED} when not known or a pool
 * @param quantity units left, in the units of today
 * @param cost what they cost, fees included
 */
public record OpenLot(
    String lot, String asset, String wallet, Instant acquired, BigDecimal quantity, Amount cost) {

  /** The acquisition time of units whose date is not known: sorts as the oldest. */
  public static final Instant UNDATED = Instant.MIN;
}
