package io.tallystick.venue.binance.exports;

/** Where an order traded. Only the file's name tells. */
public enum MarginMode {
  /** No margin: the spot wallet. */
  NONE,
  CROSS,
  ISOLATED
}
