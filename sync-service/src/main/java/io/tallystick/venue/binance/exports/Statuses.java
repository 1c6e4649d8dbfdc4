package io.tallystick.venue.binance.exports;

import io.tallystick.venue.binance.exports.CashRecord.Progress;
import java.util.Locale;

/** What the venue's status words come to. A word nobody knows is pending: seen, not booked. */
final class Statuses {
  private Statuses() {}

  static Progress progress(String status) {
    return switch (status.toLowerCase(Locale.ROOT)) {
      case "completed", "complete", "successful", "success", "confirm", "confirmed" ->
          Progress.DONE;
      case "failed",
          "fail",
          "failure",
          "cancelled",
          "canceled",
          "rejected",
          "expired",
          "refunded",
          "closed" ->
          Progress.FAILED;
      default -> Progress.PENDING;
    };
  }

  static boolean done(String status) {
    return progress(status) == Progress.DONE;
  }
}
