package io.tallystick.tenancy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Work that goes on beside the requests, round after round, on one thread of a process: what the
 * sequencers of the feed and of the access log have in common. A round must bear to be cut off
 * anywhere, because a process may be; which process works is for a lock of the database to say.
 */
public final class Rounds {
  private static final Logger LOG = Logger.getLogger(Rounds.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final String name;
  private final Supplier<Duration> round;
  private final Duration least;
  // Waited on instead of slept through: a stop is heard at once, and a statement in work is not cut
  // off by an interrupt. The clock that tests drive stays out of it, or resting here would move
  // time for everybody.
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Semaphore calls = new Semaphore(0);
  private @Nullable Thread worker;

  /**
   * Rounds that have not begun.
   *
   * @param name of the thread, and of the work in logs
   * @param round one round; returns how long to rest after it, and never throws
   */
  public Rounds(String name, Supplier<Duration> round) {
    this(name, Duration.ZERO, round);
  }

  /**
   * Rounds that may be woken.
   *
   * @param name of the thread, and of the work in logs
   * @param least how long a rest is that is cut short: what comes meanwhile is one round's work
   * @param round one round; returns how long to rest after it when nobody wakes it
   */
  public Rounds(String name, Duration least, Supplier<Duration> round) {
    this.name = name;
    this.least = least;
    this.round = round;
  }

  /** Begins; once. */
  public void begin() {
    // There are few of these for the whole life of a process, and all they do is wait for the
    // database: a virtual thread is parked and woken for each answer, which costs more than it.
    worker = Thread.ofPlatform().daemon().name(name).start(this::run);
  }

  /** Begins, unless the process is a command beside the service: then it works on nothing. */
  public void begin(String schedulerMode) {
    if (!schedulerMode.equals("halted")) {
      begin();
    }
  }

  /** Ends after the round that is under way, for which it waits a few seconds. */
  public void end() throws InterruptedException {
    stop.countDown();
    wake();
    Thread thread = worker;
    if (thread != null && !thread.join(PATIENCE)) {
      LOG.warnf("%s did not end in time; its transaction is rolled back", name);
    }
  }

  /** Lets the next round begin as soon as the least rest is over, or another now under way is. */
  void wake() {
    calls.release();
  }

  /** Whether a long round should come to its end. */
  public boolean ending() {
    return stop.getCount() == 0;
  }

  private void run() {
    try {
      Duration rest = Duration.ZERO;
      while (!ended(rest)) {
        // Only what was called before the round is answered by it.
        calls.drainPermits();
        rest = round.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean ended(Duration rest) throws InterruptedException {
    Duration first = rest.compareTo(least) < 0 ? rest : least;
    if (!stop.await(first.toMillis(), TimeUnit.MILLISECONDS) && rest.compareTo(first) > 0) {
      boolean _ = calls.tryAcquire(rest.minus(first).toMillis(), TimeUnit.MILLISECONDS);
    }
    return ending();
  }
}
