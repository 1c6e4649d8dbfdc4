package io.tallystick.egress;

import io.tallystick.kernel.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Stops trying a place that cannot be reached from this process's address. After several calls in a
 * row whose tries all ended without any answer, calls fail at once for a rest that grows while
 * nothing changes and has full jitter; then one call goes first.
 */
final class Circuit {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
  private static final int CALLS_THAT_OPEN = 3;
  private static final Duration SHORTEST_REST = Duration.ofSeconds(2);
  private static final Duration FIRST_REST = Duration.ofSeconds(10);
  private static final Duration LONGEST_REST = Duration.ofMinutes(5);

  private final Pace pace;
  private final RandomGenerator random;
  private final Duration probe;
  private final Map<String, State> states = new ConcurrentHashMap<>();

  /**
   * A closed circuit.
   *
   * @param probe how long the call that goes first may take before another may
   */
  Circuit(Pace pace, RandomGenerator random, Duration probe) {
    this.pace = pace;
    this.random = random;
    this.probe = probe;
  }

  private static final class State {
    private int failures;
    private int openings;
    private @Nullable Instant restUntil;
  }

  /** How long to wait before the next of a call's tries: full jitter, doubling, with a top. */
  Duration pause(int tries) {
    long most = Math.min(FIRST_PAUSE.toMillis() << tries, LONGEST_PAUSE.toMillis());
    return Duration.ofMillis(random.nextLong(most + 1));
  }

  /**
   * Whether the call may be tried now. To be asked again after every wait: the call that was let in
   * first after a rest stays let in.
   */
  boolean admits(Journey journey) {
    State state = state(journey.target.place());
    synchronized (state) {
      Instant until = state.restUntil;
      if (until == null || journey.goesFirst) {
        return true;
      }
      if (pace.isAhead(until, LONGEST_REST.plus(SHORTEST_REST))) {
        return false;
      }
      state.restUntil = pace.instant().plus(probe);
      journey.goesFirst = true;
      return true;
    }
  }

  /** Takes over what came of a call, and hands it on. */
  Outcome learned(Journey journey, Outcome outcome) {
    Trace trace = outcome.trace();
    if (trace.status() > 0) {
      answered(journey.target.place());
    } else if (trace.attempts() > 0 && outcome instanceof Outcome.Unreachable) {
      failed(journey);
    }
    return outcome;
  }

  private void answered(String place) {
    State state = state(place);
    synchronized (state) {
      state.failures = 0;
      state.openings = 0;
      state.restUntil = null;
    }
  }

  private void failed(Journey journey) {
    State state = state(journey.target.place());
    synchronized (state) {
      if (state.restUntil != null && !journey.goesFirst) {
        // It was under way when the rest began, and tells nothing new.
        return;
      }
      state.failures++;
      if (state.failures >= CALLS_THAT_OPEN) {
        long most = Math.min(FIRST_REST.toMillis() << state.openings, LONGEST_REST.toMillis());
        state.openings = Math.min(state.openings + 1, 10);
        Duration rest = SHORTEST_REST.plusMillis(random.nextLong(most + 1));
        state.restUntil = pace.instant().plus(rest);
      }
    }
  }

  private State state(String place) {
    return states.computeIfAbsent(place, name -> new State());
  }
}
