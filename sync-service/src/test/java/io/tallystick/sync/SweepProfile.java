package io.tallystick.sync;

import java.util.HashMap;
import java.util.Map;

/** The engine's tests with the ordinary interval, and a sweep that leaves nothing for later. */
public class SweepProfile extends EngineProfile {
  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
    settings.put("tallystick.sync.interval", "PT15M");
    settings.put("tallystick.sync.sweep", "100000");
    return settings;
  }
}
