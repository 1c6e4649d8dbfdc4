package io.tallystick.venue.binance.streams;

import io.tallystick.venue.Answer;
import io.tallystick.venue.Bookmark;
import io.tallystick.venue.Call;
import io.tallystick.venue.Domain;
import io.tallystick.venue.Fetch;
import io.tallystick.venue.Reading;
import io.tallystick.venue.Stream;
import io.tallystick.venue.binance.wire.BinanceEndpoints;
import java.time.Instant;

/**
 * The orders that are open now, over all symbols in one answer (Spot REST docs, Current open
 * orders): dear in weight, but it tells which symbols must be asked for their orders.
 */
public final class OpenOrders implements Stream {
  @Override
  public String name() {
    return "open-orders";
  }

  @Override
  public Domain domain() {
    return Domain.ORDERS;
  }

  @Override
  public Partition partition() {
    return Partition.NONE;
  }

  @Override
  public int mappingVersion() {
    return 1;
  }

  @Override
  public Bookmark start(Instant earliest) {
    return new Bookmark.Snapshot(null);
  }

  @Override
  public Call next(String partition, Bookmark bookmark, Instant now) {
    return Call.of(BinanceEndpoints.OPEN_ORDERS);
  }

  @Override
  public Fetch read(String partition, Bookmark bookmark, Instant now, Answer answer) {
    return Item.page(
        answer.body(), OrderRow::item, items -> new Fetch.Page(Item.raws(items), bookmark, true));
  }

  @Override
  public Reading map(String partition, byte[] record, Markets markets) {
    return OrderRow.reading(partition, record);
  }
}
