package io.tallystick.report;

import static io.tallystick.report.layout.Laid.buy;
import static io.tallystick.report.layout.Laid.cells;
import static io.tallystick.report.layout.Laid.sell;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.costbasis.Event;
import io.tallystick.report.layout.Beside;
import io.tallystick.report.layout.Laid;
import io.tallystick.report.layout.Sheet;
import io.tallystick.report.layout.Table;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Form 8949 where a broker told something else: shown as told, taken back in column (g). */
class BrokerCorrectionsTest {
  private static final String[] MONEY = {
    "box", "d_proceeds", "e_basis", "f_code", "g_adjustment", "h_gain"
  };

  // Two sales: 27000 less 50 of costs, bought for 20000.
  private static final List<Event> TWO =
      List.of(
          buy("2025-01-05", "w", "4", "40000"),
          sell("2025-03-01", "w", "1", "15000", "30"),
          sell("2025-04-01", "w", "1", "12000", "20"));

  private static final List<Event> ONE =
      List.of(buy("2025-01-05", "w", "1", "10000"), sell("2025-03-01", "w", "1", "15000", "30"));

  private static Beside.Broker told(
      String units, String proceeds, boolean reported, @Nullable String basis) {
    return new Beside.Broker(
        "w",
        2025,
        "BTC",
        new BigDecimal(units),
        new BigDecimal(proceeds),
        reported,
        basis == null ? null : new BigDecimal(basis));
  }

  // The form with this statement; its gains are those of the form without, whatever was told.
  private static Sheet form(List<Event> events, Beside.Broker told) {
    Laid laid = Laid.of("us", events);
    Sheet form = laid.table(Table.FORM_8949, 2025, told);
    String sum = total(form);
    assertEquals(total(laid.table(Table.FORM_8949, 2025)), sum, form.notes().toString());
    BigDecimal report = Totals.of(laid, 2025).gains().add(Totals.of(laid, 2025).losses());
    assertEquals(report.stripTrailingZeros().toPlainString(), sum, "the report's own total");
    for (int row = 0; row < form.rows().size(); row++) {
      Object proceeds = form.rows().get(row).get(form.columns().indexOf("d_proceeds"));
      if (proceeds instanceof BigDecimal d) {
        BigDecimal e = new BigDecimal(Laid.cell(form, row, "e_basis"));
        String told8949 = Laid.cell(form, row, "g_adjustment");
        BigDecimal g = told8949.equals("null") ? BigDecimal.ZERO : new BigDecimal(told8949);
        BigDecimal h = new BigDecimal(Laid.cell(form, row, "h_gain"));
        assertEquals(0, d.subtract(e).add(g).compareTo(h), "h = d - e + g in row " + row);
      }
    }
    return form;
  }

  private static String total(Sheet form) {
    String start = "gains less losses, the sum of the rounded lines: ";
    String sum =
        form.notes().stream().filter(note -> note.startsWith(start)).findFirst().orElseThrow();
    return new BigDecimal(sum.substring(start.length())).stripTrailingZeros().toPlainString();
  }

  private static boolean says(Sheet sheet, String what) {
    return sheet.notes().stream().anyMatch(note -> note.contains(what));
  }

  @Test
  void whatAgreesIsNotAdjusted() {
    Sheet form = form(TWO, told("2", "26950", true, "20000"));
    assertEquals("G 14970 10000  - 4970", cells(form, 0, MONEY));
    assertEquals("G 11980 10000  - 1980", cells(form, 1, MONEY));
    assertEquals(2, form.rows().size());
  }

  @Test
  void aStatementWithoutTransactionCostsIsShownGrossAndEachRowTakesItsOwnBack() {
    Sheet form = form(TWO, told("2", "27000", false, null));
    assertEquals("H 15000 10000 E -30 4970", cells(form, 0, MONEY));
    assertEquals("H 12000 10000 E -20 1980", cells(form, 1, MONEY));
    assertEquals(2, form.rows().size());
  }

  @Test
  void otherProceedsAndAnotherBasisOfAYearStandInARowThatGainsNothing() {
    Beside.Broker told = told("2", "27100", true, "19000");
    Sheet form = form(TWO, told);
    assertEquals("G 150 -1000 BO -1150 0", cells(form, 2, MONEY));
    assertEquals("VARIOUS", Laid.cell(form, 2, "b_date_acquired"));
    String sums = "sum of box G: proceeds 27100, basis 19000, adjustment -1150, gain 6950";
    assertTrue(says(form, sums), form.notes().toString());
    Sheet beside = Laid.of("us", TWO).table(Table.FORM_1099_DA, 2025, told);
    assertEquals(
        "-150 20000 0 19000 1000 differs",
        cells(
            beside,
            0,
            "proceeds_difference",
            "basis",
            "units_without_basis",
            "statement_basis_1g",
            "basis_difference",
            "verdict"));
  }

  @Test
  void aSingleSaleIsCorrectedInItsOwnRow() {
    Sheet form = form(ONE, told("1", "15000", true, "9000"));
    assertEquals("G 15000 9000 BE -1030 4970", cells(form, 0, MONEY));
    assertEquals(1, form.rows().size());
  }

  @Test
  void aBasisThatWasNotReportedIsTheBooksWhateverTheStatementSays() {
    Sheet form = form(ONE, told("1", "14970", false, "9000"));
    assertEquals("H 14970 10000  - 4970", cells(form, 0, MONEY));
  }

  @Test
  void aReportedBasisThatNobodySuppliedIsSaidAndNotTakenToBeNothing() {
    Sheet form = form(ONE, told("1", "14970", true, null));
    assertEquals("G 14970 10000  - 4970", cells(form, 0, MONEY));
    assertTrue(says(form, "was not supplied"), form.notes().toString());
    Sheet beside =
        Laid.of("us", ONE).table(Table.FORM_1099_DA, 2025, told("1", "14970", true, null));
    assertEquals("- -", cells(beside, 0, "statement_basis_1g", "basis_difference"));
  }

  @Test
  void aStatementOfOtherUnitsOrOfBothTermsIsSaidAndLeftAsItIs() {
    Sheet units = form(TWO, told("3", "39000", false, null));
    assertEquals("H 14970 10000  - 4970", cells(units, 0, MONEY));
    assertTrue(says(units, "not corrected in (g): BTC of 2025 at w"), units.notes().toString());
    List<Event> terms =
        List.of(
            buy("2023-01-05", "w", "1", "5000"),
            buy("2025-01-05", "w", "1", "10000"),
            sell("2025-03-01", "w", "2", "30000", "0"));
    Sheet both = form(terms, told("2", "31000", false, null));
    assertEquals(2, both.rows().size());
    assertTrue(says(both, "may belong to either box"), both.notes().toString());
  }

  @Test
  void unitsWithoutAKnownAcquisitionStayBlankAndUncorrected() {
    List<Event> missing =
        List.of(buy("2025-01-05", "w", "1", "10000"), sell("2025-03-01", "w", "2", "30000", "0"));
    Sheet form = form(missing, told("2", "31000", true, "12000"));
    assertEquals("- - -", cells(form, 1, "d_proceeds", "e_basis", "h_gain"));
    assertTrue(says(form, "not corrected in (g)"), form.notes().toString());
    Sheet beside =
        Laid.of("us", missing).table(Table.FORM_1099_DA, 2025, told("2", "31000", true, "12000"));
    assertEquals(
        "1 - undetermined", cells(beside, 0, "units_without_basis", "basis_difference", "verdict"));
  }
}
