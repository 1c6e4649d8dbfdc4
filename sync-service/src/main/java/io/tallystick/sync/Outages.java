package io.tallystick.sync;

import io.tallystick.kernel.Outage;
import io.tallystick.kernel.Pace;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Does a run's work again that the database's own trouble broke off. That is safe at any place: a
 * page is stored with its bookmark or not at all, and who begins again asks where he stands.
 */
@ApplicationScoped
class Outages {
  private static final Logger LOG = Logger.getLogger(Outages.class);

  /** As long as a database may take to restart, or another to take its place. */
  private static final Duration LONGEST = Duration.ofMinutes(3);

  /** Who got so far was not in the same outage any more. */
  private static final Duration WELL = Duration.ofMinutes(2);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final Pace pace;
  private final RandomGenerator random;
  private final Stopping stopping;

  Outages(Pace pace, RandomGenerator random, Stopping stopping) {
    this.pace = pace;
    this.random = random;
    this.stopping = stopping;
  }

  /** The work's result; its trouble, when that is another, or lasts too long. */
  <T> T outlast(Supplier<T> work) {
    Instant began = pace.instant();
    Instant end = began;
    int failures = 0;
    while (true) {
      try {
        return work.get();
      } catch (RuntimeException e) {
        Instant now = pace.instant();
        if (failures == 0 || now.isAfter(began.plus(WELL))) {
          failures = 0;
          end = now.plus(LONGEST);
        }
        if (!Outage.is(e) || stopping.now() || !pace.isAhead(end, LONGEST) || !paused(failures)) {
          throw e;
        }
        failures++;
        began = pace.instant();
        LOG.warnf("sync.database away, the run begins again failures=%d", failures);
      }
    }
  }

  /** The same for work without a result. */
  void outlast(Runnable work) {
    outlast(() -> {
      work.run();
      return true;
    });
  }

  private boolean paused(int failures) {
    long most =
        Math.min(FIRST_PAUSE.toMillis() << Math.min(failures, 10), LONGEST_PAUSE.toMillis());
    try {
      pace.pause(Duration.ofMillis(random.nextLong(most) + 1));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
