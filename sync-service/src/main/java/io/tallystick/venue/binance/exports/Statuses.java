package io.tallystick.venue.binance.exports;

import io.tallystick.venue.binance.exports.CashRecord.Progress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the venue's status words come to. */
final class Statuses {
  private Statuses() {}

  /** Null for a word nobody knows: whether anything moved is not known then. */
  static @Nullable Progress progress(String status) {
    return switch (status.toLowerCase(Locale.ROOT).replace('_', ' ')) {
      case "completed", "complete", "successful", "success", "confirm", "confirmed" ->
          Progress.DONE;
      case "failed",
          "fail",
          "failure",
          "cancelled",
          "canceled",
          "cancelled by system",
          "canceled by system",
          "rejected",
          "expired",
          "refunded",
          "closed" ->
          Progress.FAILED;
      // Seen, and not booked: a later export of the same days tells how it went.
      case "pending",
          "processing",
          "in progress",
          "ongoing",
          "waiting",
          "created",
          "submitted",
          "initiated",
          "confirming",
          "credited",
          "email sent",
          "awaiting approval",
          "wallet processing",
          "trading",
          "buyer payed",
          "distributing",
          "appealing",
          "in appeal" ->
          Progress.PENDING;
      default -> null;
    };
  }
}
