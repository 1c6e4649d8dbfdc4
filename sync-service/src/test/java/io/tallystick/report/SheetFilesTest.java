package io.tallystick.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.kernel.Problem;
import io.tallystick.report.layout.Sheet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a person sees of a table on paper and in a spreadsheet. */
class SheetFilesTest {
  private static final BigDecimal ENDLESS = new BigDecimal("786.3803770446333308146788990823");
  private static final BigDecimal DEEP = new BigDecimal("0.661042817157933896");

  private static Sheet sheet(String... columns) {
    List<@Nullable Object> row =
        new ArrayList<>(Arrays.asList(DEEP, ENDLESS, DEEP, new BigDecimal("2.60"), "x", null));
    while (row.size() < columns.length) {
      row.add("same");
    }
    return new Sheet("disposals", List.of(columns), List.of(row, row), List.of("a note"));
  }

  @Test
  void everyAmountOfAWorkbookCanBeAddedUpAndNoDigitIsLost() throws IOException {
    Sheet sheet = sheet("quantity", "proceeds_gross", "selling_costs", "gain", "kind", "basis");
    byte[] book = SheetFiles.xlsx(sheet, List.of("head"));
    try (ReadableWorkbook read = new ReadableWorkbook(new ByteArrayInputStream(book))) {
      Row row = read.getFirstSheet().read().get(1);
      assertEquals(new BigDecimal("0.661042817157934"), row.getCellAsNumber(0).orElseThrow());
      assertEquals(new BigDecimal("786.380377044633"), row.getCellAsNumber(1).orElseThrow());
      assertEquals(new BigDecimal("2.6"), row.getCellAsNumber(3).orElseThrow());
      Row exact = read.findSheet("exact").orElseThrow().read().get(1);
      assertEquals(CellType.STRING, exact.getCell(0).getType());
      assertEquals(DEEP.toPlainString(), exact.getCellText(0), "as text, to the last digit");
      assertEquals(ENDLESS.toPlainString(), exact.getCellText(1));
      assertEquals(new BigDecimal("2.6"), exact.getCellAsNumber(3).orElseThrow());
    }
    String csv = SheetFiles.csv(sheet);
    assertTrue(csv.contains(ENDLESS.toPlainString()), "nothing is lost there: " + csv);
  }

  @Test
  void aCellThatNoSpreadsheetTakesIsCutAndSaysSo() throws IOException {
    String ids = String.join(" ", Collections.nCopies(800, "ent_" + "x".repeat(40)));
    assertEquals(800 * 45 - 1, ids.length());
    Sheet sheet =
        new Sheet(
            "disposals",
            List.of("acquisition_id"),
            List.of(Collections.singletonList(ids)),
            List.of());
    byte[] book = SheetFiles.xlsx(sheet, List.of());
    try (ReadableWorkbook read = new ReadableWorkbook(new ByteArrayInputStream(book))) {
      String cell = read.getFirstSheet().read().get(1).getCellText(0);
      assertTrue(cell.length() <= 32_767, "" + cell.length());
      String remark = " ... and 74 more words, which the table as CSV has";
      assertTrue(cell.endsWith("x" + remark), cell.substring(cell.length() - 80));
      assertEquals(800 - 74, cell.substring(0, cell.length() - remark.length()).split(" ").length);
    }
    assertTrue(SheetFiles.csv(sheet).contains(ids), "nothing is lost there");
  }

  @Test
  void aTableOfMoreRowsThanASpreadsheetTakesNamesCsv() {
    List<List<@Nullable Object>> rows =
        Collections.nCopies(1_048_576, Collections.singletonList("x"));
    Sheet sheet = new Sheet("disposals", List.of("asset"), rows, List.of());
    Problem problem = assertThrows(Problem.class, () -> SheetFiles.xlsx(sheet, List.of()));
    assertTrue(problem.getMessage().contains("text/csv"), problem.getMessage());
  }

  @Test
  void aTinyAmountOfMoneyIsNeverShownAsNothing() throws IOException {
    BigDecimal tiny = new BigDecimal("0.000000000123");
    Sheet sheet =
        new Sheet(
            "disposals", List.of("gain"), List.of(Collections.singletonList(tiny)), List.of());
    byte[] book = SheetFiles.xlsx(sheet, List.of());
    try (ReadableWorkbook read = new ReadableWorkbook(new ByteArrayInputStream(book))) {
      Row row = read.getFirstSheet().read().get(1);
      assertEquals(0, tiny.compareTo(row.getCellAsNumber(0).orElseThrow()));
      assertTrue(read.findSheet("exact").isEmpty(), "the first sheet has every digit");
    }
    String page = SheetFiles.html(sheet, List.of());
    assertTrue(page.contains("<td class=\"n\">0.000000000123</td>"), page);
  }

  @Test
  void aWideTableSaysOnceWhatIsTheSameInEveryRow() {
    String[] columns = new String[13];
    Arrays.fill(columns, "venue");
    System.arraycopy(
        new String[] {"quantity", "proceeds", "costs", "gain", "kind", "loss"}, 0, columns, 0, 6);
    String page = SheetFiles.html(sheet(columns), List.of("INCOMPLETE: it is", "plain"));
    assertTrue(page.contains("the same in every row:"), page);
    assertTrue(page.contains("venue same"), page);
    assertTrue(page.contains("blank in every row: loss"), page);
    assertFalse(page.contains("<td>same</td>"), page);
    assertTrue(page.contains("<p class=\"warn\">INCOMPLETE: it is</p>"), page);
    String narrow =
        SheetFiles.html(sheet("quantity", "proceeds", "costs", "gain", "kind", "loss"), List.of());
    assertTrue(narrow.contains("<td class=\"n\">786.380377044633</td>"), narrow);
    assertTrue(narrow.contains("<td class=\"n\">2.60</td>"), "cents stay: " + narrow);
    assertTrue(narrow.contains("shown to 15 digits"), narrow);
  }
}
