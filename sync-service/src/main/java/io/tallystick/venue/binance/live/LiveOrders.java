package io.tallystick.venue.binance.live;

import io.tallystick.venue.Domain;
import io.tallystick.venue.Heard;
import io.tallystick.venue.LiveStream;
import io.tallystick.venue.Raw;
import io.tallystick.venue.Reading;
import io.tallystick.venue.Stream;
import io.tallystick.venue.binance.wire.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/**
 * States of orders as they change: each {@code executionReport}; {@code listStatus} says nothing
 * that the reports of its orders do not say (Spot docs, User Data Stream).
 */
final class LiveOrders implements LiveStream {
  static final String NAME = "spot-orders-live";

  /** States that are the last one (Spot docs, Enums); one that nobody knows may still change. */
  private static final Set<String> FINAL =
      Set.of("FILLED", "CANCELED", "REJECTED", "EXPIRED", "EXPIRED_IN_MATCH");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Domain domain() {
    return Domain.ORDERS;
  }

  @Override
  public int mappingVersion() {
    return 1;
  }

  /** The record of a report: the execution's own id tells two reports of one order apart. */
  static Heard.Item item(Row row, byte[] event) {
    String key = row.name("s") + ":" + row.integer("i") + ":" + row.integer("I");
    Instant time = row.instant("T");
    String symbol = row.name("s");
    return row.wrong() == null
        ? new Heard.Item(NAME, symbol, new Raw(key, time, event))
        : EventKey.byContent(NAME, event);
  }

  @Override
  public Reading map(String partition, byte[] record, Stream.Markets markets) {
    Row row = Row.of(record);
    if (!row.name("e").equals("executionReport")) {
      return new Reading.Nothing("a list of orders; its orders report themselves");
    }
    String status = row.name("X");
    BigDecimal price = row.amountOrZero("p");
    Reading.Order order =
        new Reading.Order(
            row.name("s"),
            Long.toString(row.integer("i")),
            row.name("S").toLowerCase(Locale.ROOT),
            row.name("o"),
            status,
            !FINAL.contains(status),
            price.signum() == 0 ? null : price,
            row.amount("q"),
            row.amount("z"),
            row.amount("Z"),
            row.instant("O"),
            row.instant("T"));
    String wrong = row.wrong();
    return wrong == null ? new Reading.OrderSeen(order) : new Reading.Unread(wrong);
  }
}
