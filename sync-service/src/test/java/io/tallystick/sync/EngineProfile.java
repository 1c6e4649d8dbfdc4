package io.tallystick.sync;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;
import java.util.Set;

/** The service with time that leaps, and with runs that only a test starts. */
public class EngineProfile implements QuarkusTestProfile {
  @Override
  public Set<Class<?>> getEnabledAlternatives() {
    return Set.of(LeapingPace.class);
  }

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "tallystick.sync.interval",
        "PT24H",
        "tallystick.sync.sweep",
        "0",
        "tallystick.egress.address",
        "engine-tests");
  }
}
