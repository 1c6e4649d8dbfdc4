package io.tallystick.venue.binance.exports;

import java.util.Locale;

/**
 * Why one row could not be read. It never carries the row's content, which may be personal.
 *
 * @param line the row's number in the file, from 1
 * @param at the byte at fault, from 0; -1 where none is to blame
 * @param column the column's name as the file has it; empty when the whole row is at fault
 */
public record RowFault(long line, long at, String column, Trouble trouble) {
  /** The stable name of the trouble. */
  public String code() {
    return trouble.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What is wrong, as a sentence. */
  public String reason() {
    return trouble.reason();
  }

  /** What to do about it, as a sentence. */
  public String remedy() {
    return trouble.remedy();
  }
}
