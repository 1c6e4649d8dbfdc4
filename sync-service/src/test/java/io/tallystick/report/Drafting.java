package io.tallystick.report;

import io.tallystick.costbasis.Settings;
import io.tallystick.report.packing.Packing;
import io.tallystick.report.reading.BookEntry;
import io.tallystick.report.reading.Declaration;
import io.tallystick.report.reading.Interpreter;
import io.tallystick.report.reading.Journeys;
import io.tallystick.valuation.Prices;
import io.tallystick.valuation.Quote;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Drafts over a few books in small chapters, with what was kept of them to go on from. */
final class Drafting {
  /** When the books begin. */
  static final Instant AT = Instant.parse("2024-11-03T10:00:00Z");

  private static final Draft.Division SMALL = new Draft.Division(7, 3, 2);

  static final List<Instant> ENDS =
      List.of(
          Instant.parse("2024-01-01T00:00:00Z"),
          Instant.parse("2025-01-01T00:00:00Z"),
          Instant.parse("2026-01-01T00:00:00Z"));

  /** What was kept, by its digest. */
  final Map<String, byte[]> shelf = new HashMap<>();

  private final Draft.Shelf reading =
      new Draft.Shelf() {
        @Override
        public byte[] content(String name) {
          return Objects.requireNonNull(shelf.get(name), name);
        }

        @Override
        public byte[] state(String name) {
          return content(name);
        }
      };

  // BTC has a price of the venue at first, one from a file later, and none at the end.
  private static Prices prices() {
    return new Prices(
        List.of(
            quote(Quote.Source.VENUE, "USDT", "0.9", 0, 400, "x/production"),
            quote(Quote.Source.VENUE, "BTC", "50000", 0, 60, "x/production"),
            quote(Quote.Source.FILE, "BTC", "60000", 60, 90, "file:a"),
            quote(Quote.Source.FILE, "ETH", "3000", 0, 80, "file:a")));
  }

  private static Quote quote(
      Quote.Source source, String asset, String price, int from, int to, String origin) {
    return new Quote(source, asset, "EUR", day(from - 1), day(to), new BigDecimal(price), origin);
  }

  /** So many days after the beginning. */
  static Instant day(int days) {
    return AT.plus(Duration.ofDays(days));
  }

  /** A draft from a place on, of books of which nobody knows how complete they are. */
  Draft.Finished run(
      Settings settings, Progress start, List<BookEntry> rest, List<Declaration> declared) {
    return run(settings, start, rest, declared, null);
  }

  /** The same where that is known. */
  Draft.Finished run(
      Settings settings,
      Progress start,
      List<BookEntry> rest,
      List<Declaration> declared,
      @Nullable Instant complete) {
    Journeys journeys = new Journeys(start.underway(), rest);
    Interpreter interpreter =
        new Interpreter(prices(), settings.currency(), journeys, declared, start.rest(), ENDS);
    Draft draft =
        new Draft(settings, interpreter, journeys, new Draft.Origin(start, reading, SMALL));
    rest.forEach(draft::read);
    Draft.Finished finished = draft.finish(complete);
    finished
        .contents()
        .forEach(content -> shelf.put(content.name(), Packing.inflate(content.packed())));
    shelf.putAll(finished.states());
    return finished;
  }

  /** All that a draft came to, as text. */
  static String told(Draft.Finished finished) {
    return String.join(
        "\n",
        finished.inputs().toString(),
        finished.lines().toString(),
        finished.prices().toString(),
        Canon.text(finished.rest()),
        Canon.text(finished.figures()),
        Canon.text(finished.totals()),
        Canon.text(finished.refused()));
  }
}
