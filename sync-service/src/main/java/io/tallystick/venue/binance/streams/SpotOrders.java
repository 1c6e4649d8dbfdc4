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
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Spot orders in every state, symbol by symbol (Spot REST docs, All orders). The next run begins at
 * the lowest order that may still change; an order that ended unfilled is archived after 90 days
 * and then only missing.
 */
public final class SpotOrders implements Stream {
  private final IdPaging paging;

  /** Asks for as many rows as the venue gives. */
  public SpotOrders() {
    this(1_000);
  }

  SpotOrders(int limit) {
    this.paging = new IdPaging(limit);
  }

  @Override
  public String name() {
    return "spot-orders";
  }

  @Override
  public Domain domain() {
    return Domain.ORDERS;
  }

  @Override
  public Partition partition() {
    return Partition.TRADED_MARKET;
  }

  @Override
  public int mappingVersion() {
    return 1;
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
    return Call.of(BinanceEndpoints.ALL_ORDERS, parameters);
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
