package io.tallystick.valuation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.tallystick.valuation.Quote.Source;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A quote answers for all of its time, except where one that begins later answers. */
class QuoteSeriesTest {
  private static final Instant YEAR = Instant.parse("2024-01-01T00:00:00Z");

  private static Quote quote(Source source, int from, int until, int price) {
    return new Quote(
        source, "XYZ", "USD", day(from), day(until), BigDecimal.valueOf(price), "p" + price);
  }

  private static Instant day(int days) {
    return YEAR.plus(Duration.ofDays(days));
  }

  private static QuoteSeries series(Quote... quotes) {
    List<Quote> ordered = new ArrayList<>(List.of(quotes));
    Collections.sort(ordered);
    return new QuoteSeries(ordered);
  }

  @Test
  void aShortQuoteHidesALongOneForItsOwnTimeOnly() {
    Quote year = quote(Source.FILE, 0, 366, 100);
    Quote day = quote(Source.FILE, 60, 61, 110);
    QuoteSeries series = series(year, day);
    assertEquals(year, series.at(day(59), Duration.ZERO));
    assertEquals(day, series.at(day(60), Duration.ZERO));
    assertEquals(year, series.at(day(61), Duration.ZERO));
    assertEquals(year, series.at(day(365), Duration.ZERO));
    assertNull(series.at(day(366), Duration.ZERO));
  }

  @Test
  void thatIsSoWhereBothBeginAtOnce() {
    Quote year = quote(Source.FILE, 0, 366, 100);
    Quote day = quote(Source.FILE, 0, 1, 110);
    QuoteSeries series = series(year, day);
    assertEquals(day, series.at(day(0), Duration.ZERO));
    assertEquals(year, series.at(day(1), Duration.ZERO));
  }

  @Test
  void aRateIsNeverOlderThanTheNewestOne() {
    Quote old = quote(Source.RATES, 0, 300, 100);
    Quote day = quote(Source.RATES, 60, 61, 110);
    QuoteSeries series = series(old, day);
    Duration more = Duration.ofDays(7);
    assertEquals(day, series.at(day(67), more));
    assertNull(series.at(day(68), more));
  }

  @Test
  void whateverIsAskedInWhateverOrderItIsTheLatestThatStillStands() {
    long seed = 7_007;
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      List<Quote> quotes = new ArrayList<>();
      for (int n = random.nextInt(12); n >= 0; n--) {
        int from = random.nextInt(20);
        quotes.add(quote(Source.FILE, from, from + 1 + random.nextInt(12), n));
      }
      Collections.sort(quotes);
      QuoteSeries series = new QuoteSeries(quotes);
      for (int asked = 0; asked < 40; asked++) {
        Instant at = day(random.nextInt(36) - 1);
        String what = "seed " + seed + ", round " + round + ", " + at + " of " + quotes;
        assertEquals(latest(quotes, at), series.at(at, Duration.ZERO), what);
      }
    }
  }

  // Of several that begin at once the first in order.
  private static @Nullable Quote latest(List<Quote> quotes, Instant at) {
    return quotes.stream()
        .filter(one -> !at.isBefore(one.from()) && at.isBefore(one.until()))
        .min(Comparator.comparing(Quote::from).reversed().thenComparing(one -> one))
        .orElse(null);
  }
}
