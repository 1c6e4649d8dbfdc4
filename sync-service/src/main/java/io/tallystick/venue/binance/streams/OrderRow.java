package io.tallystick.venue.binance.streams;

import io.tallystick.venue.Reading;
import io.tallystick.venue.binance.reading.Item;
import io.tallystick.venue.binance.wire.CutRow;
import io.tallystick.venue.binance.wire.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An order in the one form that all order endpoints share (Spot REST docs, All orders). */
final class OrderRow {
  /** States that are the last one. A state nobody documented may still change. */
  private static final Set<String> FINAL =
      Set.of("FILLED", "CANCELED", "REJECTED", "EXPIRED", "EXPIRED_IN_MATCH");

  private OrderRow() {}

  /** The record with its key: order ids are unique within their symbol only. */
  static Item item(CutRow cut) {
    byte[] record = cut.bytes();
    Row row = cut.row();
    long id = row.integer("orderId");
    if (row.wrong() != null) {
      return Item.nameless(record);
    }
    String symbol = row.name("symbol");
    if (row.wrong() != null) {
      return Item.nameless(record).withId(id);
    }
    boolean open = open(row.name("status"));
    Instant placed = row.instant("time");
    boolean fine = row.wrong() == null;
    return Item.of(symbol + ":" + id, fine ? placed : null, record)
        .withId(id)
        .changing(fine && open)
        .in(symbol);
  }

  /** The order's state. */
  static Reading reading(String partition, byte[] record) {
    Row row = Row.of(record);
    Instant placed = row.instant("time");
    Instant updated = row.instantIfThere("updateTime");
    String status = row.name("status");
    BigDecimal price = row.amountOrZero("price");
    Reading.Order order =
        new Reading.Order(
            row.has("symbol") ? row.name("symbol") : partition,
            Long.toString(row.integer("orderId")),
            row.name("side").toLowerCase(Locale.ROOT),
            row.name("type"),
            status,
            open(status),
            // Market orders are told with a price of zero.
            price.signum() == 0 ? null : price,
            row.amount("origQty"),
            row.amount("executedQty"),
            quoteFilled(row),
            placed,
            updated == null ? placed : updated);
    String wrong = row.wrong();
    if (wrong == null && !partition.isEmpty() && !order.market().equals(partition)) {
      return new Reading.Unread("symbol is not the one that was asked for");
    }
    return wrong == null ? new Reading.OrderSeen(order) : new Reading.Unread(wrong);
  }

  /** The venue's spelling; negative means unknown, on old orders. */
  private static @Nullable BigDecimal quoteFilled(Row row) {
    if (!row.has("cummulativeQuoteQty")) {
      return null;
    }
    BigDecimal filled = row.decimal("cummulativeQuoteQty");
    return filled.signum() < 0 ? null : filled;
  }

  private static boolean open(String status) {
    return !FINAL.contains(status);
  }
}
