package io.tallystick.venue.binance.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.venue.Bookmark;
import io.tallystick.venue.Bookmark.AfterId;
import io.tallystick.venue.Call;
import io.tallystick.venue.Fetch;
import io.tallystick.venue.Raw;
import io.tallystick.venue.Stream;
import io.tallystick.venue.binance.Fixtures;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Trades and orders against a venue that keeps the documented rules and no others. */
final class IdPagingTest {
  /** In which order a page comes. */
  enum Order {
    OLDEST_FIRST,
    NEWEST_FIRST,
    UNSORTED
  }

  private record Trade(long id, boolean buyer, long time) {
    String json() {
      return """
      {"symbol":"SOLUSDT","id":%d,"orderId":1,"price":"1","qty":"1","quoteQty":"1",\
      "commission":"0","commissionAsset":"BNB","time":%d,"isBuyer":%b,"isMaker":true}\
      """
          .formatted(id, time, buyer);
    }
  }

  private record Ordered(long id, String status) {
    String json() {
      return """
      {"symbol":"SOLUSDT","orderId":%d,"price":"1","origQty":"1","executedQty":"0",\
      "cummulativeQuoteQty":"0","status":"%s","type":"LIMIT","side":"BUY",\
      "time":1735689600000,"updateTime":1735689600000}\
      """
          .formatted(id, status);
    }
  }

  @ParameterizedTest
  @EnumSource(Order.class)
  @DisplayName("F12 every page size and order brings every trade, self-trades at borders included")
  void nothingIsLostWhateverThePageSize(Order order) {
    long seed = 7_001;
    Random random = new Random(seed);
    List<Trade> trades = new ArrayList<>();
    long id = 0;
    for (int i = 0; i < 60; i++) {
      id += 1 + random.nextInt(5);
      trades.add(new Trade(id, true, 1735689600000L));
      if (random.nextInt(3) == 0) {
        trades.add(new Trade(id, false, 1735689600000L));
      }
    }
    for (int limit = 2; limit <= trades.size() + 1; limit++) {
      SpotTrades stream = new SpotTrades(limit);
      Set<String> keys = new HashSet<>();
      Bookmark end = walk(stream, stream.start(Fixtures.NOW), trades, limit, order, keys, random);

      assertEquals(trades.size(), keys.size(), "seed " + seed + ", limit " + limit);
      assertEquals(new AfterId(id + 1, null), end, "seed " + seed + ", limit " + limit);
    }
  }

  @Test
  @DisplayName("F6 a thousand trades of one millisecond at a page border are all read")
  void aMillisecondFullOfTradesIsRead() {
    List<Trade> trades = new ArrayList<>();
    for (long id = 1; id <= 2_500; id++) {
      trades.add(new Trade(id, id % 2 == 0, 1735689600000L));
    }
    SpotTrades stream = new SpotTrades();
    Set<String> keys = new HashSet<>();
    walk(
        stream, stream.start(Fixtures.NOW), trades, 1_000, Order.UNSORTED, keys, new Random(7_002));
    assertEquals(2_500, keys.size());
  }

  @Test
  void aQuietRunLeavesTheBookmarkWhereItWas() {
    SpotTrades stream = new SpotTrades();
    List<Trade> trades = List.of(new Trade(4, true, 1735689600000L));
    Set<String> keys = new HashSet<>();
    Random random = new Random(7_003);
    Bookmark rest =
        walk(stream, stream.start(Fixtures.NOW), trades, 1_000, Order.UNSORTED, keys, random);
    keys.clear();

    assertEquals(rest, walk(stream, rest, trades, 1_000, Order.UNSORTED, keys, random));
    assertEquals(Set.of(), keys);
  }

  @Test
  void nothingReadMeansTheStartIsKept() {
    SpotTrades stream = new SpotTrades();
    Fetch.Page page =
        assertInstanceOf(
            Fetch.Page.class,
            stream.read("SOLUSDT", stream.start(Fixtures.NOW), Fixtures.NOW, Fixtures.ok("[]")));
    assertTrue(page.drained());
    assertEquals(new AfterId(0, null), page.next());
  }

  @Test
  void aFullPageWithoutAnIdIsUnreadableRatherThanEndless() {
    SpotTrades stream = new SpotTrades(2);
    assertInstanceOf(
        Fetch.Unreadable.class,
        stream.read(
            "SOLUSDT", stream.start(Fixtures.NOW), Fixtures.NOW, Fixtures.ok("[{},{\"id\":{}}]")));
  }

  @Test
  void theNextRunOfOrdersBeginsAtTheLowestThatMayStillChange() {
    SpotOrders stream = new SpotOrders(2);
    List<Ordered> orders =
        List.of(
            new Ordered(1, "FILLED"),
            new Ordered(3, "NEW"),
            new Ordered(4, "CANCELED"),
            new Ordered(6, "PARTIALLY_FILLED"),
            new Ordered(9, "EXPIRED"));
    Set<String> keys = new TreeSet<>();
    Random random = new Random(7_004);
    Bookmark rest = orders(stream, stream.start(Fixtures.NOW), orders, keys, random);
    assertEquals(5, keys.size());
    assertEquals(new AfterId(3, null), rest);

    List<Ordered> later =
        List.of(
            new Ordered(1, "FILLED"),
            new Ordered(3, "FILLED"),
            new Ordered(4, "CANCELED"),
            new Ordered(6, "NEVER_HEARD_OF"),
            new Ordered(9, "EXPIRED"));
    Bookmark second = orders(stream, rest, later, keys, random);
    assertEquals(new AfterId(6, null), second, "an unknown state may still change");
    assertEquals(second, orders(stream, second, later, keys, random));
    assertEquals(
        new AfterId(10, null),
        orders(stream, second, List.of(new Ordered(9, "EXPIRED")), keys, random));
  }

  private static Bookmark orders(
      Stream stream, Bookmark from, List<Ordered> all, Set<String> keys, Random random) {
    return walk(
        stream,
        from,
        keys,
        call -> {
          long bound = Long.parseLong(call.parameters().get("orderId"));
          List<String> rows =
              all.stream().filter(o -> o.id() >= bound).limit(2).map(Ordered::json).toList();
          return shuffled(rows, Order.UNSORTED, random);
        });
  }

  private static Bookmark walk(
      Stream stream,
      Bookmark from,
      List<Trade> trades,
      int limit,
      Order order,
      Set<String> keys,
      Random random) {
    return walk(
        stream,
        from,
        keys,
        call -> {
          assertEquals(Integer.toString(limit), call.parameters().get("limit"));
          long bound = Long.parseLong(call.parameters().get("fromId"));
          // Which of a self-trade's two rows comes first is the venue's own affair.
          List<String> rows =
              trades.stream()
                  .filter(trade -> trade.id() >= bound)
                  .sorted(Comparator.comparingLong(Trade::id).thenComparing(Trade::buyer))
                  .limit(limit)
                  .map(Trade::json)
                  .toList();
          return shuffled(rows, order, random);
        });
  }

  private static Bookmark walk(
      Stream stream,
      Bookmark from,
      Set<String> keys,
      java.util.function.Function<Call, List<String>> venue) {
    Bookmark at = from;
    for (int calls = 0; calls < 10_000; calls++) {
      List<String> rows = venue.apply(stream.next("SOLUSDT", at, Fixtures.NOW));
      Fetch.Page page =
          assertInstanceOf(
              Fetch.Page.class,
              stream.read(
                  "SOLUSDT", at, Fixtures.NOW, Fixtures.ok("[" + String.join(",", rows) + "]")));
      for (int i = 0; i < rows.size(); i++) {
        Raw raw = page.records().get(i);
        assertEquals(rows.get(i), new String(raw.bytes(), UTF_8));
        keys.add(raw.key());
      }
      at = page.next();
      if (page.drained()) {
        return at;
      }
    }
    throw new AssertionError("the walk does not end");
  }

  private static List<String> shuffled(List<String> rows, Order order, Random random) {
    List<String> page = new ArrayList<>(rows);
    switch (order) {
      case OLDEST_FIRST -> {}
      case NEWEST_FIRST -> Collections.reverse(page);
      case UNSORTED -> Collections.shuffle(page, random);
    }
    return page;
  }
}
