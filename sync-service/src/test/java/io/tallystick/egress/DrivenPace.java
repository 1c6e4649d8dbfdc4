package io.tallystick.egress;

import io.tallystick.kernel.Pace;
import io.tallystick.kernel.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that tests drive: waiting moves it on, and so does nothing else. */
final class DrivenPace implements Pace {
  private final VirtualTime time;
  private final AtomicReference<Duration> paused = new AtomicReference<>(Duration.ZERO);

  DrivenPace(String start) {
    time = new VirtualTime(Instant.parse(start));
  }

  @Override
  public Instant instant() {
    return time.instant();
  }

  @Override
  public void pause(Duration duration) throws InterruptedException {
    time.pause(duration);
    if (duration.isPositive()) {
      paused.updateAndGet(sum -> sum.plus(duration));
    }
  }

  /** Sets the clock forward or back. */
  void move(Duration by) {
    time.move(by);
  }

  /** The sum of all waits so far. */
  Duration paused() {
    return paused.get();
  }

  /** For tests in which several wait at once. */
  VirtualTime time() {
    return time;
  }
}
