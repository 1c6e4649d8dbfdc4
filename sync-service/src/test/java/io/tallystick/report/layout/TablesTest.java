package io.tallystick.report.layout;

import static io.tallystick.report.layout.Laid.bought;
import static io.tallystick.report.layout.Laid.cell;
import static io.tallystick.report.layout.Laid.sold;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.costbasis.Event;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The tables of tax authorities over worked examples: what a person would write by hand. */
class TablesTest {
  // What BTC is worth now and what its venue reports are known.
  static Sheet table(Table table, String id, @Nullable Integer year, Event... events) {
    Instant at = Instant.EPOCH;
    Beside.Held held = new Beside.Held("BTC", new BigDecimal("0.3"), at);
    Beside beside =
        new Beside(
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(new Beside.Worth(null, "BTC", new BigDecimal("40000"), "x BTC/EUR", at)),
            List.of(new Beside.Place(Laid.WALLET, "x/production", List.of(held))),
            Map.of(),
            Map.of());
    return Laid.of(id, List.of(events)).beside(beside).table(table, year);
  }

  @Test
  void unitedKingdomAddsUpMatchesOfDaysToTheLinesOfTheReturn() {
    Sheet sheet =
        table(
            Table.UK_CGT,
            "uk",
            2023,
            bought("2024-03-01", "SOL", "40", "4000", "12"),
            sold("2024-04-02", "SOL", "25", "3500", "7"),
            sold("2024-04-05", "SOL", "5", "700", "0"),
            bought("2024-04-05", "SOL", "8", "1040", "3"),
            bought("2024-04-30", "SOL", "10", "1250", "0"),
            bought("2024-05-03", "SOL", "6", "780", "0"));
    assertTrue(sheet.notes().contains("number of disposals: 2"), sheet.notes().toString());
    assertTrue(sheet.notes().contains("disposal proceeds: 4200"), sheet.notes().toString());
    assertTrue(sheet.notes().contains("allowable costs: 3503.61"), sheet.notes().toString());
    assertTrue(sheet.notes().contains("gains before losses: 696.39"), sheet.notes().toString());
    assertTrue(sheet.notes().contains("losses: 0"), sheet.notes().toString());
  }

  static final Event[] TWO_TERMS = {
    bought("2023-02-28", "BTC", "0.6", "14040", "10.53"),
    bought("2024-02-28", "BTC", "0.4", "24800", "18.60"),
    sold("2024-02-29", "BTC", "0.25", "15550", "11.66"),
    sold("2025-02-28", "BTC", "0.5", "42150", "31.61")
  };

  @Test
  void germanyTaxesWhatWasHeldForAYearAndExemptsTheRest() {
    Sheet sheet = table(Table.ANLAGE_SO, "de", null, TWO_TERMS);
    assertEquals(3, sheet.rows().size());
    assertTrue(sheet.notes().contains("sum taxable: 3328.54"), sheet.notes().toString());
    assertTrue(sheet.notes().contains("sum exempt: 30970.68"), sheet.notes().toString());
    assertEquals("exempt", cell(sheet, 0, "group"));
    assertEquals("taxable", cell(sheet, 2, "group"));
    assertEquals("9.48", cell(sheet, 2, "expenses"));
    Sheet year = table(Table.ANLAGE_SO, "de", 2025, TWO_TERMS);
    assertEquals(2, year.rows().size());
    assertTrue(year.notes().contains("gain-limit of the year: 1000"), year.notes().toString());
  }

  @Test
  void theUnitedStatesKeepShortAndLongApart() {
    Sheet sheet = table(Table.FORM_8949, "us", null, TWO_TERMS);
    assertEquals(
        "C", cell(sheet, 0, "box"), "before 2025 digital assets had no boxes of their own");
    assertEquals("L", cell(sheet, 1, "box"));
    assertEquals("I", cell(sheet, 2, "box"));
    assertEquals("02/28/2023", cell(sheet, 1, "b_date_acquired"));
    assertEquals("12635.52", cell(sheet, 2, "d_proceeds"));
    assertEquals("9306.98", cell(sheet, 2, "e_basis"));
    assertEquals("3328.54", cell(sheet, 2, "h_gain"));
  }

  @Test
  void japanAveragesTheYearAndRoundsTheUnitUp() {
    Sheet sheet =
        table(
            Table.JAPAN,
            "jp",
            2024,
            bought("2023-06-01", "BTC", "2", "3000000", "0"),
            sold("2024-04-01", "BTC", "1", "2100000", "0"),
            bought("2024-07-01", "BTC", "5", "10000000", "0"),
            sold("2024-11-01", "BTC", "2", "4500000", "0"));
    assertEquals(1, sheet.rows().size());
    assertEquals("6600000", cell(sheet, 0, "proceeds"));
    assertEquals("5571429", cell(sheet, 0, "cost_of_sales"));
    assertEquals("1028571", cell(sheet, 0, "income"));
  }

  @Test
  void canadaStatesWhatASuperficialLossDenies() {
    Sheet sheet =
        table(
            Table.SCHEDULE_3,
            "ca",
            2024,
            bought("2024-03-01", "ADA", "60", "1200", "6"),
            sold("2024-06-10", "ADA", "45", "675", "5"),
            bought("2024-06-25", "ADA", "20", "320", "4"),
            sold("2024-07-05", "ADA", "5", "85", "0"));
    assertEquals("760", cell(sheet, 0, "proceeds"));
    assertEquals("1008.75", cell(sheet, 0, "adjusted_cost_base"));
    assertEquals("5", cell(sheet, 0, "outlays_and_expenses"));
    assertEquals("123.47", cell(sheet, 0, "superficial_loss_denied"));
  }

  @Test
  void whatWasThereAndWhatCameIsWhatWentAndWhatIsLeft() {
    Sheet sheet = table(Table.ROLL_FORWARD, "de", 2025, TWO_TERMS);
    assertEquals("0.75", cell(sheet, 0, "opening"));
    assertEquals("0.5", cell(sheet, 0, "disposed"));
    assertEquals("0.25", cell(sheet, 0, "closing"));
    assertEquals("0", cell(sheet, 0, "difference"));
    assertEquals("15511.63", cell(sheet, 0, "closing_cost"));
    Sheet held = table(Table.HOLDINGS, "de", 2024, TWO_TERMS);
    assertEquals("0.75", cell(held, 0, "quantity"));
    assertEquals("2023-02-28", cell(held, 0, "oldest_lot"));
  }

  @Test
  void whatIsHeldHasItsMarketValueOrNobodySaidIt() {
    Sheet held = table(Table.HOLDINGS, "de", null, TWO_TERMS);
    assertEquals("40000", cell(held, 0, "market_price"));
    BigDecimal value = new BigDecimal(cell(held, 0, "market_value"));
    assertEquals(
        0,
        value.compareTo(
            new BigDecimal(cell(held, 0, "quantity")).multiply(BigDecimal.valueOf(40_000))));
    assertEquals(
        0,
        value
            .subtract(new BigDecimal(cell(held, 0, "cost")))
            .compareTo(new BigDecimal(cell(held, 0, "unrealised_gain"))));
    Sheet unpriced = table(Table.HOLDINGS, "de", 2024, TWO_TERMS);
    assertEquals("unpriced", cell(unpriced, 0, "status"));
    assertEquals("null", cell(unpriced, 0, "market_value"), "blank, not zero");
  }

  @Test
  void moreThanWasEverAcquiredIsSaidAndNotCounted() {
    Event[] events = {
      bought("2025-01-01", "ETH", "0.3", "600", "0"),
      sold("2025-01-02", "ETH", "0.5", "1250", "0"),
      bought("2025-01-03", "ETH", "0.2", "300", "0")
    };
    Sheet open = table(Table.UNMATCHED, "de", null, events);
    assertEquals("shortfall", cell(open, 0, "kind"));
    assertEquals("0.2", cell(open, 0, "quantity"));
    assertEquals("500", cell(open, 0, "money"));
    Sheet sales = table(Table.ANLAGE_SO, "de", null, events);
    assertTrue(sales.notes().contains("sum taxable: 150"), sales.notes().toString());
    Sheet forward = table(Table.ROLL_FORWARD, "de", null, events);
    assertEquals("0.2", cell(forward, 0, "without_known_acquisition"));
    assertEquals("0", cell(forward, 0, "difference"));
  }
}
