package io.tallystick.report;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Template;
import io.quarkus.qute.Variant;
import io.tallystick.kernel.Decimals;
import io.tallystick.report.layout.Sheet;
import io.tallystick.report.layout.Table;
import io.tallystick.web.Csv;
import io.tallystick.web.Times;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
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
  private static final String ABOUT_ITSELF = "docProps/core.xml";
  private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z?");
  private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 2, 1, 0, 0);

  /** Only who prints needs the engine: the verifier of packs goes without. */
  private static final class Page {
    static final Template ONE =
        Engine.builder()
            .addDefaults()
            .addValueResolver(new ReflectionValueResolver())
            .addResultMapper(new HtmlEscaper(List.of("text/html")))
            .build()
            .parse(
                """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>
                body { font: 9pt sans-serif } table { border-collapse: collapse; width: 100% }
                th, td { border-bottom: 1px solid #999; padding: 2px 4px; text-align: left;
                  vertical-align: top; overflow-wrap: anywhere }
                td.n { text-align: right; white-space: nowrap; overflow-wrap: normal }
                thead { display: table-header-group } tr { break-inside: avoid }
                @page { size: A4 landscape; margin: 12mm }
                </style></head><body><h1>{title}</h1>
                {#for line in head}<p>{line}</p>{/for}
                <table><thead><tr>{#for column in columns}<th>{column}</th>{/for}</tr></thead><tbody>
                {#for row in rows}<tr>
                {#for cell in row}<td{#if cell.number} class="n"{/if}>{cell.text}</td>{/for}</tr>
                {/for}</tbody></table>
                {#for note in notes}<p>{note}</p>{/for}
                </body></html>
                """,
                Variant.forContentType("text/html"), "report-page");
  }

  private SheetFiles() {}

  static String csv(Sheet sheet) {
    return Csv.table(sheet.columns(), sheet.rows());
  }

  /** A page to print; {@code head} stands above the table, a paragraph a line. */
  static String html(Sheet sheet, List<String> head) {
    List<List<Cell>> rows =
        sheet.rows().stream().map(row -> row.stream().map(SheetFiles::cell).toList()).toList();
    Table table = Table.of(sheet.name());
    return Page.ONE
        .data("title", table == null ? sheet.name() : table.title())
        .data("head", head)
        .data("columns", sheet.columns().stream().map(one -> one.replace('_', ' ')).toList())
        .data("rows", rows)
        .data("notes", sheet.notes())
        .render();
  }

  /** A cell of a page; numbers stand to the right. */
  record Cell(String text, boolean number) {}

  private static Cell cell(@Nullable Object value) {
    return new Cell(text(value), value instanceof Number);
  }

  /** A workbook: the table, and beside it what is to be known of it. */
  static byte[] xlsx(Sheet sheet, List<String> head) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Workbook book = new Workbook(out, "Tallystick", "1.0")) {
      Worksheet table = book.newWorksheet(sheet.name());
      for (int column = 0; column < sheet.columns().size(); column++) {
        table.value(0, column, sheet.columns().get(column));
      }
      for (int row = 0; row < sheet.rows().size(); row++) {
        List<@Nullable Object> cells = sheet.rows().get(row);
        for (int column = 0; column < cells.size(); column++) {
          put(table, row + 1, column, cells.get(column));
        }
      }
      Worksheet about = book.newWorksheet("about");
      int line = 0;
      for (String text : head) {
        about.value(line++, 0, text);
      }
      for (String text : sheet.notes()) {
        about.value(line++, 0, text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return timeless(out.toByteArray());
  }

  private static void put(Worksheet table, int row, int column, @Nullable Object cell) {
    switch (cell) {
      case null -> {}
      case BigDecimal number when number.stripTrailingZeros().precision() <= EXACT_DIGITS ->
          table.value(row, column, number.stripTrailingZeros());
      case Integer number -> table.value(row, column, number);
      case LocalDate date -> {
        table.value(row, column, date);
        table.style(row, column).format("yyyy-mm-dd").set();
      }
      default -> table.value(row, column, text(cell));
    }
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
