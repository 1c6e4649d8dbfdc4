package io.tallystick.venue.binance.exports.file;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.csv.CSVFormat;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.jspecify.annotations.Nullable;

/**
 * One sheet of a workbook, row by row; its shared strings are held in memory, within the limits. A
 * formula is never computed: the value stored with it is read. A number that Excel wrote with more
 * digits than it keeps (15) is rounded to those. The dates of a workbook that counts its days from
 * 1904, as those of older Macs do, are told in the days of all others (ECMA-376, part 1,
 * 18.17.4.1).
 */
public final class XlsxTable implements Table {
  private static final Pattern NUMBER =
      Pattern.compile("-?[0-9]{1,40}(\\.[0-9]{1,40})?([eE][+-]?[0-9]{1,2})?");
  private static final int EXCEL_DIGITS = 15;
  // From 30 December 1899 to 1 January 1904.
  private static final BigDecimal DAYS_TO_1904 = BigDecimal.valueOf(1_462);
  private static final Pattern FROM_1904 =
      Pattern.compile("<(\\w+:)?workbookPr\\b[^>]*\\bdate1904\\s*=\\s*[\"'](1|true)[\"']");
  private static final int PROPERTIES_WITHIN = 16_384;
  // The formats of dates that a workbook need not spell out.
  private static final int FIRST_DATE_FORMAT = 14;
  private static final int LAST_DATE_FORMAT = 22;
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|\\[[^\\]]*\\]|\\\\.");
  private static final Pattern DATE_LETTERS = Pattern.compile("[yYdDhH]");

  private final ReadableWorkbook workbook;
  private final Stream<Row> stream;
  private final Iterator<Row> rows;
  private final int columns;
  private final boolean from1904;
  private final Cells cells = new Cells();
  private long line;
  private boolean ended;
  private Damage damage = Damage.SHEET;

  private XlsxTable(ReadableWorkbook workbook, Stream<Row> stream, int columns, boolean from1904) {
    this.workbook = workbook;
    this.stream = stream;
    this.rows = stream.iterator();
    this.columns = columns;
    this.from1904 = from1904;
  }

  /** Opens a spreadsheet; null when the workbook has no sheet that can be read. */
  public static @Nullable XlsxTable open(Member member, Limits limits) throws IOException {
    ReadableWorkbook workbook = null;
    try {
      // What is a date there is told by its format alone, which is not read for all others.
      boolean from1904 = from1904(member.file());
      workbook = new ReadableWorkbook(member.file().toFile(), new ReadingOptions(from1904, false));
      Sheet sheet = workbook.getSheet(member.sheet()).orElse(null);
      if (sheet != null) {
        return new XlsxTable(workbook, sheet.openStream(), limits.columns(), from1904);
      }
      workbook.close();
      return null;
    } catch (IOException | RuntimeException e) {
      // The library says by many exceptions that a workbook is not one; a file that was checked a
      // moment ago and is now gone is one of them, and is no different to the reader of the result.
      if (workbook != null) {
        workbook.close();
      }
      return null;
    }
  }

  // The library takes "true" alone for true, and programs write "1".
  private static boolean from1904(Path file) throws IOException {
    try (ZipFile parts = new ZipFile(file.toFile())) {
      @Nullable ZipEntry part = parts.getEntry("xl/workbook.xml");
      if (part == null) {
        return false;
      }
      try (InputStream in = parts.getInputStream(part)) {
        String head = new String(in.readNBytes(PROPERTIES_WITHIN), StandardCharsets.UTF_8);
        return FROM_1904.matcher(head).find();
      }
    }
  }

  /**
   * Which sheets of a workbook hold anything: the first, when none does or it cannot be opened, and
   * what is wrong with it shows there.
   */
  static List<Integer> filled(Path file, Limits limits) throws IOException {
    List<Integer> filled = new ArrayList<>();
    try (ReadableWorkbook workbook = new ReadableWorkbook(file.toFile())) {
      List<Sheet> sheets = workbook.getSheets().toList();
      for (int at = 0; sheets.size() > 1 && at < sheets.size(); at++) {
        if (holdsAny(workbook, sheets.get(at), limits)) {
          filled.add(at);
        }
      }
    } catch (IOException | RuntimeException e) {
      return List.of(0);
    }
    return filled.isEmpty() ? List.of(0) : filled;
  }

  private static boolean holdsAny(ReadableWorkbook workbook, Sheet sheet, Limits limits) {
    try (Stream<Row> rows = sheet.openStream()) {
      return new XlsxTable(workbook, rows, limits.columns(), false).next() != Step.END;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  @Override
  public Step next() {
    while (!ended) {
      try {
        if (!rows.hasNext()) {
          ended = true;
          return Step.END;
        }
        Row row = rows.next();
        line = row.getRowNum();
        fill(row);
      } catch (RuntimeException e) {
        // The library's way to say that the sheet's XML is broken; nothing after it can be trusted.
        ended = true;
        line++;
        damage = Damage.SHEET;
        return Step.BROKEN;
      }
      if (cells.count() > columns) {
        damage = Damage.TOO_MANY_CELLS;
        return Step.BROKEN;
      }
      if (!cells.blankFrom(0)) {
        return Step.ROW;
      }
    }
    return Step.END;
  }

  private void fill(Row row) {
    cells.clear();
    int count = Math.min(row.getCellCount(), columns + 1);
    for (int i = 0; i < count; i++) {
      cells.add(text(row.getOptionalCell(i).orElse(null)));
    }
  }

  private String text(@Nullable Cell cell) {
    if (cell == null) {
      return "";
    }
    @Nullable String raw = cell.getRawValue();
    @Nullable String shown =
        switch (cell.getType()) {
          case STRING -> cell.getText();
          case NUMBER -> raw == null ? "" : number(raw.strip(), daysBefore(cell));
          case BOOLEAN -> "1".equals(raw) ? "TRUE" : "FALSE";
          case FORMULA, ERROR -> raw;
          case EMPTY -> "";
        };
    return shown == null ? "" : shown;
  }

  /** The days that a cell's number lacks of what other workbooks hold. */
  private BigDecimal daysBefore(Cell cell) {
    return from1904 && isDate(cell) ? DAYS_TO_1904 : BigDecimal.ZERO;
  }

  private static boolean isDate(Cell cell) {
    @Nullable Integer id = cell.getDataFormatId();
    @Nullable String format = cell.getDataFormatString();
    return (id != null && id >= FIRST_DATE_FORMAT && id <= LAST_DATE_FORMAT)
        || (format != null && DATE_LETTERS.matcher(QUOTED.matcher(format).replaceAll("")).find());
  }

  private static String number(String raw, BigDecimal more) {
    if (!NUMBER.matcher(raw).matches()) {
      return raw;
    }
    BigDecimal value = new BigDecimal(raw).add(more);
    BigDecimal kept =
        value.precision() > EXCEL_DIGITS ? value.round(new MathContext(EXCEL_DIGITS)) : value;
    if (kept.signum() == 0) {
      return "0";
    }
    // A whole number with more digits than Excel keeps has lost some: as a power of ten it still is
    // an amount, and can no longer pass for an id.
    boolean lost = kept.precision() - kept.scale() > EXCEL_DIGITS;
    return lost ? power(kept.stripTrailingZeros()) : kept.stripTrailingZeros().toPlainString();
  }

  private static String power(BigDecimal value) {
    int exponent = value.precision() - value.scale() - 1;
    return value.movePointLeft(exponent).toPlainString() + "E+" + exponent;
  }

  @Override
  public Cells cells() {
    return cells;
  }

  @Override
  public long line() {
    return line;
  }

  @Override
  public Damage damage() {
    return damage;
  }

  @Override
  public long faultAt() {
    return -1;
  }

  @Override
  public byte[] raw() {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < cells.count(); i++) {
      values.add(cells.text(i));
    }
    return CSVFormat.RFC4180.format(values.toArray()).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean lastLineOpen() {
    return false;
  }

  @Override
  public boolean sheet() {
    return true;
  }

  @Override
  public void close() throws IOException {
    stream.close();
    workbook.close();
  }
}
