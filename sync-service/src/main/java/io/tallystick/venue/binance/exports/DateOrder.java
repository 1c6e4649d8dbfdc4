package io.tallystick.venue.binance.exports;

/** The order of {@code 5/1/2022} in a file that a spreadsheet saved again. */
enum DateOrder {
  DAY_FIRST,
  MONTH_FIRST
}
