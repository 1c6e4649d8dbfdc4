package io.tallystick.egress;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who waits in this process for one pool, and who is next: by priority, then who was served least
 * (start-time fair queueing over weight), then who has waited longest. Only the first asks the
 * database; the others look again when their turn may have come. Nobody is told: waiting is done on
 * the pace alone, so that tests can drive it.
 */
final class Lane {
  /** How much wrong a guess of one's turn may be: an early look costs nothing. */
  private static final Duration LONGEST_GUESS = Duration.ofSeconds(5);

  private static final Duration SHORTEST_GUESS = Duration.ofMillis(10);
  private static final int PAYERS_KEPT = 4096;

  private static final Comparator<Waiter> ORDER =
      Comparator.comparing((Waiter one) -> one.priority)
          .thenComparingLong(one -> one.start)
          .thenComparingLong(one -> one.since)
          .thenComparingLong(one -> one.number);

  /** One asks the database at a time; never held while anybody pauses. */
  final ReentrantLock asking = new ReentrantLock();

  private final List<Waiter> waiting = new ArrayList<>();
  private final Map<String, Payer> payers = new HashMap<>();
  private final Map<Priority, Instant> notBefore = new EnumMap<>(Priority.class);
  private long served;
  private long arrivals;
  private Duration spacing = SHORTEST_GUESS;
  private @Nullable Instant window;
  private int usedInWindow;

  private static final class Payer {
    long finish;

    /** Since which arrival it waits without having been served; -1 when it does not wait. */
    long since = -1;
  }

  /** Somebody in the lane. */
  static final class Waiter {
    private final Priority priority;
    private final Payer payer;
    private final int weight;
    private final long start;
    private final long since;
    private final long number;

    private Waiter(Charge charge, Payer payer, long start, long number) {
      this.priority = charge.priority();
      this.payer = payer;
      this.weight = charge.weight();
      this.start = start;
      this.since = payer.since;
      this.number = number;
    }
  }

  /** Joins the lane; must be followed by {@link #leave}. */
  synchronized Waiter join(Charge charge) {
    if (payers.size() > PAYERS_KEPT) {
      payers.values().removeIf(one -> one.since < 0 && one.finish <= served);
    }
    Payer payer = payers.computeIfAbsent(charge.payer(), name -> new Payer());
    long start = Math.max(served, payer.finish);
    payer.finish = start + charge.weight();
    arrivals++;
    if (payer.since < 0) {
      payer.since = arrivals;
    }
    Waiter waiter = new Waiter(charge, payer, start, arrivals);
    waiting.add(waiter);
    return waiter;
  }

  /** How many come before. */
  synchronized int before(Waiter waiter) {
    int before = 0;
    for (Waiter one : waiting) {
      before += ORDER.compare(one, waiter) < 0 ? 1 : 0;
    }
    return before;
  }

  /** Leaves the lane. Who was not served keeps his place in the order for when he comes back. */
  synchronized void leave(Waiter waiter, boolean granted) {
    waiting.remove(waiter);
    if (granted) {
      served = Math.max(served, waiter.start);
      waiter.payer.since = -1;
    } else {
      waiter.payer.finish -= waiter.weight;
    }
  }

  /** How long until a look is worth while for one with so many before him. */
  synchronized Duration guess(int before, Priority priority, Instant now) {
    Instant next = notBefore.getOrDefault(priority, now);
    Duration wait = next.isAfter(now) ? Duration.between(now, next) : Duration.ZERO;
    Duration turn = wait.plus(spacing.multipliedBy(before * 4L).dividedBy(5));
    if (turn.compareTo(SHORTEST_GUESS) < 0) {
      return SHORTEST_GUESS;
    }
    return turn.compareTo(LONGEST_GUESS) > 0 ? LONGEST_GUESS : turn;
  }

  /** When the database said to come again, or now; nothing holds for long, others change it. */
  synchronized Instant notBefore(Priority priority, Instant now) {
    Instant at = notBefore.getOrDefault(priority, now);
    return at.isAfter(now.plus(LONGEST_GUESS)) ? now : at;
  }

  /** Learns when to come again. */
  synchronized void later(Priority priority, Instant at) {
    notBefore.put(priority, at);
  }

  /** Learns from a charge when the next is due, and what is charged in the calendar window. */
  synchronized void learn(Budget.Grant.Granted granted, Instant next, Instant now) {
    notBefore.put(granted.charge().priority(), next);
    if (next.isAfter(now)) {
      spacing = Duration.between(now, next);
    }
    known(granted.window(), granted.used());
  }

  /** Notes what is charged in a window, for {@link #knows}. */
  synchronized void known(Instant begin, int used) {
    Instant latest = window;
    if (latest == null || begin.isAfter(latest)) {
      window = begin;
      usedInWindow = used;
    } else if (begin.equals(latest)) {
      usedInWindow = Math.max(usedInWindow, used);
    }
  }

  /** Whether a number told by the venue is explained by what this process knows to be charged. */
  synchronized boolean knows(Instant begin, int told) {
    return begin.equals(window) && told <= usedInWindow;
  }
}
