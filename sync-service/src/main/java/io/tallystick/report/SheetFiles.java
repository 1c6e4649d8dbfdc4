package io.tallystick.report;

import io.tallystick.kernel.Decimals;
import io.tallystick.kernel.Problem;
import io.tallystick.report.layout.Sheet;
import io.tallystick.web.Csv;
import io.tallystick.web.Times;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
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
  // What a spreadsheet keeps of a number.
  private static final int KEPT_DIGITS = 15;
  private static final MathContext KEPT = new MathContext(KEPT_DIGITS, RoundingMode.HALF_EVEN);
  // No quantity of a venue has more places; what has is a quotient.
  private static final int ENDLESS = 18;
  private static final int WIDEST = 60;
  private static final int MOST_ROWS = 1_048_576;
  private static final int LONGEST_CELL = 32_767;
  private static final int REMARK = 60;
  private static final int ABOUT_WIDTH = 150;

  /** What is said on a page where endless quotients are shortened. */
  static final String SHORTENED =
      "quotients of more than 18 places are shown to 15 digits; the table as CSV has all of them";

  private static final String EXACT =
      "a spreadsheet keeps 15 digits of a number; the sheet \"exact\" has every digit, as text";

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
    if (sheet.rows().size() >= MOST_ROWS) {
      throw new Problem(
          Problem.Kind.NOT_ACCEPTABLE,
          ("A spreadsheet takes %d rows, and this table has %d below its header. Ask for text/csv,"
                  + " or for a single tax_year.")
              .formatted(MOST_ROWS, sheet.rows().size()));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Workbook book = new Workbook(out, "Tallystick", "1.0")) {
      boolean shortened = table(book.newWorksheet(sheet.name()), sheet, SheetFiles::kept);
      if (shortened) {
        table(book.newWorksheet("exact"), sheet, SheetFiles::exact);
      }
      Worksheet about = book.newWorksheet("about");
      about.width(0, ABOUT_WIDTH);
      int line = 0;
      for (String text : head) {
        about.value(line++, 0, text);
      }
      for (String text : sheet.notes()) {
        about.value(line++, 0, text);
      }
      if (shortened) {
        about.value(line, 0, EXACT);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return timeless(out.toByteArray());
  }

  /** Writes the table as {@code look} makes of its cells; tells whether that changed one. */
  private static boolean table(Worksheet table, Sheet sheet, UnaryOperator<@Nullable Object> look) {
    int[] widths = new int[sheet.columns().size()];
    for (int column = 0; column < widths.length; column++) {
      table.value(0, column, sheet.columns().get(column));
      table.style(0, column).bold().set();
      widths[column] = sheet.columns().get(column).length();
    }
    boolean changed = false;
    for (int row = 0; row < sheet.rows().size(); row++) {
      List<@Nullable Object> cells = sheet.rows().get(row);
      for (int column = 0; column < cells.size(); column++) {
        Object cell = look.apply(cells.get(column));
        changed |= !Objects.equals(cell, cells.get(column));
        put(table, row + 1, column, cell);
        widths[column] = Math.max(widths[column], text(cell).length());
      }
    }
    for (int column = 0; column < widths.length; column++) {
      table.width(column, Math.min(widths[column], WIDEST) + 2);
    }
    table.freezePane(0, 1);
    return changed;
  }

  // A number that can be added up, with as many digits as a spreadsheet keeps.
  private static @Nullable Object kept(@Nullable Object cell) {
    return cell instanceof BigDecimal number && isTooLong(number) ? number.round(KEPT) : cell;
  }

  private static @Nullable Object exact(@Nullable Object cell) {
    return cell instanceof BigDecimal number && isTooLong(number) ? text(cell) : cell;
  }

  private static boolean isTooLong(BigDecimal number) {
    return number.stripTrailingZeros().precision() > KEPT_DIGITS;
  }

  private static void put(Worksheet table, int row, int column, @Nullable Object cell) {
    switch (cell) {
      case null -> {}
      case BigDecimal number -> {
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
      case Object other -> table.value(row, column, fitting(text(other)));
    }
  }

  // A spreadsheet does not open a file with a longer cell. What is so long is a list of ids.
  private static String fitting(String text) {
    if (text.length() <= LONGEST_CELL) {
      return text;
    }
    int end = text.lastIndexOf(' ', LONGEST_CELL - REMARK);
    String kept = text.substring(0, end < 0 ? LONGEST_CELL - REMARK : end);
    int left = text.substring(kept.length()).strip().split("\\s+").length;
    return kept + " ... and " + left + " more words, which the table as CSV has";
  }

  /** A cell as a page shows it: a quotient that has no end to 15 digits, all else as it is. */
  static @Nullable Object shown(@Nullable Object cell) {
    return cell instanceof BigDecimal number && number.scale() > ENDLESS
        ? number.round(KEPT)
        : cell;
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
