package io.tallystick.venue.binance.exports.file;

import java.util.Arrays;

/**
 * The cells of one row, as slices of one array that the next row overwrites: reading a cell that
 * nobody asks for makes no garbage. Cells are trimmed of blanks. A cell beyond the row is empty.
 */
public final class Cells {
  private char[] text = new char[1024];
  private int used;
  private int[] from = new int[32];
  private int[] to = new int[32];
  private int count;

  /** An empty row. */
  public Cells() {}

  /** How many cells the row has. */
  public int count() {
    return count;
  }

  /** The array that holds all cells. */
  public char[] chars() {
    return text;
  }

  /** Where the cell begins in {@link #chars}. */
  public int from(int cell) {
    return cell >= 0 && cell < count ? from[cell] : 0;
  }

  /** Where the cell ends in {@link #chars}, exclusive. */
  public int to(int cell) {
    return cell >= 0 && cell < count ? to[cell] : 0;
  }

  /** Whether the cell is empty. */
  public boolean blank(int cell) {
    return to(cell) == from(cell);
  }

  /** The cell's text. */
  public String text(int cell) {
    return new String(text, from(cell), to(cell) - from(cell));
  }

  /** Whether the cell's text is this one. */
  public boolean is(int cell, String value) {
    int begin = from(cell);
    if (to(cell) - begin != value.length()) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      if (text[begin + i] != value.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether every cell from this one on is empty. */
  public boolean blankFrom(int cell) {
    for (int i = cell; i < count; i++) {
      if (!blank(i)) {
        return false;
      }
    }
    return true;
  }

  /** Starts a new row. */
  public void clear() {
    used = 0;
    count = 0;
  }

  /** Appends a cell. */
  public void add(String value) {
    int length = value.length();
    room(length);
    value.getChars(0, length, text, used);
    slice(used, used + length);
    used += length;
  }

  /** Takes a whole line whose cells are told apart by the delimiter; no quotation marks. */
  void split(char[] line, int length, char delimiter) {
    clear();
    room(length);
    System.arraycopy(line, 0, text, 0, length);
    used = length;
    int begin = 0;
    for (int i = 0; i < length; i++) {
      if (line[i] == delimiter) {
        slice(begin, i);
        begin = i + 1;
      }
    }
    slice(begin, length);
  }

  private void slice(int begin, int stop) {
    int first = begin;
    int last = stop;
    while (first < last && isBlank(text[first])) {
      first++;
    }
    while (last > first && isBlank(text[last - 1])) {
      last--;
    }
    if (count == from.length) {
      from = Arrays.copyOf(from, 2 * count);
      to = Arrays.copyOf(to, 2 * count);
    }
    from[count] = first;
    to[count] = last;
    count++;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\u00a0' || c == '\u202f';
  }

  private void room(int more) {
    if (used + more > text.length) {
      text = Arrays.copyOf(text, Math.max(used + more, 2 * text.length));
    }
  }
}
