package io.tallystick.venue.binance.streams;

import com.google.auto.service.AutoService;
import io.tallystick.kernel.Decimals;
import io.tallystick.ledger.Entry;
import io.tallystick.venue.Answer;
import io.tallystick.venue.Bookmark;
import io.tallystick.venue.Call;
import io.tallystick.venue.Coverage;
import io.tallystick.venue.Domain;
import io.tallystick.venue.Fetch;
import io.tallystick.venue.Market;
import io.tallystick.venue.Raw;
import io.tallystick.venue.Reading;
import io.tallystick.venue.binance.reading.BinanceStream;
import io.tallystick.venue.binance.reading.Fill;
import io.tallystick.venue.binance.reading.IdPaging;
import io.tallystick.venue.binance.reading.Item;
import io.tallystick.venue.binance.reading.Sheet;
import io.tallystick.venue.binance.wire.BinanceEndpoints;
import io.tallystick.venue.binance.wire.BinancePools;
import io.tallystick.venue.binance.wire.CutRow;
import io.tallystick.venue.binance.wire.Row;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Spot fills, symbol by symbol (Spot REST docs, Account trade list). A trade id is unique within
 * its symbol only, and a self-trade gives two rows of one id, so the key includes the side.
 */
@AutoService(BinanceStream.class)
public final class SpotTrades implements BinanceStream {
  private static final Sheet SHEET =
      new Sheet(
          900,
          "spot-trades",
          Domain.TRADES,
          BinanceEndpoints.signed("/api/v3/myTrades", BinancePools.API, 20),
          new Coverage(
              "Fills on the spot market",
              "A page shorter than the limit, from id 0 on",
              "No limit stated; removed symbols are refused (2026-08)",
              "Derived spot = reported",
              "Spot trade history export, transaction history export",
              "Spot REST docs, Account trade list"));

  /**
   * How long a fill may become visible after one of a higher id: as long, reading begins again
   * behind the last fill that is older, and what was read before is only seen again.
   */
  private static final Duration LATENESS = Duration.ofHours(1);

  private final IdPaging paging;

  /** Asks for as many rows as the venue gives. */
  public SpotTrades() {
    this(1_000);
  }

  SpotTrades(int limit) {
    this.paging = new IdPaging(limit);
  }

  @Override
  public Sheet sheet() {
    return SHEET;
  }

  @Override
  public Partition partition() {
    return Partition.MARKET;
  }

  @Override
  public boolean alsoLive() {
    return true;
  }

  @Override
  public Bookmark start(Instant earliest) {
    return paging.start();
  }

  @Override
  public Call next(String partition, Bookmark bookmark, Instant now) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("symbol", partition);
    parameters.put("fromId", Long.toString(paging.at(bookmark).next()));
    parameters.put("limit", Integer.toString(paging.limit()));
    return Call.of(SHEET.endpoint(), parameters);
  }

  @Override
  public Fetch read(String partition, Bookmark bookmark, Instant now, Answer answer) {
    Instant settled = now.minus(LATENESS);
    return Item.page(
        answer.body(),
        partition,
        record -> {
          Item item = item(record);
          Instant born = item.raw().bornAt();
          return item.changing(born != null && born.isAfter(settled));
        },
        items -> paging.pageOfLate(bookmark, items));
  }

  private static Item item(CutRow cut) {
    byte[] record = cut.bytes();
    Row row = cut.row();
    long id = row.integer("id");
    if (row.wrong() != null) {
      return Item.nameless(record);
    }
    // Absent in the documented minimum: then the question alone says which market it is.
    String symbol = row.has("symbol") ? row.name("symbol") : null;
    boolean buyer = row.flag("isBuyer");
    if (row.wrong() != null) {
      return Item.nameless(record).withId(id);
    }
    Instant time = row.instant("time");
    String key = id + (buyer ? ":buy" : ":sell");
    return Item.of(key, row.wrong() == null ? time : null, record).withId(id).in(symbol).read(row);
  }

  @Override
  public Reading map(String partition, byte[] record, Markets markets) {
    return map(partition, Row.of(record), markets);
  }

  @Override
  public Reading map(String partition, Raw raw, Markets markets) {
    return map(partition, Row.of(raw), markets);
  }

  private static Reading map(String partition, Row row, Markets markets) {
    String symbol = row.has("symbol") ? row.name("symbol") : partition;
    long id = row.integer("id");
    Instant time = row.instant("time");
    BigDecimal price = row.amount("price");
    BigDecimal quantity = row.amount("qty");
    // Absent on very old rows and in the margin form; the venue's own product is exact.
    BigDecimal quote = row.has("quoteQty") ? row.amount("quoteQty") : price.multiply(quantity);
    Entry.Terms terms =
        new Entry.Terms(
            symbol,
            row.flag("isBuyer") ? "buy" : "sell",
            price,
            quantity,
            quote,
            row.decimal("commission"),
            row.name("commissionAsset"),
            Long.toString(id),
            row.nameIfThere("orderId"),
            row.flagIfThere("isMaker"));
    String wrong = row.wrong();
    if (wrong != null) {
      return new Reading.Unread(wrong);
    }
    if (Decimals.parse(Decimals.text(quote)) == null) {
      return new Reading.Unread("price times qty is too large");
    }
    Market market = markets.find(symbol);
    if (market == null) {
      return new Reading.Unread("no market of this symbol was ever listed");
    }
    return symbol.equals(partition)
        ? new Reading.Booked(Fill.entry(terms, id, time, market))
        : new Reading.Unread("symbol is not the one that was asked for");
  }
}
