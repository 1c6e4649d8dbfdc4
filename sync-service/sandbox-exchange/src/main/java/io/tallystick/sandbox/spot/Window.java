package io.tallystick.sandbox.spot;

import io.tallystick.sandbox.protocol.Arguments;
import io.tallystick.sandbox.protocol.Parameter;
import io.tallystick.sandbox.protocol.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * The time rule that the account lists of {@code /api} share: no times give the newest rows, a
 * start alone the oldest from it, an end alone the newest up to it, both the oldest between; rows
 * always come oldest first (Binance Spot REST docs, changelog of 2023-07). Both bounds count.
 */
final class Window {
  private static final long DAY = 86_400_000;
  private static final int USUAL_LIMIT = 500;

  private Window() {}

  static List<Parameter> parameters() {
    return List.of(Parameter.time("startTime"), Parameter.time("endTime"), Parameter.limit(1000));
  }

  static boolean timed(Arguments arguments) {
    return arguments.has("startTime") || arguments.has("endTime");
  }

  /** Why the times are refused, if they are. */
  static Optional<Refusal> wrong(Arguments arguments) {
    if (!arguments.has("startTime") || !arguments.has("endTime")) {
      return Optional.empty();
    }
    long span = arguments.numberOr("endTime", 0) - arguments.numberOr("startTime", 0);
    if (span < 0) {
      return Optional.of(Refusal.invalid("startTime"));
    }
    return span > DAY ? Optional.of(Refusal.moreThanDay()) : Optional.empty();
  }

  /** The rows of the window, cut to the limit at the right side. */
  static <T> List<T> cut(List<T> rows, Arguments arguments, ToLongFunction<T> time) {
    long start = arguments.numberOr("startTime", Long.MIN_VALUE);
    long end = arguments.numberOr("endTime", Long.MAX_VALUE);
    List<T> within =
        rows.stream()
            .filter(r -> time.applyAsLong(r) >= start && time.applyAsLong(r) <= end)
            .toList();
    return arguments.has("startTime") ? head(within, arguments) : tail(within, arguments);
  }

  static <T> List<T> head(List<T> rows, Arguments arguments) {
    return rows.subList(0, Math.min(limit(arguments), rows.size()));
  }

  private static <T> List<T> tail(List<T> rows, Arguments arguments) {
    return rows.subList(Math.max(0, rows.size() - limit(arguments)), rows.size());
  }

  private static int limit(Arguments arguments) {
    return (int) arguments.numberOr("limit", USUAL_LIMIT);
  }
}
