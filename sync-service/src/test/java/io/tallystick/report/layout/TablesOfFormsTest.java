package io.tallystick.report.layout;

import static io.tallystick.report.layout.Laid.at;
import static io.tallystick.report.layout.Laid.bought;
import static io.tallystick.report.layout.Laid.cell;
import static io.tallystick.report.layout.Laid.gone;
import static io.tallystick.report.layout.Laid.sold;
import static io.tallystick.report.layout.TablesTest.table;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.costbasis.AcquisitionKind;
import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.DisposalKind;
import io.tallystick.costbasis.Event;
import io.tallystick.costbasis.IncomeKind;
import io.tallystick.costbasis.Leg;
import io.tallystick.costbasis.Selection;
import io.tallystick.costbasis.Source;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the forms ask for beside gains: pools, stock, income, years in two parts. */
class TablesOfFormsTest {
  private static final Event[] YEN = {
    bought("2023-06-01", "BTC", "2", "3000000", "0"),
    sold("2024-04-01", "BTC", "1", "2100000", "0"),
    bought("2024-07-01", "BTC", "5", "10000000", "0"),
    sold("2024-11-01", "BTC", "2", "4500000", "0")
  };

  private static Event earned(String day, String asset, String units, Amount worth) {
    return new Event.Earned(
        at(day), IncomeKind.STAKING, new Leg(asset, new BigDecimal(units), worth));
  }

  @Test
  void japanTellsWhatWasThereWhatCameAndWhatIsLeftAtTheRoundedUnit() {
    Sheet sheet = table(Table.JAPAN, "jp", 2024, YEN);
    assertEquals("2", cell(sheet, 0, "opening"));
    assertEquals("3000000", cell(sheet, 0, "opening_cost"));
    assertEquals("5", cell(sheet, 0, "acquired"));
    assertEquals("10000000", cell(sheet, 0, "acquired_cost"));
    assertEquals("3", cell(sheet, 0, "sold"));
    assertEquals("4", cell(sheet, 0, "closing"));
    assertEquals("7428572", cell(sheet, 0, "closing_cost"));
    assertEquals("1857143", cell(sheet, 0, "unit_cost"));
    Sheet later = table(Table.JAPAN, "jp", 2025, YEN);
    assertEquals("7428572", cell(later, 0, "opening_cost"), "a year without anything has a row");
    assertEquals("4", cell(later, 0, "closing"));
  }

  @Test
  void whatWaitsForAWindowOrTheYearIsHeldAllTheSame() {
    // Bought three weeks before the year ends: it waits for the thirty days to be over.
    Event[] pounds = {
      bought("2024-01-10", "SOL", "10", "1000", "0"), bought("2024-03-20", "SOL", "5", "600", "0")
    };
    assertEquals("15", cell(table(Table.HOLDINGS, "uk", 2023, pounds), 0, "quantity"));
    assertEquals("1600", cell(table(Table.HOLDINGS, "uk", 2023, pounds), 0, "cost"));
    Sheet forward = table(Table.ROLL_FORWARD, "uk", 2023, pounds);
    assertEquals("0", cell(forward, 0, "difference"));
    assertEquals("0", cell(forward, 0, "cost_difference"));
    // Sold in a year that is not over: the year's average waits for its end.
    Sheet yen = table(Table.HOLDINGS, "jp", null, YEN);
    assertEquals("4", cell(yen, 0, "quantity"));
    assertEquals("7428572", cell(yen, 0, "cost"));
  }

  @Test
  void unitedKingdomTellsThePoolAndTheYearInTwoPartsWhereRatesChanged() {
    Sheet sheet =
        table(
            Table.UK_CGT,
            "uk",
            2024,
            bought("2024-05-01", "SOL", "10", "1000", "0"),
            sold("2024-08-01", "SOL", "4", "600", "0"),
            sold("2024-12-01", "SOL", "1", "70", "0"));
    assertEquals("6", cell(sheet, 0, "pool_quantity_after"));
    assertEquals("600", cell(sheet, 0, "pool_cost_after"));
    assertEquals("10", cell(sheet, 0, "pool_quantity_before"));
    assertEquals("1000", cell(sheet, 0, "pool_cost_before"));
    assertEquals("6", cell(sheet, 1, "pool_quantity_before"), "as the sale before left it");
    assertEquals("5", cell(sheet, 1, "pool_quantity_after"));
    List<String> notes = sheet.notes();
    assertTrue(
        notes.contains("gains before 2024-10-30, when the rates changed: 200"), notes.toString());
    assertTrue(notes.contains("losses from that day on: 30"), notes.toString());
    assertTrue(notes.contains("annual-exempt-amount of the year: 3000"), notes.toString());
  }

  @Test
  void canadaTellsWhatIsAllowedAndTheTwoPeriodsOfTheYear() {
    Sheet sheet =
        table(
            Table.SCHEDULE_3,
            "ca",
            2024,
            bought("2024-03-01", "ADA", "60", "1200", "6"),
            sold("2024-06-10", "ADA", "45", "675", "5"),
            bought("2024-06-25", "ADA", "20", "320", "4"),
            sold("2024-07-05", "ADA", "5", "85", "0"));
    assertEquals("-253.75", cell(sheet, 0, "gain"));
    assertEquals("-130.28", cell(sheet, 0, "gain_after_denial"));
    List<String> notes = sheet.notes();
    assertTrue(notes.contains("gains less losses before 2024-06-25: -130.28"), notes.toString());
    assertTrue(notes.contains("gains less losses from that day on: 0"), notes.toString());
  }

  @Test
  void incomeWithoutAPriceIsCountedAndInNoSum() {
    Event[] events = {
      earned("2024-05-01", "ETH", "0.1", Amount.of("300")),
      earned("2024-06-01", "XYZ", "7", Amount.unknown(Amount.Cause.MISSING_PRICE, "x"))
    };
    List<String> notes = table(Table.ANLAGE_SO, "de", 2024, events).notes();
    assertTrue(notes.contains("other income (section 22 no. 3): 300"), notes.toString());
    assertTrue(notes.contains("receipts without a price, in no sum: 1"), notes.toString());
    assertTrue(notes.stream().anyMatch(note -> note.contains("47 gain or loss")), notes.toString());
    Sheet income = table(Table.INCOME, "de", null, events);
    assertEquals("3000", cell(income, 0, "unit_price"));
    assertEquals("missing_price", cell(income, 1, "status"));
    assertEquals("null", cell(income, 1, "value"));
    assertTrue(income.notes().contains("sum of month 2024-05: 300"), income.notes().toString());
  }

  @Test
  void smallReceiptsAddUpBeforeTheyAreRounded() {
    Event[] hourly = new Event[1_000];
    for (int hour = 0; hour < hourly.length; hour++) {
      Instant at = Instant.parse("2024-03-01T00:00:00Z").plusSeconds(3_600L * hour);
      hourly[hour] =
          new Event.Earned(
              new Source("hour" + hour, at, Laid.WALLET),
              IncomeKind.STAKING,
              Leg.of("ETH", "0.000001", "0.0045"));
    }
    List<String> income = table(Table.INCOME, "de", 2024, hourly).notes();
    assertTrue(income.contains("sum of kind staking: 4.5"), income.toString());
    assertTrue(income.contains("sum of tax year 2024: 4.5"), income.toString());
    assertTrue(income.contains("sum of all: 4.5"), income.toString());
    assertTrue(
        income.contains(
            "the values as listed come to 0; the same before rounding: 4.5; rounding of the lines:"
                + " -4.5"),
        income.toString());
    List<String> form = table(Table.ANLAGE_SO, "de", 2024, hourly).notes();
    assertTrue(form.contains("other income (section 22 no. 3): 4.5"), form.toString());
    List<String> schedule = table(Table.SCHEDULE_3, "ca", 2024, hourly).notes();
    assertTrue(schedule.contains("income (line 13000): 4.5"), schedule.toString());
    List<String> yen = table(Table.INCOME, "jp", 2024, hourly).notes();
    assertTrue(yen.contains("sum of all: 5"), yen.toString());
  }

  @Test
  void whatDoesNotCountHasNoGainInTheComputationOfTheUnitedKingdom() {
    Leg leg = new Leg("SOL", new BigDecimal("2"), Amount.Known.ZERO);
    Event gift =
        new Event.Disposed(
            at("2024-09-01"),
            DisposalKind.DONATION,
            Leg.of("SOL", "3", "450"),
            List.of(Leg.of("SOL", "1", "150")),
            Selection.NONE);
    Sheet sheet =
        table(
            Table.UK_CGT,
            "uk",
            2024,
            bought("2024-05-01", "SOL", "10", "1000", "0"),
            gone(DisposalKind.LOST, "2024-08-01", leg),
            gift);
    String[] shown = {"quantity", "gain", "pool_quantity_before", "pool_quantity_after", "status"};
    assertEquals("2 - 10 8 not recognised", Laid.cells(sheet, 0, shown));
    assertEquals(
        "1 50 8 7 provisional", Laid.cells(sheet, 1, shown), "the fee, which is paid in coin");
    assertEquals("3 - 7 4 not recognised", Laid.cells(sheet, 2, shown));
    assertTrue(sheet.notes().contains("13.4 gains before losses: 50"), sheet.notes().toString());
  }

  @Test
  void aTransferHasNoValueAndIsNotWorthNothing() {
    Event move =
        new Event.Transferred(
            at("2025-02-01"), "elsewhere", "BTC", BigDecimal.ONE, List.of(), Selection.NONE);
    Sheet sheet =
        table(Table.CARF, "generic", null, bought("2025-01-01", "BTC", "2", "100", "0"), move);
    int row = "transferred".equals(cell(sheet, 0, "kind")) ? 0 : 1;
    assertEquals("transferred", cell(sheet, row, "kind"));
    assertEquals("null", cell(sheet, row, "value"));
    assertEquals("1", cell(sheet, row, "without_value"));
    assertEquals("100", cell(sheet, 1 - row, "value"));
  }

  @Test
  void whatIsUnknownSaysHowMuchHangsOnIt() {
    Event unknown =
        new Event.Acquired(
            at("2025-01-01"),
            AcquisitionKind.UNLINKED_DEPOSIT,
            new Leg(
                "ETH", BigDecimal.TWO, Amount.unknown(Amount.Cause.MISSING_COST, "2025-01-01w")),
            List.of(),
            at("2025-01-01").at());
    Sheet sheet =
        table(
            Table.UNMATCHED,
            "generic",
            2025,
            unknown,
            sold("2025-02-01", "ETH", "1", "900", "0"),
            sold("2025-03-01", "ETH", "0.5", "500", "0"));
    assertEquals("1400", cell(sheet, 0, "proceeds_undetermined"));
    assertEquals("2", cell(sheet, 0, "parts_undetermined"));
    assertTrue(
        sheet.notes().contains("their gross proceeds, as far as they are known: 1400"),
        sheet.notes().toString());
  }

  @Test
  void aVenuesReportStandsBesideWhatTheBooksHold() {
    Sheet now = table(Table.HOLDINGS, "de", null, TablesTest.TWO_TERMS);
    assertEquals("0.3", cell(now, 0, "venue_quantity"));
    assertEquals("0.05", cell(now, 0, "venue_less_books"));
    Sheet then = table(Table.HOLDINGS, "de", 2024, TablesTest.TWO_TERMS);
    assertEquals("null", cell(then, 0, "venue_quantity"), "nobody reports the past");
  }

  @ParameterizedTest
  @ValueSource(strings = {"generic", "us", "uk", "de", "ca", "ie", "au", "jp"})
  void quantityAndCostRollForwardToNothingLeftOver(String profile) {
    for (long seed = 1; seed <= 25; seed++) {
      Random random = new Random(seed);
      List<Event> events = new ArrayList<>();
      for (int n = 0; n < 30; n++) {
        String day = java.time.LocalDate.of(2023, 1, 1).plusDays(n * 30L).toString();
        String units = Integer.toString(1 + random.nextInt(9));
        String money = Integer.toString(10 + random.nextInt(990));
        // As much came before everything as can ever go.
        events.add(
            n == 0
                ? bought(day, "ETH", "400", "40000", "1")
                : random.nextBoolean()
                    ? bought(day, "ETH", units, money, "1")
                    : random.nextInt(4) == 0
                        ? lost(day, units)
                        : sold(day, "ETH", units, money, "1"));
      }
      Sheet all = table(Table.ROLL_FORWARD, profile, null, events.toArray(Event[]::new));
      assertEquals("0", cell(all, 0, "difference"), profile + ", seed " + seed);
      assertEquals("0", cell(all, 0, "cost_difference"), profile + ", seed " + seed);
    }
  }

  private static Event lost(String day, String units) {
    Leg leg = new Leg("ETH", new BigDecimal(units), Amount.Known.ZERO);
    return gone(DisposalKind.LOST, day, leg);
  }
}
