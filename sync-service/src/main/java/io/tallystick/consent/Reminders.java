package io.tallystick.consent;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** When a holder is reminded of a consent that is in force, and why. */
final class Reminders {
  /** Days after which he is told again, from when he gave or confirmed it or was last reminded. */
  static final int EVERY_DAYS = 90;

  /** Days before the end on which he is told. */
  static final List<Integer> WARNINGS = List.of(30, 7, 1);

  private Reminders() {}

  /**
   * When the next reminder is due.
   *
   * @param since when it was given or confirmed or last reminded of
   * @return an instant after now and before the end; null when none is left
   */
  static @Nullable Instant next(Instant since, Instant end, Instant now) {
    long passed = Math.max(0, Duration.between(since, now).toDays()) / EVERY_DAYS;
    Instant again = since.plus(Duration.ofDays((passed + 1) * EVERY_DAYS));
    return Stream.concat(Stream.of(again), warnings(end))
        .filter(due -> due.isAfter(now) && due.isBefore(end))
        .min(Instant::compareTo)
        .orElse(null);
  }

  /**
   * Why a holder is reminded: {@code before-expiry} where a warning fell due meanwhile, else {@code
   * ninety-days}. Several that fell due while nobody worked become one.
   */
  static String why(Instant due, Instant end, Instant now) {
    boolean warned = warnings(end).anyMatch(day -> !day.isBefore(due) && !day.isAfter(now));
    return warned ? "before-expiry" : "ninety-days";
  }

  /** Days until the end; one that has begun counts. */
  static long daysLeft(Instant end, Instant now) {
    return Duration.between(now, end).plusDays(1).minusNanos(1).toDays();
  }

  private static Stream<Instant> warnings(Instant end) {
    return WARNINGS.stream().map(days -> end.minus(Duration.ofDays(days)));
  }
}
