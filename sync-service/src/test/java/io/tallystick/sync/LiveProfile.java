package io.tallystick.sync;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.tallystick.kernel.Pace;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** The service that listens, on a clock that a test may put ahead; waits are real. */
public class LiveProfile implements QuarkusTestProfile {
  /** Time as the test's exchange sees it. */
  @Alternative
  @Singleton
  public static class RealPace implements Pace {
    @Override
    public Instant instant() {
      return LeapingPace.now();
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
      // In slices, so that a wait ends early when the test puts the clock ahead.
      Instant until = instant().plus(duration);
      while (instant().isBefore(until)) {
        Thread.sleep(Math.clamp(Duration.between(instant(), until).toMillis(), 1, 50));
      }
    }
  }

  @Override
  public Set<Class<?>> getEnabledAlternatives() {
    return Set.of(RealPace.class);
  }

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "tallystick.sync.interval", "PT24H",
        "tallystick.sync.sweep", "0",
        "tallystick.sync.live", "true",
        "tallystick.egress.address", "live-tests");
  }
}
