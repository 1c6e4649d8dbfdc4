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
 * (fair queueing over weight), then who has waited longest. What is urgent has turns of its own: a
 * connection whose balances were read does not miss its next page for it. Only the first asks the
 * database; the others look again when their turn may have come. Nobody is told: waiting is done on
 * the pace alone, so that tests can drive it.
 */
final class Lane {
  private static final Duration SHORTEST_GUESS = Duration.ofMillis(10);
  private static final int PAYERS_KEPT = 4096;
  private static final int TURNS_KEPT = 3;

  /** One asks the database at a time; never held while anybody pauses. */
  final ReentrantLock asking = new ReentrantLock();

  private final List<Waiter> waiting = new ArrayList<>();
  private final Turns urgent = new Turns();
  private final Turns ordinary = new Turns();
  private final Map<Priority, Instant> notBefore = new EnumMap<>(Priority.class);
  private long arrivals;
  private Duration spacing = SHORTEST_GUESS;
  private @Nullable Instant window;
  private int usedInWindow;
  private int usedBefore;

  /** Among whom turns are taken, and how much anybody had paid when served. */
  private static final class Turns {
    private final Map<String, Payer> payers = new HashMap<>();
    private long served;

    private Payer payer(String name) {
      if (payers.size() > PAYERS_KEPT) {
        payers.values().removeIf(one -> one.waiting.isEmpty() && one.paid <= served);
      }
      return payers.computeIfAbsent(name, key -> new Payer(this));
    }
  }

  private static final class Payer {
    private final Turns turns;
    private final List<Waiter> waiting = new ArrayList<>();
    private long paid;

    private Payer(Turns turns) {
      this.turns = turns;
    }

    /** Since which arrival it waits without having been served; -1 when it does not wait. */
    private long since = -1;
  }

  /** Somebody in the lane. */
  static final class Waiter {
    private final Priority priority;
    private final Payer payer;
    private final int weight;
    private final long number;

    private Waiter(Charge charge, Payer payer, long number) {
      this.priority = charge.priority();
      this.payer = payer;
      this.weight = charge.weight();
      this.number = number;
    }

    /** What the payer will have paid when it is this one's turn. */
    private long start() {
      long start = payer.paid;
      for (Waiter one : payer.waiting) {
        start += one.precedes(this) ? one.weight : 0;
      }
      return start;
    }

    private boolean precedes(Waiter other) {
      return priority == other.priority
          ? number < other.number
          : priority.compareTo(other.priority) < 0;
    }
  }

  /** Where one stands: by urgency, by what was paid, by the time waited, by arrival. */
  private record Place(Priority priority, long start, long since, long number)
      implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::priority)
            .thenComparingLong(Place::start)
            .thenComparingLong(Place::since)
            .thenComparingLong(Place::number);

    static Place of(Waiter one) {
      return new Place(one.priority, one.start(), one.payer.since, one.number);
    }

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  /** Joins the lane; must be followed by {@link #leave}. */
  synchronized Waiter join(Charge charge) {
    Turns turns = charge.priority().urgent() ? urgent : ordinary;
    Payer payer = turns.payer(charge.payer());
    if (payer.waiting.isEmpty()) {
      // Nobody saves up turns by staying away; who had to leave unserved has not stayed away.
      long credit = payer.since < 0 ? 0 : (long) TURNS_KEPT * charge.weight();
      payer.paid = Math.max(payer.paid, least(turns) - credit);
    }
    arrivals++;
    if (payer.since < 0) {
      payer.since = arrivals;
    }
    Waiter waiter = new Waiter(charge, payer, arrivals);
    payer.waiting.add(waiter);
    waiting.add(waiter);
    return waiter;
  }

  /**
   * What one who joins counts as having paid at least: no more than the least served of those who
   * wait, and no more than anybody had paid when served.
   */
  private long least(Turns turns) {
    return waiting.stream()
        .filter(one -> one.payer.turns == turns)
        .mapToLong(one -> Math.min(turns.served, one.payer.paid))
        .min()
        .orElse(turns.served);
  }

  /** Whether nobody waits. */
  synchronized boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** How many come before. */
  synchronized int before(Waiter waiter) {
    Place place = Place.of(waiter);
    int before = 0;
    for (Waiter one : waiting) {
      before += one != waiter && Place.of(one).compareTo(place) < 0 ? 1 : 0;
    }
    return before;
  }

  /** Leaves the lane. Who was not served keeps his place in the order for when he comes back. */
  synchronized void leave(Waiter waiter, boolean granted) {
    Payer payer = waiter.payer;
    if (granted) {
      payer.turns.served = Math.max(payer.turns.served, waiter.start());
      payer.paid += waiter.weight;
    }
    waiting.remove(waiter);
    payer.waiting.remove(waiter);
    if (granted) {
      payer.since = payer.waiting.isEmpty() ? -1 : payer.waiting.getFirst().number;
    }
  }

  /** How long until a look is worth while for one with so many before him. */
  synchronized Duration guess(int before, Priority priority, Instant now) {
    Instant next = notBefore.getOrDefault(priority, now);
    Duration wait = next.isAfter(now) ? Duration.between(now, next) : Duration.ZERO;
    Duration turn = wait.plus(spacing.multipliedBy(before * 4L).dividedBy(5));
    return turn.compareTo(SHORTEST_GUESS) < 0 ? SHORTEST_GUESS : turn;
  }

  /**
   * When the database said to come again, or now.
   *
   * @param look how long what it said is believed: others change it
   */
  synchronized Instant notBefore(Priority priority, Instant now, Duration look) {
    Instant at = notBefore.getOrDefault(priority, now);
    return at.isAfter(now.plus(look)) ? now : at;
  }

  /** Learns when to come again. */
  synchronized void later(Priority priority, Instant at) {
    notBefore.put(priority, at);
  }

  /** Learns from a charge when the next is due, and what is charged in the calendar window. */
  synchronized void learn(Budget.Grant.Granted granted, Instant next, Instant now) {
    notBefore.put(granted.charge().priority(), next);
    spacing = next.isAfter(now) ? Duration.between(now, next) : SHORTEST_GUESS;
    known(granted.window(), granted.used());
  }

  /** Notes what is charged in a window, for {@link #knows}. */
  synchronized void known(Instant begin, int used) {
    Instant latest = window;
    if (latest == null || begin.isAfter(latest)) {
      window = begin;
      usedBefore = usedInWindow;
      usedInWindow = used;
    } else if (begin.equals(latest)) {
      usedInWindow = Math.max(usedInWindow, used);
    }
  }

  /**
   * Whether a number told by the venue is explained by what this process knows to be charged in the
   * latest window and, where that may be meant, in the one before.
   */
  synchronized boolean knows(int told, boolean orBefore) {
    return told <= usedInWindow + (orBefore ? usedBefore : 0);
  }
}
