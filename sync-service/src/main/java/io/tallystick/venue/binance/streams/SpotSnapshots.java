package io.tallystick.venue.binance.streams;

import com.google.auto.service.AutoService;
import io.tallystick.venue.Answer;
import io.tallystick.venue.Bookmark;
import io.tallystick.venue.Coverage;
import io.tallystick.venue.Domain;
import io.tallystick.venue.Fetch;
import io.tallystick.venue.Reading;
import io.tallystick.venue.binance.reading.BinanceStream;
import io.tallystick.venue.binance.reading.Cut;
import io.tallystick.venue.binance.reading.HistoryStream;
import io.tallystick.venue.binance.reading.Item;
import io.tallystick.venue.binance.reading.Paging;
import io.tallystick.venue.binance.reading.Sheet;
import io.tallystick.venue.binance.reading.Wallet;
import io.tallystick.venue.binance.reading.WindowPaging;
import io.tallystick.venue.binance.wire.BinanceEndpoints;
import io.tallystick.venue.binance.wire.BinancePools;
import io.tallystick.venue.binance.wire.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the spot wallet held at the end of each day in UTC (Wallet docs, Daily Account Snapshot):
 * points at which the books can be held against the venue. Dear in weight, so asked once a day.
 */
@AutoService(BinanceStream.class)
public final class SpotSnapshots implements HistoryStream {
  private static final Sheet SHEET =
      new Sheet(
          160,
          "spot-snapshots",
          Domain.BALANCES,
          BinanceEndpoints.signed("/sapi/v1/accountSnapshot", BinancePools.SAPI_IP, 2_400),
          new Coverage(
              "The spot wallet at the end of each day",
              "Fewer rows than days asked for",
              "One month (2026-08); older points are not told",
              "None yet: kept as the venue told it",
              "No file tells it: a state, not a history",
              "Wallet docs, Daily Account Snapshot"));

  private static final WindowPaging PAGING =
      new WindowPaging(Duration.ofDays(28), new Paging.Narrowing("limit", 30))
          .remembering(Duration.ofDays(29));
  private static final Cut CUT = new Cut(List.of("snapshotVos"), false, null, null);

  @Override
  public Sheet sheet() {
    return SHEET;
  }

  @Override
  public WindowPaging paging() {
    return PAGING;
  }

  @Override
  public Cut cut() {
    return CUT;
  }

  // Older points are not there, but no record of the books is missing for that.
  @Override
  public Fetch read(String partition, Bookmark bookmark, Instant now, Answer answer) {
    return switch (HistoryStream.super.read(partition, bookmark, now, answer)) {
      case Fetch.Page page -> new Fetch.Page(page.records(), page.next(), page.drained());
      case Fetch.Unreadable unreadable -> unreadable;
    };
  }

  @Override
  public boolean tellsBalances() {
    return false;
  }

  @Override
  public boolean due(Bookmark bookmark, Instant now) {
    return !(bookmark instanceof Bookmark.Window window)
        || window.from().isBefore(now.minus(Duration.ofDays(2)));
  }

  @Override
  public Map<String, String> asked(String part) {
    return Map.of("type", "SPOT");
  }

  @Override
  public Item item(byte[] record) {
    return Item.told(record, "updateTime", "updateTime");
  }

  @Override
  public Reading map(String partition, byte[] record, Markets markets) {
    Row row = Row.of(record);
    Instant at = row.instant("updateTime");
    Row data = row.object("data");
    List<Row> balances = data.rows("balances");
    String wrong = row.wrong() != null ? row.wrong() : data.wrong();
    if (wrong != null) {
      return new Reading.Unread(wrong);
    }
    return Wallet.seen("spot", balances, true, markets) instanceof Reading.BalancesSeen seen
            && seen.complete()
        ? new Reading.BalancesAt("spot", at, seen.balances())
        : new Reading.Unread("a balance cannot be read");
  }
}
