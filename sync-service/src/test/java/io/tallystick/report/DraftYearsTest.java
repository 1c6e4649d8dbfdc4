package io.tallystick.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.costbasis.Settings;
import io.tallystick.ledger.EntryKind;
import io.tallystick.report.reading.BookEntry;
import io.tallystick.report.reading.BookEntry.Flow;
import io.tallystick.report.reading.Chapter;
import io.tallystick.report.reading.Declaration;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a draft says of years: what was held at their ends was worth, and when they are final. */
class DraftYearsTest {
  private final Drafting drafting = new Drafting();

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
        Drafting.AT,
        null);
  }

  // What was held at the ends of years, of books that go on a year after the opening balance.
  private List<String> priced(Declaration opening) {
    Settings settings = Settings.of(Map.of("currency", "EUR"));
    BookEntry early = bought("ent_1", Drafting.AT);
    BookEntry late = bought("ent_2", Drafting.day(90));
    List<Declaration> declared = List.of(opening);
    Draft.Finished whole = drafting.run(settings, Progress.NOTHING, List.of(early, late), declared);
    Progress place =
        drafting.run(settings, Progress.NOTHING, List.of(early), declared).places().getLast();
    Progress kept = Canon.read(Canon.text(place), Progress.class);
    assertEquals(
        Drafting.told(whole), Drafting.told(drafting.run(settings, kept, List.of(late), declared)));
    return whole.rest().worths().stream()
        .filter(one -> one.end() != null && one.price() != null)
        .map(one -> one.asset() + " " + one.end() + " " + one.price().toPlainString())
        .toList();
  }

  @Test
  void anOpeningBalanceBehindTheEndOfAYearLeavesTheYearWhatItsHoldingsWereWorth() {
    assertTrue(
        priced(opening("BTC", Drafting.ENDS.get(1))).contains("BTC 2025-01-01T00:00:00Z 50000"));
  }

  @Test
  void coinsThatOnlyAnOpeningBalanceTellsAreValuedAtTheEndsOfYears() {
    assertTrue(priced(opening("ETH", Drafting.day(1))).contains("ETH 2025-01-01T00:00:00Z 3000"));
  }

  // A loss that nothing follows, which a purchase within 30 days would deny.
  private static BookEntry lost(Instant at) {
    String spot = "venue/b/spot";
    List<Flow> flows =
        List.of(
            new Flow(spot, "trading", "BTC", BigDecimal.ONE),
            new Flow("trading", spot, "EUR", BigDecimal.ONE));
    return new BookEntry(
        "ent_2", 1, EntryKind.TRADE, at, "b", "BTCEUR", "sell", null, "evd", flows);
  }

  private int provisional(String method, @Nullable Instant complete) {
    Settings settings = Settings.of(Map.of("currency", "EUR", "cash", "USDT", "method", method));
    List<BookEntry> books = List.of(bought("ent_1", Drafting.AT), lost(Drafting.day(2)));
    Draft.Finished whole = drafting.run(settings, Progress.NOTHING, books, List.of(), complete);
    Progress place =
        drafting.run(settings, Progress.NOTHING, books.subList(0, 1), List.of()).places().getLast();
    assertEquals(
        Drafting.told(whole),
        Drafting.told(drafting.run(settings, place, books.subList(1, 2), List.of(), complete)));
    List<Chapter> chapters =
        whole.inputs().stream()
            .map(name -> Computation.CHAPTERS.read(drafting.shelf.get(name)).getFirst())
            .toList();
    assertEquals(
        Computation.digest(whole.lines(), whole.totals(), settings),
        Computation.run(settings, chapters, whole.rest().complete()).digest(),
        "computed again from what is kept");
    return whole.totals().years().stream()
        .filter(year -> year.year() == 2024)
        .mapToInt(Tally.Year::provisional)
        .sum();
  }

  @Test
  void whatWaitsIsFinalWhenTheBooksAreKnownToBeCompleteForAsLongAsItsRuleLooksAhead() {
    Instant sold = Drafting.day(2);
    for (String method : List.of("ACB", "UK_SHARES")) {
      assertEquals(1, provisional(method, null), method);
      assertEquals(1, provisional(method, sold.minusSeconds(1)), method);
      assertEquals(1, provisional(method, sold.plus(Duration.ofDays(30))), method);
      assertEquals(0, provisional(method, sold.plus(Duration.ofDays(31))), method);
    }
    assertEquals(1, provisional("TOTAL_AVERAGE", null));
    assertEquals(1, provisional("TOTAL_AVERAGE", Instant.parse("2024-12-31T23:59:59Z")));
    assertEquals(0, provisional("TOTAL_AVERAGE", Instant.parse("2025-01-01T00:00:00Z")));
    assertEquals(0, provisional("FIFO", null));
  }
}
