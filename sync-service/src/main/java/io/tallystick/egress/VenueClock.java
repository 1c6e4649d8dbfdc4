package io.tallystick.egress;

import io.tallystick.kernel.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How far each place's clock is from ours, by the midpoint of the round trip of its time call:
 * median of three at the start and after any doubt, one sample when just refreshed. While it is in
 * doubt nothing is signed: calls wait for the one that measures.
 */
public final class VenueClock {
  private static final int SAMPLES = 3;
  private static final int MOST_SAMPLES = 6;

  /** A venue further off than this tells no time: another unit, epoch zero, the year 9999. */
  private static final Duration FARTHEST = Duration.ofDays(2);

  private final Pace pace;
  private final EgressSettings settings;
  private final Map<String, State> states = new ConcurrentHashMap<>();

  /** A clock that knows nothing yet. */
  public VenueClock(Pace pace, EgressSettings settings) {
    this.pace = pace;
    this.settings = settings;
  }

  private static final class State {
    final ReentrantLock lock = new ReentrantLock();
    volatile @Nullable Known known;
    volatile boolean doubted = true;
  }

  /** What came of one time call. */
  sealed interface Sampled {
    /** Venue time minus ours at the midpoint, and how long the call took. */
    record Sample(Duration offset, Duration roundTrip) implements Sampled {}

    /** No time was told. */
    record Missed(Outcome outcome) implements Sampled {}
  }

  /** Makes one time call. */
  interface Sampler {
    Sampled sample() throws InterruptedException;
  }

  /** What is known of a clock. */
  sealed interface Reading {}

  /**
   * Good to sign with.
   *
   * @param measuredAt by our clock
   */
  record Known(Duration offset, Instant measuredAt) implements Reading {}

  /** Cannot be measured now; {@code outcome} tells why, null when samples contradict each other. */
  record Unknown(@Nullable Outcome outcome) implements Reading {}

  /** The place's offset as last measured, zero when never: good enough to count windows with. */
  Duration offset(String place) {
    Known known = state(place).known;
    return known == null ? Duration.ZERO : known.offset();
  }

  /** The offsets of all places that were ever measured. */
  Map<String, Duration> offsets() {
    Map<String, Duration> offsets = new TreeMap<>();
    states.forEach((place, state) -> {
      Known known = state.known;
      if (known != null) {
        offsets.put(place, known.offset());
      }
    });
    return offsets;
  }

  /** The place's time by the last measurement. */
  Instant now(String place) {
    return pace.instant().plus(offset(place));
  }

  /** The offset to sign with, measured anew when it is old or in doubt. */
  Reading read(String place, Sampler sampler) throws InterruptedException {
    State state = state(place);
    Known known = state.known;
    if (known != null && !state.doubted && fresh(known)) {
      return known;
    }
    state.lock.lockInterruptibly();
    try {
      Known measured = state.known;
      if (measured != null && !state.doubted && fresh(measured)) {
        return measured;
      }
      return measure(state, sampler);
    } finally {
      state.lock.unlock();
    }
  }

  /** The venue refused a timestamp made with this reading; a newer reading is not doubted. */
  void doubt(String place, Known reading) {
    State state = state(place);
    state.lock.lock();
    try {
      if (reading.equals(state.known)) {
        state.doubted = true;
      }
    } finally {
      state.lock.unlock();
    }
  }

  private Reading measure(State state, Sampler sampler) throws InterruptedException {
    Known before = state.known;
    List<Sampled.Sample> last = new ArrayList<>();
    for (int taken = 1; taken <= MOST_SAMPLES; taken++) {
      switch (sampler.sample()) {
        case Sampled.Missed missed -> {
          return new Unknown(missed.outcome());
        }
        case Sampled.Sample sample -> {
          if (sample.offset().abs().compareTo(FARTHEST) > 0) {
            state.doubted = true;
            return new Unknown(null);
          }
          last.add(sample);
        }
      }
      if (taken == 1 && before != null && !state.doubted && near(before.offset(), last.get(0))) {
        return settle(state, last.get(0));
      }
      if (last.size() > SAMPLES) {
        last.removeFirst();
      }
      Sampled.Sample median = median(last);
      if (last.size() == SAMPLES && last.stream().allMatch(one -> near(median.offset(), one))) {
        return settle(state, median);
      }
    }
    // A clock that jumps each time it is read is not a clock to sign by.
    state.doubted = true;
    return new Unknown(null);
  }

  private static Sampled.Sample median(List<Sampled.Sample> samples) {
    return samples.stream()
        .sorted(Comparator.comparing(Sampled.Sample::offset))
        .toList()
        .get(samples.size() / 2);
  }

  private Known settle(State state, Sampled.Sample sample) {
    Known known = new Known(sample.offset(), pace.instant());
    state.known = known;
    state.doubted = false;
    return known;
  }

  /**
   * Within the guard, given that half a round trip is all that a sample can be wrong by, and that
   * venues tell whole milliseconds.
   */
  private boolean near(Duration offset, Sampled.Sample sample) {
    Duration apart = sample.offset().minus(offset).abs();
    Duration guard = settings.clockGuard().plusMillis(1);
    return apart.compareTo(guard.plus(sample.roundTrip().dividedBy(2))) <= 0;
  }

  /** Our own clock set back makes the age negative, and the reading old. */
  private boolean fresh(Known known) {
    Duration age = Duration.between(known.measuredAt(), pace.instant());
    return !age.isNegative() && age.compareTo(settings.clockRefresh()) < 0;
  }

  private State state(String place) {
    return states.computeIfAbsent(place, name -> new State());
  }
}
