package io.tallystick.venue.binance.exports.file;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Delimited text. A line is a row: no export breaks a cell over lines, and so a quotation mark that
 * is never closed costs one row and not the rest of the file. Lines with quotation marks go through
 * Commons CSV; the others need no more than cutting at the delimiter.
 */
public final class CsvTable implements Table {
  private final Decoder lines;
  private final Dialect dialect;
  private final int columns;
  private final Cells cells = new Cells();
  private final Feed feed = new Feed();
  private @Nullable Iterator<CSVRecord> parser;
  private @Nullable Damage damage;

  private CsvTable(Decoder lines, Dialect dialect, int columns) {
    this.lines = lines;
    this.dialect = dialect;
    this.columns = columns;
  }

  /** Reads a member in a dialect. Closing the table closes the member's stream. */
  public static CsvTable open(Member member, Dialect dialect, Limits limits) throws IOException {
    return new CsvTable(
        new Decoder(member.open(), dialect.encoding(), limits), dialect, limits.columns());
  }

  @Override
  public Step next() throws IOException {
    while (true) {
      damage = null;
      switch (lines.next()) {
        case END -> {
          return Step.END;
        }
        case FAULT -> {
          damage = lines.damage();
          return Step.BROKEN;
        }
        case LINE -> {
          Step step = takeApart();
          if (step != Step.ROW || !cells.blankFrom(0)) {
            return step;
          }
        }
      }
    }
  }

  private Step takeApart() throws IOException {
    if (lines.quoted()) {
      Damage found = parse(lines.text(), lines.length());
      if (found == null && dialect.wholeLine() && cells.count() == 1) {
        String inner = cells.text(0);
        found = unwrap(inner);
      }
      if (found != null) {
        damage = found;
        return Step.BROKEN;
      }
    } else {
      cells.split(lines.text(), lines.length(), dialect.delimiter());
    }
    if (cells.count() > columns) {
      damage = Damage.TOO_MANY_CELLS;
      return Step.BROKEN;
    }
    return Step.ROW;
  }

  private @Nullable Damage unwrap(String inner) {
    char[] text = inner.toCharArray();
    if (inner.indexOf('"') >= 0) {
      return parse(text, text.length);
    }
    cells.split(text, text.length, dialect.delimiter());
    return null;
  }

  // Null when the cells were filled.
  private @Nullable Damage parse(char[] text, int length) {
    int marks = 0;
    for (int i = 0; i < length; i++) {
      marks += text[i] == '"' ? 1 : 0;
    }
    if ((marks & 1) == 1) {
      return Damage.QUOTES;
    }
    feed.give(text, length);
    try {
      Iterator<CSVRecord> rows = parser();
      CSVRecord row = rows.next();
      cells.clear();
      for (int i = 0; i < row.size(); i++) {
        cells.add(row.get(i));
      }
      return null;
    } catch (UncheckedIOException e) {
      // The parser's way to say that text follows a closing mark; its state is of no more use.
      parser = null;
      return Damage.QUOTES;
    }
  }

  private Iterator<CSVRecord> parser() {
    Iterator<CSVRecord> known = parser;
    if (known == null) {
      CSVFormat format =
          CSVFormat.Builder.create()
              .setDelimiter(dialect.delimiter())
              .setQuote('"')
              .setRecordSeparator('\n')
              .setIgnoreEmptyLines(false)
              .setIgnoreSurroundingSpaces(dialect.delimiter() != '\t')
              .get();
      try {
        known = CSVParser.builder().setReader(feed).setFormat(format).get().iterator();
      } catch (IOException e) {
        throw new UncheckedIOException("a parser without a header reads nothing at first", e);
      }
      parser = known;
    }
    return known;
  }

  /** Hands one line at a time to the parser, which stops reading at its end. */
  private static final class Feed extends Reader {
    private char[] text = new char[0];
    private int length;
    private int next;

    void give(char[] line, int size) {
      text = line;
      length = size;
      next = 0;
    }

    @Override
    public int read(char[] buffer, int offset, int wanted) {
      if (next > length) {
        return -1;
      }
      int n = Math.min(wanted, length - next);
      System.arraycopy(text, next, buffer, offset, n);
      next += n;
      if (next == length && n < wanted) {
        buffer[offset + n] = '\n';
        next++;
        n++;
      }
      return n;
    }

    @Override
    public void close() {
      next = length + 1;
    }
  }

  @Override
  public Cells cells() {
    return cells;
  }

  @Override
  public long line() {
    return lines.line();
  }

  @Override
  public Damage damage() {
    Damage found = damage;
    return found == null ? Damage.MALFORMED : found;
  }

  @Override
  public long faultAt() {
    return damage == lines.damage() ? lines.faultAt() : -1;
  }

  @Override
  public byte[] raw() {
    return lines.raw();
  }

  @Override
  public boolean lastLineOpen() {
    return lines.open();
  }

  @Override
  public boolean sheet() {
    return false;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
