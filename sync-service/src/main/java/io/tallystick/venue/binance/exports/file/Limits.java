package io.tallystick.venue.binance.exports.file;

/**
 * How much of an upload is read before it is refused; all counted on real bytes, because sizes
 * written in archive headers lie.
 *
 * @param bytes most bytes after unpacking, over all members
 * @param ratio most unpacked bytes for one packed byte, once {@link #RATIO_FROM} bytes came out
 * @param members most files in an archive
 * @param line most bytes in one line of text, or in one cell of a sheet
 * @param columns most cells in a row
 * @param rows most rows of one member
 * @param sharedStrings most bytes of an xlsx file's string table, which is held in memory
 */
public record Limits(
    long bytes, int ratio, int members, int line, int columns, long rows, long sharedStrings) {
  /** What the service allows unless an operator sets it otherwise. */
  public static final Limits STANDARD =
      new Limits(4L << 30, 200, 20, 64 << 10, 256, 5_000_000, 16 << 20);

  /** Small files may be packed as tightly as they like. */
  static final long RATIO_FROM = 8 << 20;

  /** Most parts of an xlsx package. */
  static final int PARTS = 500;
}
