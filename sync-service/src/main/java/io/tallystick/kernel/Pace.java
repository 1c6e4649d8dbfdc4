package io.tallystick.kernel;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The time that passes: read and waited for through one object, so that tests can drive it. */
public interface Pace extends InstantSource {
  /** The machine's own clock and real waiting. */
  Pace SYSTEM =
      new Pace() {
        @Override
        public Instant instant() {
          return Instant.now();
        }

        @Override
        public void pause(Duration duration) throws InterruptedException {
          Thread.sleep(duration);
        }

        @Override
        public String toString() {
          return "system pace";
        }
      };

  /** Waits for at least this long; returns at once when it is zero or negative. */
  void pause(Duration duration) throws InterruptedException;

  /**
   * Whether a planned instant is still to come. One that is further ahead than twice what is ever
   * planned was planned before this clock was set back, and is not waited for.
   *
   * @param until null for what was never planned
   */
  default boolean isAhead(@Nullable Instant until, Duration planned) {
    Instant now = instant();
    return until != null
        && now.isBefore(until)
        && !until.isAfter(now.plus(planned.multipliedBy(2)));
  }
}
