package io.tallystick.venue.binance.exports;

/** Which way money crossed the venue's border. */
public enum Direction {
  DEPOSIT,
  WITHDRAWAL
}
