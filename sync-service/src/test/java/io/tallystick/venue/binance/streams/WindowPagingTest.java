package io.tallystick.venue.binance.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.venue.Bookmark;
import io.tallystick.venue.Bookmark.Window;
import io.tallystick.venue.Call;
import io.tallystick.venue.Fetch;
import io.tallystick.venue.binance.Fixtures;
import io.tallystick.venue.binance.reading.WindowPaging;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Deposits against a venue that keeps the documented rules, in each of their possible readings. */
final class WindowPagingTest {
  private static final Instant NOW = Fixtures.NOW;

  /** What the documents leave open: whether bounds are part of the window, and the sort order. */
  enum Reading {
    INCLUSIVE_NEWEST_FIRST,
    INCLUSIVE_OLDEST_FIRST,
    EXCLUSIVE_NEWEST_FIRST,
    EXCLUSIVE_UNSORTED
  }

  private record Coin(int id, Instant at, int status) {
    String json() {
      return """
      {"id":"%d","amount":"1","coin":"BTC","network":"BTC","status":%d,"address":"a","txId":"t%d",\
      "insertTime":%d,"transferType":0,"walletType":0}\
      """
          .formatted(id, status, id, at.toEpochMilli());
    }
  }

  private final List<Coin> coins = new ArrayList<>();
  private final Set<String> keys = new HashSet<>();
  private Random random = new Random(0);
  private Duration perCall = Duration.ofSeconds(1);
  private int calls;

  @ParameterizedTest
  @EnumSource(Reading.class)
  @DisplayName("F12 years of deposits come whole, whatever bounds, order and page size")
  void yearsOfDepositsComeWhole(Reading reading) {
    for (int limit : new int[] {1, 2, 3, 7, 50, 1_000}) {
      long seed = 8_000 + limit;
      random = new Random(seed);
      coins.clear();
      keys.clear();
      Instant at = WindowPaging.OPENING.plusSeconds(60);
      for (int i = 0; i < 400 && at.isBefore(NOW); i++) {
        coins.add(new Coin(i, at, 1));
        boolean twin = random.nextInt(4) == 0;
        at = twin ? at : at.plusMillis((long) (random.nextDouble() * 2 * 8.4e8));
      }
      Deposits stream = new Deposits(limit);
      walk(stream, stream.start(Instant.EPOCH), NOW, limit, reading);
      assertEquals(coins.size(), keys.size(), "seed " + seed + ", " + reading);
    }
  }

  @ParameterizedTest
  @EnumSource(Reading.class)
  @DisplayName("F6 a thousand deposits of one millisecond, at the border of page and window")
  void aMillisecondFullOfDepositsIsRead(Reading reading) {
    Instant border = WindowPaging.OPENING.plus(WindowPaging.SPAN);
    for (int i = 0; i < 1_500; i++) {
      coins.add(new Coin(i, border, 1));
    }
    Deposits stream = new Deposits();
    walk(stream, stream.start(Instant.EPOCH), NOW, 1_000, reading);
    assertEquals(1_500, keys.size());
  }

  @Test
  @DisplayName("F7 a deposit that becomes visible a day late is found by the next run")
  void aLateDepositIsFound() {
    Deposits stream = new Deposits();
    Bookmark rest = walk(stream, stream.start(NOW.minus(Duration.ofDays(400))), NOW);
    coins.add(new Coin(1, NOW.minus(Duration.ofHours(23)), 1));
    walk(stream, rest, NOW.plusSeconds(60));

    assertEquals(Set.of("1"), keys);
  }

  @Test
  void aQuietRunLeavesTheBookmarkOnItsDayBorder() {
    Deposits stream = new Deposits();
    Window rest = walk(stream, stream.start(Instant.EPOCH), NOW);
    assertEquals(new Window(Instant.parse("2026-10-31T00:00:00Z"), null, 0, null), rest);
    calls = 0;

    assertEquals(rest, walk(stream, rest, NOW.plus(Duration.ofHours(11))));
    assertEquals(1, calls);
    assertEquals(
        Instant.parse("2026-11-01T00:00:00Z"),
        walk(stream, rest, NOW.plus(Duration.ofHours(12))).from());
  }

  @Test
  void theNextRunBeginsAtTheEarliestThatMayStillChange() {
    Instant pending = Instant.parse("2026-02-03T04:05:06.007Z");
    coins.add(new Coin(1, pending, 8));
    coins.add(new Coin(2, pending.plusSeconds(5), 0));
    coins.add(new Coin(3, pending.minusSeconds(5), 1));
    Deposits stream = new Deposits(2);
    Window rest = walk(stream, stream.start(Instant.EPOCH), NOW, 2, Reading.INCLUSIVE_NEWEST_FIRST);
    assertEquals(new Window(pending, null, 0, null), rest);
    assertEquals(rest, walk(stream, rest, NOW.plusSeconds(9), 2, Reading.INCLUSIVE_NEWEST_FIRST));

    coins.replaceAll(coin -> new Coin(coin.id(), coin.at(), 1));
    assertEquals(
        Instant.parse("2026-10-31T00:00:00Z"),
        walk(stream, rest, NOW.plusSeconds(9), 2, Reading.INCLUSIVE_NEWEST_FIRST).from());
  }

  @Test
  void whatArrivesDuringAWalkShiftsNothing() {
    for (int i = 0; i < 40; i++) {
      coins.add(new Coin(i, NOW.minus(Duration.ofHours(30)).plusSeconds(i), 1));
    }
    Deposits stream = new Deposits(7);
    Bookmark at = stream.start(NOW.minus(Duration.ofDays(20)));
    Instant now = NOW;
    for (boolean drained = false; !drained; now = now.plusSeconds(1)) {
      Fetch.Page page = page(stream, at, now, 7, Reading.INCLUSIVE_NEWEST_FIRST);
      at = page.next();
      drained = page.drained();
      coins.add(new Coin(1_000 + coins.size(), now, 1));
    }
    for (int i = 0; i < 40; i++) {
      assertTrue(keys.contains(Integer.toString(i)), "deposit " + i);
    }
  }

  @Test
  void readingNeverBeginsBeforeTheStartThatWasAskedFor() {
    Instant earliest = NOW.minus(Duration.ofHours(3));
    Deposits stream = new Deposits();
    Window rest = walk(stream, stream.start(earliest), NOW);
    assertEquals(new Window(earliest, null, 0, null), rest);
    assertEquals(rest, walk(stream, rest, NOW.plusSeconds(5)));
    assertEquals(
        WindowPaging.OPENING, assertInstanceOf(Window.class, stream.start(Instant.EPOCH)).from());
  }

  @Test
  void aWalkThatWasLeftForDaysGoesOnToThePresent() {
    for (int i = 0; i < 30; i++) {
      coins.add(new Coin(i, NOW.minus(Duration.ofDays(10)).plusSeconds(i), 1));
    }
    Deposits stream = new Deposits(20);
    Bookmark start = stream.start(NOW.minus(Duration.ofDays(20)));
    Fetch.Page first = page(stream, start, NOW, 20, Reading.INCLUSIVE_OLDEST_FIRST);
    coins.add(new Coin(99, NOW.plus(Duration.ofDays(2)), 1));
    Instant later = NOW.plus(Duration.ofDays(5));
    Window rest = walk(stream, first.next(), later, 20, Reading.INCLUSIVE_OLDEST_FIRST);

    assertEquals(31, keys.size());
    assertEquals(Instant.parse("2026-11-05T00:00:00Z"), rest.from());
  }

  @Test
  @DisplayName("F11 a window left half-way says what the venue forgot meanwhile")
  void aWindowThatWasLeftHalfWaySaysWhatIsForgotten() {
    WindowPaging paging = new WindowPaging(100).remembering(Duration.ofDays(180));
    Instant horizon = NOW.minus(Duration.ofDays(180)).truncatedTo(ChronoUnit.DAYS);
    Window half = new Window(horizon, horizon.plus(Duration.ofDays(80)), 100, null);

    Map<String, String> soon = paging.parameters(half, NOW.plus(Duration.ofDays(1)));
    assertEquals(Long.toString(horizon.toEpochMilli()), soon.get("startTime"));
    assertEquals("100", soon.get("offset"));

    Instant later = NOW.plus(Duration.ofDays(10));
    Instant now = horizon.plus(Duration.ofDays(10));
    Map<String, String> anew = paging.parameters(half, later);
    assertEquals(Long.toString(now.toEpochMilli()), anew.get("startTime"));
    assertEquals("0", anew.get("offset"));
    Fetch.Page page =
        assertInstanceOf(Fetch.Page.class, paging.page(half, later, List.of(), null, false));
    assertEquals(
        List.of(new Fetch.Lost(Fetch.Loss.FORGOTTEN, horizon, now.plus(Duration.ofDays(1)))),
        page.lost());
  }

  @Test
  void aSlowWalkStillEnds() {
    perCall = Duration.ofMinutes(40);
    Deposits stream = new Deposits(2);
    for (int i = 0; i < 9; i++) {
      coins.add(new Coin(i, NOW.minus(Duration.ofDays(3)).plusSeconds(i), 1));
    }
    walk(stream, stream.start(NOW.minus(Duration.ofDays(200))), NOW, 2, Reading.EXCLUSIVE_UNSORTED);
    assertEquals(9, keys.size());
  }

  @Test
  void equalRowsWithoutAnIdAreSeveralRecordsAndKeepTheirKeys() {
    String row =
        """
        {"amount":"1.0","coin":"BTC","status":1,"address":"a","txId":"t",\
        "insertTime":1735689600000}\
        """;
    Deposits stream = new Deposits();
    List<String> first = keysOf(stream, "[" + row + "," + row + "]");
    List<String> padded = keysOf(stream, "[" + row.replace("1.0", "1.00") + "," + row + "]");

    assertEquals(2, new HashSet<>(first).size());
    assertEquals(first, padded);
  }

  private static List<String> keysOf(Deposits stream, String body) {
    Fetch fetch = stream.read("", stream.start(NOW), NOW, Fixtures.ok(body));
    return assertInstanceOf(Fetch.Page.class, fetch).records().stream()
        .map(raw -> raw.key())
        .toList();
  }

  private Window walk(Deposits stream, Bookmark from, Instant now) {
    return walk(stream, from, now, 1_000, Reading.INCLUSIVE_NEWEST_FIRST);
  }

  private Window walk(Deposits stream, Bookmark from, Instant start, int limit, Reading reading) {
    Bookmark at = from;
    Instant now = start;
    for (int i = 0; i < 10_000; i++) {
      Fetch.Page page = page(stream, at, now, limit, reading);
      at = page.next();
      now = now.plus(perCall);
      if (page.drained()) {
        return assertInstanceOf(Window.class, at);
      }
    }
    throw new AssertionError("the walk does not end");
  }

  private Fetch.Page page(Deposits stream, Bookmark at, Instant now, int limit, Reading reading) {
    calls++;
    Call call = stream.next("", at, now);
    String body = "[" + String.join(",", venue(call, limit, reading)) + "]";
    Fetch.Page page =
        assertInstanceOf(Fetch.Page.class, stream.read("", at, now, Fixtures.ok(body)));
    page.records().forEach(raw -> keys.add(raw.key()));
    return page;
  }

  private List<String> venue(Call call, int limit, Reading reading) {
    Instant from = Instant.ofEpochMilli(Long.parseLong(call.parameters().get("startTime")));
    Instant to = Instant.ofEpochMilli(Long.parseLong(call.parameters().get("endTime")));
    assertTrue(!to.isBefore(from), "a window that ends before it begins");
    assertTrue(Duration.between(from, to).compareTo(Duration.ofDays(90)) < 0, "-4047");
    assertEquals(Integer.toString(limit), call.parameters().get("limit"));
    boolean inclusive = reading.name().startsWith("INCLUSIVE");
    List<Coin> inside = new ArrayList<>();
    for (Coin coin : coins) {
      boolean within = from.isBefore(coin.at()) && coin.at().isBefore(to);
      boolean border = coin.at().equals(from) || coin.at().equals(to);
      if (within || (inclusive && border)) {
        inside.add(coin);
      }
    }
    Comparator<Coin> order = Comparator.comparing(Coin::at).thenComparing(Coin::id);
    inside.sort(reading.name().endsWith("NEWEST_FIRST") ? order.reversed() : order);
    int offset = Integer.parseInt(call.parameters().get("offset"));
    List<Coin> page = new ArrayList<>(inside.stream().skip(offset).limit(limit).toList());
    if (reading == Reading.EXCLUSIVE_UNSORTED) {
      Collections.shuffle(page, random);
    }
    return page.stream().map(Coin::json).toList();
  }
}
