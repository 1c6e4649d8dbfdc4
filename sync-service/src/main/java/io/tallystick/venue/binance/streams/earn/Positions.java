package io.tallystick.venue.binance.streams.earn;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tallystick.venue.Answer;
import io.tallystick.venue.Bookmark;
import io.tallystick.venue.Fetch;
import io.tallystick.venue.Raw;
import io.tallystick.venue.Reading;
import io.tallystick.venue.Reading.Balance;
import io.tallystick.venue.binance.reading.Wallet;
import io.tallystick.venue.binance.wire.JsonPage;
import io.tallystick.venue.binance.wire.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** What both kinds of products have in common: positions that add up to a wallet. */
final class Positions {
  private static final int LIMIT = 100;

  private Positions() {}

  /** What is asked for after so many pages. */
  static Map<String, String> asked(Bookmark bookmark) {
    int page = bookmark instanceof Bookmark.Snapshot at ? at.soFar().size() + 1 : 1;
    return Map.of("current", Integer.toString(page), "size", Integer.toString(LIMIT));
  }

  /**
   * The next page of the positions. The last one brings all of them, as one record; when their
   * number changes on the way, it is begun again.
   */
  static Fetch page(String key, Bookmark bookmark, Answer answer) {
    List<String> pages = new ArrayList<>();
    String seen = null;
    if (bookmark instanceof Bookmark.Snapshot at) {
      pages.addAll(at.soFar());
      seen = at.seen();
    }
    Fetch whole = Wallet.page(key, bookmark, answer);
    if (!(whole instanceof Fetch.Page page)) {
      return whole;
    }
    byte[] body = page.records().getFirst().bytes();
    long total = total(body);
    boolean last = total <= (long) (pages.size() + 1) * LIMIT || rows(body).isEmpty();
    if (pages.isEmpty() && last) {
      return whole;
    }
    if (!pages.isEmpty() && total(pages.getFirst().getBytes(UTF_8)) != total) {
      return new Fetch.Page(List.of(), new Bookmark.Snapshot(seen), false);
    }
    pages.add(new String(body, UTF_8));
    if (!last) {
      return new Fetch.Page(List.of(), new Bookmark.Snapshot(seen, pages), false);
    }
    StringJoiner rows = new StringJoiner(",", "{\"rows\":[", "],\"total\":" + total + "}");
    pages.forEach(each -> rows(each.getBytes(UTF_8)).forEach(r -> rows.add(new String(r, UTF_8))));
    Raw all = new Raw(key, null, rows.toString().getBytes(UTF_8));
    return new Fetch.Page(List.of(all), new Bookmark.Snapshot(seen), true);
  }

  private static long total(byte[] body) {
    Row answer = Row.of(body);
    return answer.integerOr("total", rows(body).size());
  }

  private static List<byte[]> rows(byte[] body) {
    return JsonPage.member(body, "rows") instanceof JsonPage.Rows(List<byte[]> rows)
        ? rows
        : List.of();
  }

  /**
   * The wallet that an answer's positions make up.
   *
   * @param amount the member that tells what a position holds
   * @param bound the member that tells which part of it is bound; empty when none does
   */
  static Reading reading(String wallet, byte[] record, String amount, String bound) {
    Row answer = Row.of(record);
    List<Row> rows = answer.rows("rows");
    String wrong = answer.wrong();
    if (wrong != null) {
      return new Reading.Unread(wrong);
    }
    Map<String, BigDecimal> free = new TreeMap<>();
    Map<String, BigDecimal> locked = new TreeMap<>();
    int read = 0;
    for (Row row : rows) {
      String asset = row.name("asset");
      BigDecimal all = row.amount(amount);
      BigDecimal part = bound.isEmpty() ? BigDecimal.ZERO : row.amountOrZero(bound).min(all);
      if (row.wrong() == null) {
        read++;
        free.merge(asset, all.subtract(part), BigDecimal::add);
        locked.merge(asset, part, BigDecimal::add);
      }
    }
    if (read == 0 && !rows.isEmpty()) {
      return new Reading.Unread("no position can be read");
    }
    boolean whole = read == rows.size() && answer.integerOr("total", rows.size()) <= rows.size();
    List<Balance> balances = new ArrayList<>();
    BigDecimal none = BigDecimal.ZERO;
    free.forEach((asset, units) ->
        balances.add(new Balance(asset, units, locked.getOrDefault(asset, none), none, none)));
    return new Reading.BalancesSeen(wallet, balances, whole && answer.wrong() == null);
  }
}
