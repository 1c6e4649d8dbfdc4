package io.tallystick.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.costbasis.Settings;
import io.tallystick.ledger.EntryKind;
import io.tallystick.report.reading.BookEntry;
import io.tallystick.report.reading.BookEntry.Flow;
import io.tallystick.report.reading.Declaration;
import io.tallystick.report.reading.Journeys;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What goes on from any place comes to what begins at the start, whatever the method and wherever
 * the books are cut: the same chapters, lines and sums, by their digests.
 */
class DraftTest {
  private static final List<String> ASSETS = List.of("BTC", "ETH", "USDT", "EUR");
  private final Drafting drafting = new Drafting();
  private static final List<String> METHODS =
      List.of("FIFO", "LIFO", "HIFO", "AVERAGE", "ACB", "TOTAL_AVERAGE", "UK_SHARES", "IRISH_FIFO");

  private static List<BookEntry> books(Random random) {
    List<BookEntry> books = new ArrayList<>();
    Instant at = Drafting.AT;
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
    Declaration.Lot lot =
        new Declaration.Lot(BigDecimal.ONE, Drafting.AT, BigDecimal.TEN, null, null);
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
              Drafting.AT,
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
              Drafting.AT,
              null));
    }
    return declared;
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
      String whole = Drafting.told(drafting.run(settings, Progress.NOTHING, books, declared));
      int cut = 1 + random.nextInt(books.size());
      List<Progress> places =
          new ArrayList<>(
              drafting.run(settings, Progress.NOTHING, books.subList(0, cut), declared).places());
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
        assertEquals(
            whole,
            Drafting.told(drafting.run(settings, kept, rest, declared)),
            method + ", seed " + seed);
        resumed++;
      }
    }
    assertTrue(resumed > 60, "resumed " + resumed);
  }

  private static Duration reach(BookEntry entry) {
    return entry.kind() == EntryKind.DEPOSIT || entry.kind() == EntryKind.WITHDRAWAL
        ? Journeys.REACH
        : Duration.ZERO;
  }
}
