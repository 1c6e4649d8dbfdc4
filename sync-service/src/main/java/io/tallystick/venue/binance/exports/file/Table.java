package io.tallystick.venue.binance.exports.file;

import java.io.IOException;

/** Rows of cells from any kind of file, one at a time. */
public sealed interface Table extends AutoCloseable permits CsvTable, XlsxTable {
  /** What the next row came to. */
  enum Step {
    /** A row stands in {@link #cells}. */
    ROW,
    /** A row that cannot be taken apart: see {@link #damage}. */
    BROKEN,
    /** There is no further row. */
    END
  }

  /** Goes to the next row that is not blank. */
  Step next() throws IOException;

  /** The present row's cells; overwritten by the next one. */
  Cells cells();

  /** The present row's number in the file, from 1, blank rows counted. */
  long line();

  /** What is wrong with a broken row. */
  Damage damage();

  /** The byte at fault, from 0; -1 where it cannot be told. */
  long faultAt();

  /** A copy of the row as the file has it: a line's bytes; of a sheet, its cells as CSV. */
  byte[] raw();

  /** Whether the last row had no line end, as a file has that was cut off. */
  boolean lastLineOpen();

  /** Whether cells come from a spreadsheet, whose numbers and dates may be stored as such. */
  boolean sheet();

  @Override
  void close() throws IOException;
}
