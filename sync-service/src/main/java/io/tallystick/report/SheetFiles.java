package io.tallystick.report;

import io.tallystick.kernel.Decimals;
import io.tallystick.report.layout.Sheet;
import io.tallystick.web.Csv;
import io.tallystick.web.Times;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * Writes a table for people: as comma-separated text, as a workbook, as a page to print. No cell is
 * ever a formula. The same table gives the same bytes.
 */
final class SheetFiles {
  // What a spreadsheet keeps of a number; a longer one is written as text, so that none is rounded.
  private static final int EXACT_DIGITS = 15;
  // Money by the name of its column; a price, and what a unit cost, has its own digits.
  private static final Pattern MONEY =
      Pattern.compile(
          "(?!unit_)(?!.*price).*(proceeds|cost|basis|gain|loss|value|money|denied|fenced).*");
  // No quantity of a venue has more places; what has is a quotient.
  private static final int ENDLESS = 18;
  private static final int PLACES = 8;
  private static final int WIDEST = 60;
  private static final int ABOUT_WIDTH = 150;

  /** What is said where endless quotients are shortened. */
  static final String SHORTENED =
      "amounts of money are shown to eight places at most; the table as CSV has all of them";

  private static final String ABOUT_ITSELF = "docProps/core.xml";
  private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z?");
  private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 2, 1, 0, 0);

  private SheetFiles() {}

  static String csv(Sheet sheet) {
    return Csv.table(sheet.columns(), sheet.rows());
  }

  /** A page to print; {@code head} stands above the table, a paragraph a line. */
  static String html(Sheet sheet, List<String> head) {
    return SheetPage.of(sheet, head);
  }

  /** A workbook: the table, and beside it what is to be known of it. */
  static byte[] xlsx(Sheet sheet, List<String> head) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Workbook book = new Workbook(out, "Tallystick", "1.0")) {
      table(book.newWorksheet(sheet.name()), sheet);
      Worksheet about = book.newWorksheet("about");
      about.width(0, ABOUT_WIDTH);
      int line = 0;
      for (String text : head) {
        about.value(line++, 0, text);
      }
      for (String text : sheet.notes()) {
        about.value(line++, 0, text);
      }
      about.value(line, 0, SHORTENED);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return timeless(out.toByteArray());
  }

  private static void table(Worksheet table, Sheet sheet) {
    int[] widths = new int[sheet.columns().size()];
    for (int column = 0; column < widths.length; column++) {
      table.value(0, column, sheet.columns().get(column));
      table.style(0, column).bold().set();
      widths[column] = sheet.columns().get(column).length();
    }
    for (int row = 0; row < sheet.rows().size(); row++) {
      List<@Nullable Object> cells = sheet.rows().get(row);
      for (int column = 0; column < cells.size(); column++) {
        Object cell = shown(sheet.columns().get(column), cells.get(column));
        put(table, row + 1, column, cell);
        int length = text(cell).length();
        widths[column] = Math.max(widths[column], length);
      }
    }
    for (int column = 0; column < widths.length; column++) {
      table.width(column, Math.min(widths[column], WIDEST) + 2);
    }
    table.freezePane(0, 1);
  }

  private static void put(Worksheet table, int row, int column, @Nullable Object cell) {
    switch (cell) {
      case null -> {}
      case BigDecimal number when number.stripTrailingZeros().precision() <= EXACT_DIGITS -> {
        table.value(row, column, number.stripTrailingZeros());
        if (number.scale() == 2) {
          table.style(row, column).format("0.00").set();
        }
      }
      case Integer number -> table.value(row, column, number);
      case LocalDate date -> {
        table.value(row, column, date);
        table.style(row, column).format("yyyy-mm-dd").set();
      }
      case Object other -> table.value(row, column, text(other));
    }
  }

  /**
   * A cell as people see it: money to eight places at most, or to fewer where a spreadsheet could
   * not keep them, and so a quotient that has no end; everything else as it is.
   */
  static @Nullable Object shown(String column, @Nullable Object cell) {
    int most = MONEY.matcher(column).matches() ? PLACES : ENDLESS;
    if (!(cell instanceof BigDecimal number) || number.scale() <= most) {
      return cell;
    }
    int whole = Math.max(0, number.precision() - number.scale());
    int places = Math.max(2, Math.min(PLACES, EXACT_DIGITS - whole));
    return number.setScale(places, RoundingMode.HALF_EVEN);
  }

  /** A cell as text; blank for nothing. */
  static String text(@Nullable Object cell) {
    return switch (cell) {
      case null -> "";
      case BigDecimal number -> Decimals.text(number);
      case Instant instant -> Times.text(instant);
      default -> cell.toString();
    };
  }

  // A workbook tells when it was written, inside and in its archive; a report is older than that.
  private static byte[] timeless(byte[] archive) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(archive.length);
    try (ZipFile in = ZipFile.builder().setByteArray(archive).get();
        ZipOutputStream to = new ZipOutputStream(out)) {
      for (ZipArchiveEntry entry : Collections.list(in.getEntries())) {
        ZipEntry same = new ZipEntry(entry.getName());
        same.setTimeLocal(EPOCH);
        to.putNextEntry(same);
        try (InputStream content = in.getInputStream(entry)) {
          byte[] bytes = content.readAllBytes();
          to.write(entry.getName().equals(ABOUT_ITSELF) ? undated(bytes) : bytes);
        }
        to.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] undated(byte[] properties) {
    return INSTANT
        .matcher(new String(properties, StandardCharsets.UTF_8))
        .replaceAll("1980-02-01T00:00:00Z")
        .getBytes(StandardCharsets.UTF_8);
  }
}
