package io.tallystick.venue.binance.exports;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Rows of the order history. They carry no fees, except for the fills of old files. */
public sealed interface OrderRecord extends ExportRecord {
  /**
   * An order. Judge it by what was executed, not by its status: a cancelled one may have filled.
   *
   * @param number the venue's order id, unique within the market; null where the file has none or a
   *     spreadsheet has destroyed it
   * @param updated when it last changed; null where the file does not say
   * @param type limit, market…; null in old files
   * @param price the limit; zero for market orders; null where the file does not say
   * @param ordered base units asked for; null where the file does not say
   * @param executed base units filled
   * @param total quote units filled
   */
  record Order(
      @Nullable String number,
      @Nullable String clientNumber,
      Moment placed,
      @Nullable Moment updated,
      MarginMode margin,
      String market,
      @Nullable String baseAsset,
      @Nullable String quoteAsset,
      @Nullable String type,
      Side side,
      @Nullable BigDecimal price,
      @Nullable BigDecimal ordered,
      BigDecimal executed,
      BigDecimal average,
      BigDecimal total,
      String status)
      implements OrderRecord {
    // The halves of a pair are known only after the amounts were read.
    Order withHalves(@Nullable String base, @Nullable String quote) {
      return new Order(
          number,
          clientNumber,
          placed,
          updated,
          margin,
          market,
          base,
          quote,
          type,
          side,
          price,
          ordered,
          executed,
          average,
          total,
          status);
    }
  }

  /**
   * A fill that stands under its order.
   *
   * @param orderLine the line of the order it belongs to
   */
  record OrderFill(long orderLine, @Nullable String orderNumber, Fill fill)
      implements OrderRecord {}
}
