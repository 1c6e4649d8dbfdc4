package io.tallystick.sandbox.wallet;

import io.tallystick.sandbox.protocol.Arguments;
import io.tallystick.sandbox.protocol.Refusal;
import java.util.List;
import java.util.Optional;

/**
 * The window of the capital lists: less than ninety days between the bounds, the last ninety when
 * none are sent, and a missing bound is filled in from now (Binance wallet docs, "Deposit
 * history"). Both bounds count.
 *
 * @param start first millisecond
 * @param end last millisecond
 */
record Span(long start, long end) {
  private static final long DAY = 86_400_000;

  /** The window that these arguments mean, of at most so many days. */
  static Span of(Arguments arguments, int days) {
    long end = arguments.numberOr("endTime", arguments.now());
    return new Span(arguments.numberOr("startTime", end - days * DAY + 1), end);
  }

  /** Why it is refused, if it is. */
  Optional<Refusal> wrong(int days) {
    return end - start >= days * DAY || end < start
        ? Optional.of(Refusal.window(days))
        : Optional.empty();
  }

  boolean covers(long instant) {
    return instant >= start && instant <= end;
  }

  /** The page that {@code offset} and {@code limit} ask for. */
  static <T> List<T> page(List<T> rows, Arguments arguments) {
    return rows.stream()
        .skip(arguments.numberOr("offset", 0))
        .limit(arguments.numberOr("limit", 1000))
        .toList();
  }
}
