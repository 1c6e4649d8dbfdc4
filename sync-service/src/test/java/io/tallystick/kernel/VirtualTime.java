package io.tallystick.kernel;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One clock for everything in a test: the code under test, its database work and the sandbox stay
 * real, and only waiting costs nothing. Time stands still while any actor works and leaps to the
 * next wake-up when all of them wait.
 *
 * <pre>{@code
 * VirtualTime time = new VirtualTime(Instant.parse("2026-11-21T12:00:10Z"));
 * ExchangeSettings.defaults().withClock(time)   // the sandbox
 * new Budget(database, time, dice, settings)    // everything that takes a Pace
 * time.run(Duration.ofMinutes(1), actors);      // returns when all have ended
 * }</pre>
 *
 * <p>Who counts as waiting:
 *
 * <ul>
 *   <li>An <em>actor</em>, a thread that {@link #run} or {@link #spawn} started, while it is in
 *       {@link #pause}; also while it waits without a limit for a lock or queue that somebody in
 *       {@code pause} has to release, which is noticed a few real milliseconds later.
 *   <li>An actor that reads a socket, asks the database or waits with a time limit (which is how
 *       the outbound client waits for its answer) is at work, however long it takes.
 *   <li>Any other thread that calls {@code pause}, such as one of the sandbox's that answers late,
 *       stands for the one actor that waits for it meanwhile. That is how latency is played: pause
 *       in {@code Sandbox.start(settings, exchange, between)}. Without actors it leaps at once.
 * </ul>
 *
 * <p>Sleepers wake one at a time, in the order of their time, then of their falling asleep: with
 * answers that are not late, actors take turns and a run repeats itself. Under Quarkus name {@link
 * VirtualPace} as the test profile's enabled alternative. Databases keep their own real time.
 */
public final class VirtualTime implements Pace {
  private static final int CALM_GLANCES = 4;

  private final ReentrantLock lock = new ReentrantLock();
  private final PriorityQueue<Sleeper> sleepers =
      new PriorityQueue<>(
          Comparator.comparing((Sleeper one) -> one.wake).thenComparing(one -> one.number));
  private final Map<Thread, Boolean> awake = new LinkedHashMap<>();
  private Instant now;
  private long changes;
  private long glanced;
  private int calm;
  private int outsiders;
  private @Nullable Throwable failure;

  /** What an actor does; what it throws fails the run. */
  @FunctionalInterface
  public interface Actor {
    void act() throws Exception;
  }

  private static final class Sleeper {
    final Instant wake;
    final long number;
    final Thread thread;
    final Condition condition;
    boolean asleep = true;

    Sleeper(Instant wake, long number, Thread thread, Condition condition) {
      this.wake = wake;
      this.number = number;
      this.thread = thread;
      this.condition = condition;
    }
  }

  /** A clock that stands at this instant. */
  public VirtualTime(Instant start) {
    now = start;
  }

  @Override
  public Instant instant() {
    lock.lock();
    try {
      return now;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void pause(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (!duration.isPositive()) {
      return;
    }
    lock.lock();
    try {
      Sleeper sleeper =
          new Sleeper(now.plus(duration), changes++, Thread.currentThread(), lock.newCondition());
      sleepers.add(sleeper);
      fallen(sleeper.thread, 1);
      advance(0);
      try {
        while (sleeper.asleep) {
          sleeper.condition.await();
        }
      } finally {
        if (sleeper.asleep) {
          sleepers.remove(sleeper);
          fallen(sleeper.thread, -1);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Sets the clock forward, or back where negative, while nobody acts. */
  public void move(Duration by) {
    lock.lock();
    try {
      now = now.plus(by);
    } finally {
      lock.unlock();
    }
  }

  /** The same time on a clock that is ahead by so much, or behind where negative. */
  public Pace ahead(Duration by) {
    return new Pace() {
      @Override
      public Instant instant() {
        return VirtualTime.this.instant().plus(by);
      }

      @Override
      public void pause(Duration duration) throws InterruptedException {
        VirtualTime.this.pause(duration);
      }
    };
  }

  /**
   * Runs actors until all of them, and all that they spawned, have ended. The first failure ends
   * the others and is thrown.
   *
   * @param limit real time after which the run fails and tells where each actor stands
   */
  public void run(Duration limit, List<? extends Actor> actors) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    List<Thread> threads = new ArrayList<>();
    lock.lock();
    try {
      // All are known before the first runs: time does not pass until each has had its say.
      actors.forEach(actor -> threads.add(enlist(actor)));
    } finally {
      lock.unlock();
    }
    threads.forEach(Thread::start);
    for (Thread next = anyone(); next != null; next = anyone()) {
      next.join(Duration.ofMillis(1));
      glance();
      Throwable failed = failure;
      if (failed != null || System.nanoTime() > end) {
        String where = failed == null ? standing() : "";
        everybody().forEach(Thread::interrupt);
        throw new AssertionError(
            failed == null ? "not over within " + limit + where : "an actor failed", failed);
      }
    }
    if (failure != null) {
      throw new AssertionError("an actor failed", failure);
    }
  }

  /** Starts one more actor, from within an actor; it belongs to the same run. */
  public void spawn(Actor actor) {
    Thread thread;
    lock.lock();
    try {
      thread = enlist(actor);
    } finally {
      lock.unlock();
    }
    thread.start();
  }

  private Thread enlist(Actor actor) {
    // Not a virtual thread: those look the same whether they wait for a lock or for a socket.
    Thread thread = Thread.ofPlatform().daemon().name("actor").unstarted(() -> play(actor));
    awake.put(thread, true);
    changes++;
    return thread;
  }

  private void play(Actor actor) {
    Throwable thrown = null;
    try {
      actor.act();
    } catch (Throwable e) {
      thrown = e;
    }
    lock.lock();
    try {
      if (thrown != null && failure == null) {
        failure = thrown;
      }
      awake.remove(Thread.currentThread());
      changes++;
      advance(0);
    } finally {
      lock.unlock();
    }
  }

  private void fallen(Thread thread, int by) {
    changes++;
    if (awake.containsKey(thread)) {
      awake.put(thread, by < 0);
    } else {
      outsiders += by;
    }
  }

  /** Leaps to the next wake-up if all wait, {@code blocked} of them for each other. */
  private void advance(int blocked) {
    long busy = awake.values().stream().filter(one -> one).count() - blocked - outsiders;
    if (busy > 0 || sleepers.isEmpty()) {
      return;
    }
    Sleeper next = sleepers.remove();
    if (next.wake.isAfter(now)) {
      now = next.wake;
    }
    next.asleep = false;
    fallen(next.thread, -1);
    next.condition.signal();
  }

  /** Looks for actors that wait for others; believes it only when nothing moves for a while. */
  private void glance() {
    lock.lock();
    try {
      int blocked = 0;
      for (Map.Entry<Thread, Boolean> one : awake.entrySet()) {
        Thread.State state = one.getKey().getState();
        boolean waits = state == Thread.State.WAITING || state == Thread.State.BLOCKED;
        blocked += one.getValue() && waits ? 1 : 0;
      }
      calm = blocked > 0 && changes == glanced ? calm + 1 : 0;
      glanced = changes;
      if (calm >= CALM_GLANCES) {
        calm = 0;
        advance(blocked);
      }
    } finally {
      lock.unlock();
    }
  }

  private List<Thread> everybody() {
    lock.lock();
    try {
      return List.copyOf(awake.keySet());
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Thread anyone() {
    List<Thread> all = everybody();
    return all.isEmpty() ? null : all.getFirst();
  }

  private String standing() {
    StringBuilder text = new StringBuilder(", at " + instant());
    for (Thread one : everybody()) {
      text.append("\n").append(one.getState());
      List.of(one.getStackTrace()).stream()
          .limit(15)
          .forEach(frame -> text.append("\n    at ").append(frame));
    }
    return text.toString();
  }
}
