package io.tallystick.venue.binance.exports;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** Rows of the futures exports. */
public sealed interface FuturesRecord extends ExportRecord {
  /**
   * A change of a futures wallet, signed.
   *
   * @param type the venue's word, as its API has it
   * @param transaction the venue's id, unique only together with the type
   */
  record Income(Moment at, String type, Money amount, @Nullable String market, String transaction)
      implements FuturesRecord {}

  /**
   * A futures fill.
   *
   * @param amount the notional value, in the quote asset
   * @param profit realised profit, signed, in the margin asset
   * @param quoteAsset null where the file does not name it
   * @param tradeId unique within the market; null in old files
   */
  record FuturesFill(
      @Nullable String user,
      Moment at,
      String market,
      Side side,
      BigDecimal price,
      BigDecimal quantity,
      BigDecimal amount,
      Money fee,
      BigDecimal profit,
      @Nullable String quoteAsset,
      @Nullable Boolean buyer,
      @Nullable Boolean maker,
      @Nullable String tradeId,
      @Nullable String orderId)
      implements FuturesRecord {}

  /**
   * A position: no event, and the zone of its times is not known.
   *
   * @param closed null while it is open
   */
  record Position(
      String market,
      String mode,
      String side,
      Money profit,
      LocalDateTime opened,
      @Nullable LocalDateTime closed,
      String status)
      implements FuturesRecord {}
}
