package io.tallystick.venue.binance.live;

import io.tallystick.ledger.Entry;
import io.tallystick.venue.Domain;
import io.tallystick.venue.Heard;
import io.tallystick.venue.LiveStream;
import io.tallystick.venue.Market;
import io.tallystick.venue.Raw;
import io.tallystick.venue.Reading;
import io.tallystick.venue.Stream;
import io.tallystick.venue.binance.reading.Fill;
import io.tallystick.venue.binance.wire.Row;
import java.time.Instant;

/**
 * Fills as they happen: an {@code executionReport} whose {@code x} is TRADE (Spot docs, User Data
 * Stream). It has every fact of the row that the trade list gives later, and becomes the same
 * entry.
 */
final class LiveTrades implements LiveStream {
  static final String NAME = "spot-trades-live";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Domain domain() {
    return Domain.TRADES;
  }

  @Override
  public int mappingVersion() {
    return 1;
  }

  /** The record of such an event: keyed as the trade list's row is, by id and side. */
  static Heard.Item item(Row row, byte[] event) {
    long id = row.integer("t");
    String symbol = row.name("s");
    String side = row.name("S").equals("BUY") ? "buy" : "sell";
    Instant time = row.instant("T");
    return row.wrong() == null
        ? new Heard.Item(NAME, symbol, new Raw(id + ":" + side, time, event))
        : EventKey.byContent(NAME, event);
  }

  /** Whether it says whose asset the fee is: without, the fill is not the whole fill. */
  static boolean whole(Row row) {
    return row.has("N");
  }

  @Override
  public Reading map(String partition, byte[] record, Stream.Markets markets) {
    Row row = Row.of(record);
    if (!whole(row)) {
      return new Reading.Nothing("the fee's asset is not told; the trade list tells it");
    }
    String side = row.name("S");
    long id = row.integer("t");
    Instant time = row.instant("T");
    Entry.Terms terms =
        new Entry.Terms(
            row.name("s"),
            side.equals("BUY") ? "buy" : "sell",
            row.amount("L"),
            row.amount("l"),
            row.amount("Y"),
            row.decimal("n"),
            row.name("N"),
            Long.toString(id),
            row.nameIfThere("i"),
            row.flagIfThere("m"));
    String wrong = row.wrong();
    if (wrong != null) {
      return new Reading.Unread(wrong);
    }
    if (!side.equals("BUY") && !side.equals("SELL")) {
      return new Reading.Unread("S is neither BUY nor SELL");
    }
    Market market = markets.find(terms.market());
    return market == null
        ? new Reading.Unread("no market of this symbol was ever listed")
        : new Reading.Booked(Fill.entry(terms, id, time, market));
  }
}
