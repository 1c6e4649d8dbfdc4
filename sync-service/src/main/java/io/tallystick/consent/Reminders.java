package io.tallystick.consent;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When a holder is reminded of a consent that is in force, and why.
 *
 * @param end when its time is over
 * @param confirmBy when it pauses unless it is confirmed before; null where nobody asks for that
 */
record Reminders(Regime regime, Instant end, @Nullable Instant confirmBy) {
  /** Those of a consent. */
  static Reminders of(ConsentEntity consent) {
    return new Reminders(Regime.of(consent.jurisdiction), consent.expiresAt, consent.confirmBy);
  }

  /**
   * When the next reminder is due.
   *
   * @param since when it was given or confirmed or last reminded of
   * @return an instant after now, before the end and before the pause; null when none is left
   */
  @Nullable Instant next(Instant since, Instant now) {
    long passed = Math.max(0, Duration.between(since, now).toDays()) / regime.remindEvery();
    Instant again = since.plus(Duration.ofDays((passed + 1) * regime.remindEvery()));
    Instant pause = confirmBy;
    return Stream.of(Stream.of(again), beforeEnd(), beforePause())
        .flatMap(all -> all)
        .filter(due -> due.isAfter(now) && due.isBefore(end))
        .filter(due -> pause == null || due.isBefore(pause))
        .min(Instant::compareTo)
        .orElse(null);
  }

  /** What a reminder is about, and until when its holder can do something about it. */
  record Why(String code, Instant until) {}

  /**
   * Why a holder is reminded: {@code before-expiry} or {@code before-pause} where such a warning
   * fell due meanwhile, of both that of which comes first; else {@code periodic}. Several that fell
   * due while nobody worked become one.
   */
  Why why(Instant due, Instant now) {
    boolean ending = beforeEnd().anyMatch(day -> !day.isBefore(due) && !day.isAfter(now));
    Instant pause = confirmBy;
    if (pause != null
        && !(ending && end.isBefore(pause))
        && beforePause().anyMatch(day -> !day.isBefore(due) && !day.isAfter(now))) {
      return new Why("before-pause", pause);
    }
    return new Why(ending ? "before-expiry" : "periodic", end);
  }

  /** Days until an instant; one that has begun counts. */
  static long daysLeft(Instant until, Instant now) {
    return Duration.between(now, until).plusDays(1).minusNanos(1).toDays();
  }

  private Stream<Instant> beforeEnd() {
    return before(end, regime.beforeEnd());
  }

  private Stream<Instant> beforePause() {
    Instant pause = confirmBy;
    return pause == null ? Stream.empty() : before(pause, regime.beforePause());
  }

  private static Stream<Instant> before(Instant event, List<Integer> days) {
    return days.stream().map(some -> event.minus(Duration.ofDays(some)));
  }
}
