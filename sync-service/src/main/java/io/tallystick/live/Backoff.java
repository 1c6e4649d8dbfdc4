package io.tallystick.live;

import io.tallystick.egress.Outcome;
import io.tallystick.kernel.Pace;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a line is opened again: longer with each failure, and anywhere between
 * nothing and the whole pause, so that those who were cut together do not come back together. Used
 * by one thread.
 */
final class Backoff {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(2);

  /** A venue that says no is not asked again soon, and ever less if it goes on to. */
  private static final Duration REFUSED = Duration.ofMinutes(5);

  private static final Duration MOST_REFUSED = Duration.ofHours(1);

  private final Pace pace;
  private final RandomGenerator random;
  private int failures;
  private int refusals;
  private boolean dropped;

  Backoff(Pace pace, RandomGenerator random) {
    this.pace = pace;
    this.random = random;
  }

  /** A line that lasted shows that all is well. */
  void forget() {
    failures = 0;
  }

  /** The venue said yes to the key that is to be listened with, or there is another. */
  void accepted() {
    refusals = 0;
  }

  /** Whether the venue has said no since it last said yes. */
  boolean isRefused() {
    return refusals > 0;
  }

  /** A line ended as soon as it was open: who drops each is not knocked at without a pause. */
  void dropped() {
    dropped = true;
    failures++;
  }

  /** What to wait first; zero for nothing. To be asked again afterwards. */
  Duration beforeTrying() {
    Duration pause = dropped ? jitter() : Duration.ZERO;
    dropped = false;
    return pause;
  }

  /** What to wait after an attempt that came to this. */
  Duration after(Outcome outcome) {
    failures++;
    return switch (outcome) {
      case Outcome.Waiting waiting ->
          Duration.between(pace.instant(), waiting.until()).plus(jitter());
      case Outcome.Refused _ -> refused();
      case Outcome.Unreadable _, Outcome.Unreachable _ -> jitter();
      case Outcome.Answered _ -> throw new IllegalStateException("a line is no answer");
    };
  }

  private Duration refused() {
    Duration pause = REFUSED.multipliedBy(1L << Math.min(refusals, 10));
    refusals++;
    return pause.compareTo(MOST_REFUSED) < 0 ? pause : MOST_REFUSED;
  }

  private Duration jitter() {
    long most = Math.min(FIRST.toMillis() << Math.min(failures, 10), LONGEST.toMillis());
    return Duration.ofMillis(random.nextLong(most) + 1);
  }
}
