package io.tallystick.venue.binance.exports.file;

import io.tallystick.venue.binance.exports.file.Container.Reason;
import io.tallystick.venue.binance.exports.file.Container.Refusal;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Looks at the XML of a spreadsheet before the spreadsheet reader does, for what would make that
 * one hold too much in memory: entities, giant cells, columns beyond XFD, a giant string table.
 */
final class SheetGuard extends OutputStream {
  // Excel's last column is XFD; a reference with more letters makes a reader grow an endless row.
  private static final int COLUMN_LETTERS = 3;

  private final int cell;
  private final long most;
  private long total;
  private int run;
  private int letters = -1;
  private int last;
  private int beforeLast;
  private int beforeThat;

  SheetGuard(Limits limits, long most) {
    this.cell = limits.line();
    this.most = most;
  }

  @Override
  public void write(int b) throws IOException {
    total++;
    run = b == '<' ? 0 : run + 1;
    if (total > most || run > cell) {
      throw new Refusal(Reason.HOSTILE_SHEET, "A cell or the string table is too large.");
    }
    boolean declaration = beforeLast == '<' && last == '!' && b != '-' && b != '[';
    if (b == 0 || declaration) {
      throw new Refusal(Reason.HOSTILE_SHEET, "A sheet declares entities or is not UTF-8.");
    }
    boolean reference = beforeThat <= ' ' && beforeLast == 'r' && last == '=';
    if (reference && (b == '"' || b == '\'')) {
      letters = 0;
    } else if (letters >= 0) {
      letters = b >= 'A' && b <= 'Z' ? letters + 1 : -1;
      if (letters > COLUMN_LETTERS) {
        throw new Refusal(Reason.HOSTILE_SHEET, "A cell lies beyond the last column.");
      }
    }
    beforeThat = beforeLast;
    beforeLast = last;
    last = b;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      write(bytes[i]);
    }
  }
}
