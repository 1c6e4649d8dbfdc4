package io.tallystick.venue.binance.exports;

import io.tallystick.venue.binance.exports.file.Cells;
import io.tallystick.venue.binance.exports.file.Damage;
import io.tallystick.venue.binance.exports.file.Table;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one file, pulled one at a time: memory does not grow with the file. A row at fault is
 * told and passed over. Not for use by several threads at once.
 */
public final class Rows implements AutoCloseable {
  private static final String NO_DATA = "no data matches";

  private final Table table;
  private final Columns columns;
  private final long headerLine;
  private final long most;
  private final boolean wide;
  private final Fields fields;
  private final Reader reader;
  private long good;
  private long bad;
  private boolean saysEmpty;
  private boolean broken;
  private Row.@Nullable End end;

  Rows(Table table, Plan plan) {
    this.table = table;
    this.columns = plan.columns();
    this.headerLine = plan.headerLine();
    this.most = plan.limits().rows();
    this.wide = plan.isWide();
    this.fields = new Fields(columns, plan.settings());
    this.reader = Kinds.reader(columns.shape().kind());
  }

  /** The next row, fault, or end; after the end, the end again. */
  public Row next() throws IOException {
    while (end == null) {
      switch (table.next()) {
        case END -> {
          boolean empty = saysEmpty && good + bad == 0;
          end = new Row.End(good, bad, empty, table.lastLineOpen(), !broken);
        }
        case BROKEN -> {
          Row.Bad fault = broken();
          if (fault != null) {
            return fault;
          }
        }
        case ROW -> {
          Row row = table.line() <= headerLine ? null : row(table.cells());
          if (row != null) {
            return row;
          }
        }
      }
    }
    return end;
  }

  /** The last row as the file has it: a line's bytes, or a sheet's cells as CSV in UTF-8. */
  public byte[] raw() {
    return table.raw();
  }

  // A line above the header is nobody's row, even when it is damaged.
  private Row.@Nullable Bad broken() {
    broken |= table.damage() == Damage.SHEET || (wide && table.damage() == Damage.MALFORMED);
    if (table.line() <= headerLine) {
      return null;
    }
    return bad(new RowFault(table.line(), table.faultAt(), "", Trouble.of(table.damage())));
  }

  private @Nullable Row row(Cells cells) {
    if (good + bad == 0 && !saysEmpty && isNote(cells)) {
      saysEmpty = true;
      return null;
    }
    if (good + bad >= most) {
      end = new Row.End(good, bad + 1, false, false, false);
      return new Row.Bad(new RowFault(table.line(), -1, "", Trouble.TOO_MANY_ROWS));
    }
    if (columns.isRepeatedBy(cells)) {
      return null;
    }
    fields.take(cells, table.line());
    if (cells.count() > columns.width() && !cells.blankFrom(columns.width())) {
      fields.wrong(-1, Trouble.TOO_MANY_CELLS);
    }
    ExportRecord record = reader.read(fields);
    RowFault fault = fields.fault();
    if (fault != null) {
      return bad(fault);
    }
    if (record == null) {
      return null;
    }
    good++;
    return new Row.Good(table.line(), record);
  }

  private Row.Bad bad(RowFault fault) {
    bad++;
    return new Row.Bad(fault);
  }

  // An export without matches says so in its first cell, in the language of its header. In a
  // language we read it is taken at its words only.
  private boolean isNote(Cells cells) {
    if (!cells.blankFrom(1) || cells.blank(0)) {
      return false;
    }
    String text = cells.text(0).toLowerCase(Locale.ROOT);
    boolean digits = text.chars().anyMatch(c -> c >= '0' && c <= '9');
    boolean english = Shape.isEnglish(columns.name(columns.at(Role.AT)));
    return english ? text.startsWith(NO_DATA) : !digits && text.indexOf(' ') > 0;
  }

  @Override
  public void close() throws IOException {
    table.close();
  }
}
