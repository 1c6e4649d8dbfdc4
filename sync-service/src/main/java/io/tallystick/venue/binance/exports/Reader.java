package io.tallystick.venue.binance.exports;

import org.jspecify.annotations.Nullable;

/** Turns rows of one kind into records. One instance reads one file, from its first row on. */
interface Reader {
  /**
   * The record of a row; null when the row is none (a sub-header) or is at fault, which the fields
   * then tell. A record made of a faulty row is thrown away.
   */
  @Nullable ExportRecord read(Fields row);
}
