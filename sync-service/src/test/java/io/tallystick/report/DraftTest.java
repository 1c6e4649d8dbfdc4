package io.tallystick.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.costbasis.Settings;
import io.tallystick.ledger.EntryKind;
import io.tallystick.report.packing.Packing;
import io.tallystick.report.reading.BookEntry;
import io.tallystick.report.reading.BookEntry.Flow;
import io.tallystick.report.reading.Declaration;
import io.tallystick.report.reading.Interpreter;
import io.tallystick.report.reading.Journeys;
import io.tallystick.valuation.Prices;
import io.tallystick.valuation.Quote;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What goes on from any place comes to what begins at the start, whatever the method and wherever
 * the books are cut: the same chapters, lines and sums, by their digests.
 */
class DraftTest {
  private static final Instant AT = Instant.parse("2024-11-03T10:00:00Z");
  private static final List<String> ASSETS = List.of("BTC", "ETH", "USDT", "EUR");
  private static final Draft.Division SMALL = new Draft.Division(7, 3, 2);
  private static final List<String> METHODS =
      List.of("FIFO", "LIFO", "HIFO", "AVERAGE", "ACB", "TOTAL_AVERAGE", "UK_SHARES", "IRISH_FIFO");

  private static final List<Instant> ENDS =
      List.of(
          Instant.parse("2024-01-01T00:00:00Z"),
          Instant.parse("2025-01-01T00:00:00Z"),
          Instant.parse("2026-01-01T00:00:00Z"));

  private final Map<String, byte[]> shelf = new HashMap<>();

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

  private static Instant day(int days) {
    return AT.plus(Duration.ofDays(days));
  }

  private static List<BookEntry> books(Random random) {
    List<BookEntry> books = new ArrayList<>();
    Instant at = AT;
    for (int n = 0; n < 90; n++) {
      // Now and then several of one instant.
      at = random.nextInt(4) == 0 ? at : at.plus(Duration.ofMinutes(random.nextInt(4_000)));
      books.add(entry(random, n, at));
    }
    books.sort(Comparator.comparing(BookEntry::at).thenComparing(BookEntry::id));
    return books;
  }

  private static BookEntry entry(Random random, int n, Instant at) {
    String wallet = random.nextBoolean() ? "a" : "b";
    String spot = "venue/" + wallet + "/spot";
    String asset = ASSETS.get(random.nextInt(3));
    BigDecimal amount = BigDecimal.valueOf(1 + random.nextInt(99), random.nextInt(3));
    List<Flow> flows = new ArrayList<>();
    EntryKind kind =
        switch (random.nextInt(8)) {
          case 0 -> EntryKind.DEPOSIT;
          case 1 -> EntryKind.WITHDRAWAL;
          case 2 -> EntryKind.INCOME;
          default -> EntryKind.TRADE;
        };
    switch (kind) {
      case DEPOSIT -> flows.add(new Flow("external/x", spot, asset, amount));
      case WITHDRAWAL -> flows.add(new Flow(spot, "external/x", asset, amount));
      case INCOME -> flows.add(new Flow("income/earn", spot, asset, amount));
      default -> {
        String other = ASSETS.get((ASSETS.indexOf(asset) + 1 + random.nextInt(3)) % 4);
        flows.add(new Flow(spot, "trading", asset, amount));
        flows.add(new Flow("trading", spot, other, amount.multiply(BigDecimal.valueOf(3))));
        flows.add(new Flow(spot, "fees/a", other, BigDecimal.valueOf(1, 4)));
      }
    }
    boolean journey = kind == EntryKind.DEPOSIT || kind == EntryKind.WITHDRAWAL;
    return new BookEntry(
        "ent_%04d".formatted((n * 37) % 100),
        1,
        kind,
        at,
        wallet,
        null,
        null,
        journey ? "tx" + random.nextInt(3) : null,
        "evd_" + n,
        flows);
  }

  private static List<Declaration> declared(List<BookEntry> books, Random random) {
    List<Declaration> declared = new ArrayList<>();
    Declaration.Lot lot = new Declaration.Lot(BigDecimal.ONE, AT, BigDecimal.TEN, null, null);
    for (int n = 0; n < 3; n++) {
      declared.add(
          new Declaration(
              "dec_o" + n,
              Declaration.Kind.OPENING,
              null,
              null,
              null,
              null,
              "a",
              "BTC",
              books.get(random.nextInt(books.size())).at().plusSeconds(n - 1),
              List.of(lot),
              "Ada",
              "",
              AT,
              null));
      declared.add(
          new Declaration(
              "dec_p" + n,
              Declaration.Kind.PURPOSE,
              books.get(random.nextInt(books.size())).id(),
              Declaration.Purpose.GIFT,
              null,
              null,
              null,
              null,
              null,
              List.of(),
              "Ada",
              "",
              AT,
              null));
    }
    return declared;
  }

  private Draft.Finished run(
      Settings settings, Progress start, List<BookEntry> rest, List<Declaration> declared) {
    Journeys journeys = new Journeys(start.underway(), rest);
    Interpreter interpreter =
        new Interpreter(prices(), settings.currency(), journeys, declared, start.rest(), ENDS);
    Draft draft =
        new Draft(settings, interpreter, journeys, new Draft.Origin(start, reading, SMALL));
    rest.forEach(draft::read);
    Draft.Finished finished = draft.finish();
    finished
        .contents()
        .forEach(content -> shelf.put(content.name(), Packing.inflate(content.packed())));
    shelf.putAll(finished.states());
    return finished;
  }

  private static String told(Draft.Finished finished) {
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

  @Test
  void whatGoesOnFromAnyPlaceComesToWhatBeginsAtTheStart() {
    int resumed = 0;
    for (long seed = 20_261; seed < 20_261 + 48; seed++) {
      Random random = new Random(seed);
      List<BookEntry> books = books(random);
      List<Declaration> declared = declared(books, random);
      String method = METHODS.get((int) (seed % METHODS.size()));
      Settings settings =
          Settings.of(Map.of("currency", "EUR", "method", method, "shortfall", "ERROR"));
      String whole = told(run(settings, Progress.NOTHING, books, declared));
      int cut = 1 + random.nextInt(books.size());
      List<Progress> places =
          new ArrayList<>(
              run(settings, Progress.NOTHING, books.subList(0, cut), declared).places());
      for (Progress place : places) {
        Instant last = place.last();
        // Openings behind the cut were read to the end; what is written later changes from its
        // own instant on, and a transfer from before that.
        boolean changed =
            books.subList(cut, books.size()).stream()
                .anyMatch(one -> !last.isBefore(one.at().minus(reach(one))));
        if (changed) {
          continue;
        }
        // As it is kept: text and back.
        Progress kept = Canon.read(Canon.text(place), Progress.class);
        List<BookEntry> rest = books.stream().filter(one -> one.at().isAfter(last)).toList();
        assertEquals(whole, told(run(settings, kept, rest, declared)), method + ", seed " + seed);
        resumed++;
      }
    }
    assertTrue(resumed > 60, "resumed " + resumed);
  }

  private static BookEntry bought(String id, Instant at) {
    String spot = "venue/b/spot";
    List<Flow> flows =
        List.of(
            new Flow(spot, "trading", "USDT", BigDecimal.TEN),
            new Flow("trading", spot, "BTC", BigDecimal.ONE));
    return new BookEntry(
        id, 1, EntryKind.TRADE, at, "b", "BTCUSDT", "buy", null, "evd_" + id, flows);
  }

  private static Declaration opening(String asset, Instant at) {
    Declaration.Lot lot = new Declaration.Lot(BigDecimal.TEN, null, BigDecimal.ONE, null, null);
    return new Declaration(
        "dec_1",
        Declaration.Kind.OPENING,
        null,
        null,
        null,
        null,
        "b",
        asset,
        at,
        List.of(lot),
        "Ada",
        "",
        AT,
        null);
  }

  // What was held at the ends of years, of books that go on a year after the opening balance.
  private List<String> priced(Declaration opening) {
    Settings settings = Settings.of(Map.of("currency", "EUR"));
    BookEntry early = bought("ent_1", AT);
    BookEntry late = bought("ent_2", day(90));
    List<Declaration> declared = List.of(opening);
    Draft.Finished whole = run(settings, Progress.NOTHING, List.of(early, late), declared);
    Progress place = run(settings, Progress.NOTHING, List.of(early), declared).places().getLast();
    Progress kept = Canon.read(Canon.text(place), Progress.class);
    assertEquals(told(whole), told(run(settings, kept, List.of(late), declared)));
    return whole.rest().worths().stream()
        .filter(one -> one.end() != null && one.price() != null)
        .map(one -> one.asset() + " " + one.end() + " " + one.price().toPlainString())
        .toList();
  }

  @Test
  void anOpeningBalanceBehindTheEndOfAYearLeavesTheYearWhatItsHoldingsWereWorth() {
    assertTrue(priced(opening("BTC", ENDS.get(1))).contains("BTC 2025-01-01T00:00:00Z 50000"));
  }

  @Test
  void coinsThatOnlyAnOpeningBalanceTellsAreValuedAtTheEndsOfYears() {
    assertTrue(priced(opening("ETH", day(1))).contains("ETH 2025-01-01T00:00:00Z 3000"));
  }

  private static Duration reach(BookEntry entry) {
    return entry.kind() == EntryKind.DEPOSIT || entry.kind() == EntryKind.WITHDRAWAL
        ? Journeys.REACH
        : Duration.ZERO;
  }
}
