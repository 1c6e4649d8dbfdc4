package io.tallystick.venue.binance.exports;

/** The holder's side of a trade. */
public enum Side {
  BUY,
  SELL
}
