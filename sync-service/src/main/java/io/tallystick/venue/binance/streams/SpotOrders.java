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
import io.tallystick.venue.binance.reading.IdPaging;
import io.tallystick.venue.binance.reading.Item;
import io.tallystick.venue.binance.reading.Sheet;
import io.tallystick.venue.binance.wire.BinanceEndpoints;
import io.tallystick.venue.binance.wire.BinancePools;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Spot orders in every state, symbol by symbol (Spot REST docs, All orders). The next run begins at
 * the lowest order that may still change; an order that ended unfilled is archived after 90 days
 * and then only missing.
 */
@AutoService(BinanceStream.class)
public final class SpotOrders implements BinanceStream {
  private static final Sheet SHEET =
      new Sheet(
          910,
          "spot-orders",
          Domain.ORDERS,
          BinanceEndpoints.signed("/api/v3/allOrders", BinancePools.API, 20),
          new Coverage(
              "Orders in every state",
              "A page shorter than the limit, from id 0 on",
              "90 days for orders that ended unfilled (2026-08)",
              "Moves nothing; filled quantities against fills",
              "Spot order history export: with the CSV work",
              "Spot REST docs, All orders"));

  private final IdPaging paging;

  /** Asks for as many rows as the venue gives. */
  public SpotOrders() {
    this(1_000);
  }

  SpotOrders(int limit) {
    this.paging = new IdPaging(limit);
  }

  @Override
  public Sheet sheet() {
    return SHEET;
  }

  @Override
  public Partition partition() {
    return Partition.TRADED_MARKET;
  }

  @Override
  public Bookmark start(Instant earliest) {
    return paging.start();
  }

  @Override
  public Call next(String partition, Bookmark bookmark, Instant now) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("symbol", partition);
    parameters.put("orderId", Long.toString(paging.at(bookmark).next()));
    parameters.put("limit", Integer.toString(paging.limit()));
    return Call.of(SHEET.endpoint(), parameters);
  }

  @Override
  public Fetch read(String partition, Bookmark bookmark, Instant now, Answer answer) {
    return Item.page(
        answer.body(), partition, OrderRow::item, items -> paging.page(bookmark, items));
  }

  @Override
  public Reading map(String partition, byte[] record, Markets markets) {
    return OrderRow.reading(partition, record);
  }
}
