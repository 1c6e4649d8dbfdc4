package io.tallystick.report.layout;

import static io.tallystick.report.layout.Laid.at;
import static io.tallystick.report.layout.Laid.bought;
import static io.tallystick.report.layout.Laid.buy;
import static io.tallystick.report.layout.Laid.cell;
import static io.tallystick.report.layout.Laid.cells;
import static io.tallystick.report.layout.Laid.sell;
import static io.tallystick.report.layout.Laid.sold;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.costbasis.AcquisitionKind;
import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Event;
import io.tallystick.costbasis.Leg;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a reader who has nothing but the table needs to be told. */
class WhatTablesSayTest {
  // Three lots of a unit each, of 10.005: what rounds alone comes to more.
  private static final List<Event> HALVES =
      List.of(
          buy("2025-01-01", "w", "1", "10.005"),
          buy("2025-01-02", "w", "1", "10.005"),
          buy("2025-01-03", "w", "1", "10.005"),
          sell("2025-02-01", "w", "1", "33.335", "0"),
          sell("2025-02-02", "w", "2", "66.665", "0"));

  private static void says(Sheet sheet, String note) {
    assertTrue(sheet.notes().contains(note), note + " in " + sheet.notes());
  }

  @Test
  void aFormsTotalIsTheSumOfItsLinesAndTheDifferenceToTheExactOneIsTold() {
    Sheet form = Laid.of("us", HALVES).table(Table.FORM_8949, 2025);
    BigDecimal lines = BigDecimal.ZERO;
    for (int row = 0; row < form.rows().size(); row++) {
      lines = lines.add(new BigDecimal(cell(form, row, "h_gain")));
    }
    assertEquals("69.99", lines.toPlainString());
    says(form, "gains less losses, the sum of the rounded lines: 69.99");
    says(form, "the same before rounding: 69.985; rounding of the lines: 0.005");
    for (Map.Entry<String, Table> one :
        Map.of("de", Table.ANLAGE_SO, "ca", Table.SCHEDULE_3, "uk", Table.UK_CGT).entrySet()) {
      Sheet sheet = Laid.of(one.getKey(), HALVES).table(one.getValue(), null);
      assertTrue(
          sheet.notes().stream()
              .anyMatch(note -> note.startsWith("the same before rounding: 69.985")),
          sheet.notes().toString());
    }
  }

  @Test
  void aCorrectedBoxComesToWhatTheStatementTellsToTheCent() {
    Beside.Broker told =
        new Beside.Broker(
            "w", 2025, "BTC", BigDecimal.valueOf(3), new BigDecimal("110"), false, null);
    Sheet form = Laid.of("us", HALVES).table(Table.FORM_8949, 2025, told);
    BigDecimal proceeds = BigDecimal.ZERO;
    for (int row = 0; row < form.rows().size(); row++) {
      proceeds = proceeds.add(new BigDecimal(cell(form, row, "d_proceeds")));
    }
    assertEquals(0, proceeds.compareTo(new BigDecimal("110")), proceeds.toPlainString());
  }

  @Test
  void whatNobodyKnowsTheDayOfIsNotCalledVarious() {
    List<Event> missing =
        List.of(buy("2025-01-05", "w", "1", "100"), sell("2025-03-01", "w", "2", "300", "0"));
    Sheet form = Laid.of("us", missing).table(Table.FORM_8949, 2025);
    assertEquals(
        "? UNKNOWN - missing_basis", cells(form, 1, "box", "b_date_acquired", "h_gain", "status"));
  }

  @Test
  void aDisposalCarriesWhatTheVenueCallsIt() {
    Beside named =
        new Beside(
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Map.of(),
            Map.of("2025-02-01w", "trade 17 of BTCUSDT"));
    Sheet form = Laid.of("us", HALVES).beside(named).table(Table.FORM_8949, 2025);
    assertEquals("1 BTC, trade 17 of BTCUSDT", cell(form, 0, "a_description"));
    assertEquals("1 BTC", cell(form, 1, "a_description"), "nobody said what it is called");
  }

  @Test
  void codesThatWereNotComparedWithThePublishedFormSaySo() {
    Sheet form = Laid.of("us", HALVES).table(Table.FORM_8949, 2025);
    assertTrue(
        form.notes().stream().anyMatch(note -> note.contains("not checked against the published")),
        form.notes().toString());
  }

  @Test
  void yearsOfCryptoAssetReportingAreCalendarYearsWhereverTheTaxYearBegins() {
    List<Event> events =
        List.of(
            bought("2024-02-01", "SOL", "10", "1000", "0"),
            sold("2024-03-01", "SOL", "1", "120", "0"),
            sold("2025-02-01", "SOL", "2", "240", "0"),
            sold("2025-02-01", "SOL", "3", "360", "0"));
    Sheet sheet = Laid.of("uk", events).table(Table.CARF, 2024);
    assertEquals(2, sheet.rows().size(), sheet.rows().toString());
    assertEquals(
        "2024 acquired purchase 10 1000", cells(sheet, 0, "year", "kind", "quantity", "value"));
    assertEquals("2024 disposed sale 1 120", cells(sheet, 1, "year", "kind", "quantity", "value"));
    Sheet next = Laid.of("uk", events).table(Table.CARF, 2025);
    assertEquals("5 2", cells(next, 0, "quantity", "transactions"), "a day's sales are two");
    says(next, "years are calendar years, by days of Europe/London");
  }

  @Test
  void whatTheBooksAlreadyTellIsNotListedAgainByTheEngine() {
    Event unknown =
        new Event.Acquired(
            at("2025-01-01"),
            AcquisitionKind.UNLINKED_DEPOSIT,
            new Leg(
                "ETH", BigDecimal.TWO, Amount.unknown(Amount.Cause.MISSING_COST, "2025-01-01w")),
            List.of(),
            at("2025-01-01").at());
    Beside.Open open =
        new Beside.Open(
            "unlinked-deposit", "2025-01-01w", at("2025-01-01").at(), "ETH", BigDecimal.TWO, "x");
    Beside told =
        new Beside(
            List.of(open),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Map.of(),
            Map.of());
    Laid laid = Laid.of("generic", List.of(unknown, sold("2025-02-01", "ETH", "1", "900", "0")));
    assertEquals("unknown_cost", cell(laid.table(Table.UNMATCHED, 2025), 0, "kind"));
    Sheet sheet = laid.beside(told).table(Table.UNMATCHED, 2025);
    assertEquals(1, sheet.rows().size(), sheet.rows().toString());
    assertEquals(
        "unlinked-deposit 900 1",
        cells(sheet, 0, "kind", "proceeds_undetermined", "parts_undetermined"));
  }

  @Test
  void rowsThatLaterEventsCanChangeAreListed() {
    List<Event> open =
        List.of(
            bought("2025-01-01", "SOL", "9", "900", "0"),
            sold("2025-06-01", "SOL", "2", "300", "0"));
    Sheet sheet = Laid.of("uk", open).table(Table.UNMATCHED, 2025);
    assertEquals(
        "provisional SOL 2 -", cells(sheet, 0, "kind", "asset", "quantity", "parts_undetermined"));
    assertEquals(0, Laid.of("generic", open).table(Table.UNMATCHED, 2025).rows().size());
  }

  @Test
  void aYearWithoutPricesOfItsEndSaysWhereTheNewestAre() {
    Sheet held = Laid.of("de", HALVES.subList(0, 3)).table(Table.HOLDINGS, 2025);
    assertEquals("unpriced", cell(held, 0, "status"));
    says(held, "no price is known of this year's end; without a year, prices are the newest");
  }

  @Test
  void gainsOfUnitsHeldForLongStandApartWhereTheRulesAskForIt() {
    List<Event> terms =
        List.of(
            buy("2023-01-05", "w", "1", "5000"),
            buy("2025-01-05", "w", "1", "40000"),
            sell("2025-03-01", "w", "2", "60000", "0"));
    Sheet sheet = Laid.of("au", terms).table(Table.DISPOSALS, 2024);
    says(sheet, "parts of term long: gains 25000, losses 0");
    says(sheet, "parts of term short: gains 0, losses -10000");
    assertTrue(
        Laid.of("ie", terms).table(Table.DISPOSALS, 2025).notes().stream()
            .noneMatch(note -> note.startsWith("parts of term")));
  }
}
