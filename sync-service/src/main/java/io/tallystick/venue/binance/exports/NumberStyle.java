package io.tallystick.venue.binance.exports;

/** How a file writes numbers. */
enum NumberStyle {
  /** {@code 1,250.5}: as the venue exports. */
  POINT,
  /** {@code 1.250,5}: as a spreadsheet leaves it in much of Europe. */
  COMMA
}
