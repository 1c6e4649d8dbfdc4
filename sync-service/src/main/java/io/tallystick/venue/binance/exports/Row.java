package io.tallystick.venue.binance.exports;

/** The next thing a file said. */
public sealed interface Row {
  /**
   * A row that was read.
   *
   * @param line its number in the file, from 1; tells identical rows apart
   */
  record Good(long line, ExportRecord record) implements Row {}

  /** A row that was not; the ones after it are. */
  record Bad(RowFault fault) implements Row {}

  /**
   * The file has no more.
   *
   * @param good rows read
   * @param bad rows at fault
   * @param saysEmpty whether the file itself says that nothing matches: its range is covered and
   *     empty
   * @param lastLineOpen whether the last line had no line end: usual, but a cut-off file looks so
   *     too
   * @param whole whether the end of the file was reached, rather than a limit or broken sheet
   */
  record End(long good, long bad, boolean saysEmpty, boolean lastLineOpen, boolean whole)
      implements Row {}
}
