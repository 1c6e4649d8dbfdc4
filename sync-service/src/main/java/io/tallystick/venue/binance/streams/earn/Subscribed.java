package io.tallystick.venue.binance.streams.earn;

import io.tallystick.venue.binance.wire.Row;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * From which wallets a subscription was paid.
 *
 * @param spot asset units that spot had
 * @param funding asset units that funding had
 */
record Subscribed(BigDecimal spot, BigDecimal funding) {

  /** The parts; by the name of the source where they do not add up. Null when neither tells. */
  static @Nullable Subscribed of(Row row, BigDecimal amount) {
    BigDecimal spot = row.amountIfThere("amtFromSpot");
    BigDecimal funding = row.amountIfThere("amtFromFunding");
    BigDecimal known = spot == null ? BigDecimal.ZERO : spot;
    BigDecimal other = funding == null ? BigDecimal.ZERO : funding;
    if (known.add(other).compareTo(amount) == 0) {
      return new Subscribed(known, other);
    }
    // The documents' own sample of a locked one does not add up; there the source's name decides.
    return switch (row.has("sourceAccount") ? row.name("sourceAccount") : "SPOT") {
      case "SPOT" -> new Subscribed(amount, BigDecimal.ZERO);
      case "FUND", "FUNDING" -> new Subscribed(BigDecimal.ZERO, amount);
      default -> null;
    };
  }
}
