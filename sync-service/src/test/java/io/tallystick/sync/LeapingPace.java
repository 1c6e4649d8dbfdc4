package io.tallystick.sync;

import io.tallystick.kernel.Pace;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The machine's clock, but whoever waits leaps over the time he would have waited. What a venue
 * asks for in minutes costs a test nothing, and both sides see the minutes pass.
 */
@Alternative
@Singleton
public class LeapingPace implements Pace {
  private static final AtomicLong AHEAD = new AtomicLong();
  private static volatile @Nullable Runnable observer;

  /** The time as everybody in the test sees it. */
  static Instant now() {
    return Instant.now().plusMillis(AHEAD.get());
  }

  /** Lets so much time pass. */
  static void leap(Duration duration) {
    AHEAD.addAndGet(duration.toMillis());
  }

  /** Leaps to six in the morning UTC: for who must not meet a new day on the way. */
  static void leapToMorning() {
    Instant now = now();
    Instant morning =
        now.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1)).plus(Duration.ofHours(6));
    leap(Duration.between(now, morning));
  }

  /** Tells somebody of each wait before it is leapt over; null for nobody. */
  static void watched(@Nullable Runnable by) {
    observer = by;
  }

  /** Goes back to the machine's own time. */
  static void reset() {
    AHEAD.set(0);
    observer = null;
  }

  @Override
  public Instant instant() {
    return now();
  }

  @Override
  public void pause(Duration duration) {
    Runnable by = observer;
    if (by != null) {
      by.run();
    }
    if (duration.isPositive()) {
      // Instants are cut to milliseconds on the way: a wait never ends early for that.
      AHEAD.addAndGet(duration.toMillis() + 1);
    }
  }
}
