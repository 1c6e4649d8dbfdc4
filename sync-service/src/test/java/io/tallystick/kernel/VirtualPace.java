package io.tallystick.kernel;

import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/**
 * Puts a whole running service on a {@link VirtualTime}: name it as an enabled alternative in the
 * test profile, {@link #follow} a clock before the first call, and run what must share the time as
 * that clock's actors. Until then it leaps over every wait, from the machine's own time.
 */
@Alternative
@Singleton
public class VirtualPace implements Pace {
  private static volatile VirtualTime time = new VirtualTime(Instant.now());

  /** The clock that the service follows. */
  public static VirtualTime time() {
    return time;
  }

  /** Follows another clock from now on. */
  public static void follow(VirtualTime other) {
    time = other;
  }

  @Override
  public Instant instant() {
    return time.instant();
  }

  @Override
  public void pause(Duration duration) throws InterruptedException {
    time.pause(duration);
  }
}
