package io.tallystick.venue.binance.streams;

import com.google.auto.service.AutoService;
import io.tallystick.venue.Answer;
import io.tallystick.venue.Bookmark;
import io.tallystick.venue.Call;
import io.tallystick.venue.Coverage;
import io.tallystick.venue.Domain;
import io.tallystick.venue.Fetch;
import io.tallystick.venue.Reading;
import io.tallystick.venue.binance.reading.BinanceStream;
import io.tallystick.venue.binance.reading.Item;
import io.tallystick.venue.binance.reading.Sheet;
import io.tallystick.venue.binance.wire.BinanceEndpoints;
import io.tallystick.venue.binance.wire.BinancePools;
import java.time.Instant;

/**
 * The orders that are open now, over all symbols in one answer (Spot REST docs, Current open
 * orders): dear in weight, but it tells which symbols must be asked for their orders.
 */
@AutoService(BinanceStream.class)
public final class OpenOrders implements BinanceStream {
  private static final Sheet SHEET =
      new Sheet(
          70,
          "open-orders",
          Domain.ORDERS,
          BinanceEndpoints.signed("/api/v3/openOrders", BinancePools.API, 80),
          new Coverage(
              "Orders that are open",
              "Told whole in one answer",
              "Now",
              "Moves nothing; locked parts of spot balances",
              "No file tells it: a state, not a history",
              "Spot REST docs, Current open orders"));

  @Override
  public Sheet sheet() {
    return SHEET;
  }

  @Override
  public Bookmark start(Instant earliest) {
    return new Bookmark.Snapshot(null);
  }

  @Override
  public Call next(String partition, Bookmark bookmark, Instant now) {
    return Call.of(SHEET.endpoint());
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
