package io.tallystick.venue.binance.exports;

import io.tallystick.kernel.Decimals;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A spot or margin fill. Exports carry no trade id and no order id.
 *
 * @param market the pair without a slash, upper case
 * @param baseAsset the asset of the quantity; null where the file only has the pair
 * @param quoteAsset the asset it was paid in; null where the file only has the pair
 * @param price quote units per base unit
 * @param quantity base units
 * @param quoteQuantity quote units
 * @param fee in {@code feeAsset}; zero still names one
 */
public record Fill(
    Moment at,
    MarginMode margin,
    String market,
    @Nullable String baseAsset,
    @Nullable String quoteAsset,
    Side side,
    BigDecimal price,
    BigDecimal quantity,
    BigDecimal quoteQuantity,
    BigDecimal fee,
    String feeAsset)
    implements ExportRecord {

  /** The UTC second, which every source of the fill shares. */
  public Instant second() {
    return at.at().truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * The facts that every source of the fill shares beside the second, as canonical text: market,
   * side, base quantity, quote quantity, fee, fee asset. Equal facts may be several fills.
   */
  public List<String> facts() {
    return List.of(
        market,
        side == Side.BUY ? "buy" : "sell",
        Decimals.text(quantity),
        Decimals.text(quoteQuantity),
        Decimals.text(fee),
        feeAsset);
  }
}
