package io.tallystick.venue.binance.exports;

import java.time.Instant;

/** An instant (UTC) as exactly as the file gave it; the digits beyond the precision are zero. */
public record Moment(Instant at, Precision precision) {
  /** How much of the instant the file told. */
  public enum Precision {
    /** Seconds were lost when a spreadsheet saved the file again. */
    MINUTE,
    SECOND,
    MILLISECOND
  }
}
