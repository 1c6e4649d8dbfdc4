package io.tallystick.venue.binance.exports.file;

/** What can be wrong with one line or row before anybody asks what it means. */
public enum Damage {
  /** Bytes that are no text in the file's encoding. */
  MALFORMED,
  /** A zero byte. */
  ZERO_BYTE,
  /** A byte order mark that is not at the start: files were joined. */
  STRAY_MARK,
  /** Longer than any line of an export. */
  TOO_LONG,
  /** A quotation mark that opens or closes nothing. */
  QUOTES,
  /** More cells than any export has. */
  TOO_MANY_CELLS,
  /** The spreadsheet reader gave up here. */
  SHEET
}
