package io.tallystick.venue.binance.importing;

import io.tallystick.venue.Exports;
import io.tallystick.venue.binance.exports.ExportRecord;
import io.tallystick.venue.binance.exports.Row;
import io.tallystick.venue.binance.exports.RowFault;
import io.tallystick.venue.binance.exports.Rows;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rows of one export, each with what it means. */
final class ReadLines implements Exports.Lines {
  private final Rows rows;
  private final Meanings meanings;

  ReadLines(Rows rows, Meanings meanings) {
    this.rows = rows;
    this.meanings = meanings;
  }

  @Override
  public Exports.Line next() throws IOException {
    return switch (rows.next()) {
      case Row.Good(long number, ExportRecord record) -> told(number, record);
      case Row.Bad(RowFault fault) ->
          new Exports.Line.Broken(
              fault.line(), fault.column(), fault.code(), fault.reason(), fault.remedy());
      case Row.End end -> new Exports.Line.End(end.whole());
    };
  }

  private Exports.Line told(long number, ExportRecord record) {
    Exports.Meaning meaning = meanings.of(record);
    return meaning == null
        ? new Exports.Line.Broken(
            number,
            "",
            "unknown-market",
            "Nobody knows the assets of this pair.",
            "Connect the account by a key once, or import the statement of the period.")
        : new Exports.Line.Told(number, rows.raw(), account(record), meaning);
  }

  private static @Nullable String account(ExportRecord record) {
    return record instanceof ExportRecord.StatementLine line ? line.user() : null;
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
