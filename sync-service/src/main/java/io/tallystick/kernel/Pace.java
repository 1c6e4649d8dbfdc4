package io.tallystick.kernel;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

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
}
