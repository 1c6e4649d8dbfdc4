package io.tallystick.tenancy;

import io.tallystick.kernel.Pace;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts tokens that were refused, by the address they came from. Whoever tries too many is told to
 * wait; a good token from the same address is taken all the while, so that nobody can lock another
 * out.
 */
@ApplicationScoped
class Attempts {
  static final int MOST = 100;
  static final Duration WINDOW = Duration.ofSeconds(10);
  private static final int ADDRESSES = 10_000;

  private final Pace pace;
  private final Map<String, Window> windows =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
          return size() > ADDRESSES;
        }
      };

  private record Window(Instant since, int refused) {}

  Attempts(Pace pace) {
    this.pace = pace;
  }

  /** Counts a refused token; whether its address has tried too many. */
  synchronized boolean tooMany(String address) {
    Instant now = pace.instant();
    @Nullable Window known = windows.get(address);
    Window next =
        known != null && now.isBefore(known.since().plus(WINDOW))
            ? new Window(known.since(), known.refused() + 1)
            : new Window(now, 1);
    windows.put(address, next);
    return next.refused() > MOST;
  }
}
