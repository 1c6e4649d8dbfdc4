package io.tallystick.egress;

import io.tallystick.kernel.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that tests drive: waiting moves it on, and so does nothing else. */
final class DrivenPace implements Pace {
  private final AtomicReference<Instant> now;
  private final AtomicReference<Duration> paused = new AtomicReference<>(Duration.ZERO);

  DrivenPace(String start) {
    now = new AtomicReference<>(Instant.parse(start));
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  @Override
  public void pause(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (!duration.isNegative()) {
      move(duration);
      paused.updateAndGet(sum -> sum.plus(duration));
    }
  }

  /** Sets the clock forward or back. */
  void move(Duration by) {
    now.updateAndGet(instant -> instant.plus(by));
  }

  /** The sum of all waits so far. */
  Duration paused() {
    return paused.get();
  }
}
