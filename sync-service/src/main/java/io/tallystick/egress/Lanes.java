package io.tallystick.egress;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lanes of this process, one for each pool that was asked for lately. Accounts have pools of
 * their own, and come and go: a lane in which nobody waits may be forgotten, for all that it knows
 * only saves looks at the database.
 */
final class Lanes {
  private static final int KEPT = 1024;

  private final Map<String, Lane> lanes = new ConcurrentHashMap<>();

  /** The lane before a pool. */
  Lane of(String key) {
    if (lanes.size() >= KEPT && !lanes.containsKey(key)) {
      lanes.values().removeIf(Lane::isEmpty);
    }
    return lanes.computeIfAbsent(key, name -> new Lane());
  }

  /** How many there are. */
  int size() {
    return lanes.size();
  }
}
