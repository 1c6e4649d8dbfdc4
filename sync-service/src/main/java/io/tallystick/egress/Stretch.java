package io.tallystick.egress;

import io.tallystick.venue.Pool;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The weight charged to a pool lately, slot by slot, in the venue's time. A slot counts until a
 * whole window has passed since its end, and half a slot more: so whatever stretch of one window's
 * length the venue looks at, all calls that reached it in there are in the sum at the moment the
 * last of them is paid for, provided that a call answered later is {@link #move moved}.
 *
 * <p>Not for use by two threads; one transaction reads, changes and writes it.
 */
final class Stretch {
  /** Of the newest, {@code SLOTS - 1} before it: more than ever count. */
  static final int SLOTS = 64;

  private static final int PER_WINDOW = 60;
  private static final long SHORTEST_SLOT = 100_000;

  /** The part of the share that may come at once, one in so many: short reads do not wait. */
  private static final int AT_ONCE = 5;

  /** So many calls may come at once however heavy they are: spreading them would gain nothing. */
  private static final int FEW = 3;

  /** How long after its instant a turn is kept for the process that was promised it. */
  private static final long KEPT = 600_000;

  /** How soon an instant must be to be promised: what is lighter need not wait for what is far. */
  private static final long SOON = 2_000_000;

  private final long window;
  private final long slotLength;
  private final long grace;
  private final int[] weights = new int[SLOTS];
  private long newest;
  private long pacedUntil;
  private long urgentUntil;
  private int urgentWeight;
  private long turn;
  private long turnUntil;

  private Stretch(Pool pool) {
    window = TimeUnit.NANOSECONDS.toMicros(pool.window().toNanos());
    slotLength = Math.max(window / PER_WINDOW, SHORTEST_SLOT);
    grace = slotLength / 2;
  }

  /** Nothing charged yet. */
  static Stretch of(Pool pool) {
    return new Stretch(pool);
  }

  /**
   * As it was stored.
   *
   * @param stored the newest last; missing ones count as zero
   */
  static Stretch of(
      Pool pool,
      long newest,
      Integer[] stored,
      @Nullable Instant pacedUntil,
      Urgent urgent,
      Promise promise) {
    Stretch stretch = new Stretch(pool);
    stretch.newest = newest;
    for (int i = 1; i <= Math.min(SLOTS, stored.length); i++) {
      stretch.weights[SLOTS - i] = stored[stored.length - i];
    }
    stretch.pacedUntil = pacedUntil == null ? 0 : micros(pacedUntil);
    stretch.urgentUntil = urgent.until() == null ? 0 : micros(urgent.until());
    stretch.urgentWeight = urgent.weight();
    stretch.turn = promise.to();
    stretch.turnUntil = promise.until() == null ? 0 : micros(promise.until());
    return stretch;
  }

  /** What is known to wait urgently until an instant, the heaviest of it. */
  record Urgent(@Nullable Instant until, int weight) {}

  /** Whose turn is next among processes; 0 when nobody's. */
  record Promise(long to, @Nullable Instant until) {}

  /**
   * Whether the next turn was promised to another process. One that found no room is promised the
   * next, or the process whose clock is a little ahead would always be there first.
   */
  boolean promisedToAnother(long process, Instant now) {
    return turn != 0 && turn != process && turnUntil > micros(now);
  }

  /** Promises the turn at this instant to a process, unless it is another's; false when no news. */
  boolean promise(long process, Instant at, Instant now) {
    boolean far = micros(at) > micros(now) + SOON;
    if (far || promisedToAnother(process, now) || (turn == process && turnUntil > micros(at))) {
      return false;
    }
    turn = process;
    turnUntil = micros(at) + KEPT;
    return true;
  }

  /** The process had its turn. */
  void took(long process) {
    turn = turn == process ? 0 : turn;
  }

  Promise promised() {
    return new Promise(turn, instant(turnUntil));
  }

  /** How much may be charged, and how smoothly. */
  record Room(int ceiling, int share, Duration leeway) {}

  /**
   * Makes the slot of this instant the newest. One far ahead of us was written by a clock that was
   * wrong, and all that is known is forgotten; one just ahead stays the newest.
   */
  Stretch at(Instant now) {
    long slot = Math.floorDiv(micros(now), slotLength);
    long ahead = newest - slot;
    if (ahead > window / slotLength || -ahead >= SLOTS) {
      Arrays.fill(weights, 0);
      newest = slot;
      if (ahead > 0) {
        pacedUntil = 0;
        urgentUntil = 0;
        turn = 0;
      }
    } else if (ahead < 0) {
      int by = (int) -ahead;
      System.arraycopy(weights, by, weights, 0, SLOTS - by);
      Arrays.fill(weights, SLOTS - by, SLOTS, 0);
      newest = slot;
    }
    return this;
  }

  /** The weight that counts against the limit now. */
  int used(Instant now) {
    long at = micros(now);
    int used = 0;
    for (int i = 0; i < SLOTS; i++) {
      used += over(i) > at ? weights[i] : 0;
    }
    return used;
  }

  /** The weight charged in the venue's calendar window that begins here. */
  int usedSince(Instant begin) {
    long first = Math.floorDiv(micros(begin), slotLength);
    int used = 0;
    for (int i = 0; i < SLOTS; i++) {
      long slot = number(i);
      used += slot >= first && slot < first + window / slotLength ? weights[i] : 0;
    }
    return used;
  }

  /** When this weight may be charged at the earliest, as things stand; not after now when now. */
  Instant earliest(int weight, Room room, Instant now) {
    int used = used(now);
    long fits = micros(now);
    int left = used;
    // Too heavy for the ceiling, a call goes when nothing else counts.
    for (int i = 0; left > 0 && left + weight > room.ceiling() && i < SLOTS; i++) {
      if (over(i) > micros(now) && weights[i] > 0) {
        left -= weights[i];
        fits = over(i);
      }
    }
    boolean even =
        pacedUntil <= micros(now) + window && !atOnce(used + weight, weight, room.share());
    return instant(even ? Math.max(fits, pacedUntil - tolerance(room)) : fits);
  }

  /** Charges, and spreads what comes next evenly over the room that is left and that comes free. */
  void charge(int weight, Room room, Instant now) {
    weights[SLOTS - 1] += weight;
    long at = micros(now);
    long begun = pacedUntil > at + window ? at : Math.max(pacedUntil, at);
    boolean paced = !atOnce(used(now), weight, room.share());
    pacedUntil = begun + (paced ? spacing(weight, room.share(), now) : 0);
  }

  /** The time from one charge of this weight to the next, so that none ever finds no room. */
  private long spacing(int weight, int share, Instant now) {
    long at = micros(now);
    long room = (long) share - used(now);
    long spacing = 0;
    int next = 0;
    for (int ahead = 1; ahead <= SLOTS; ahead++) {
      long then = at + ahead * slotLength;
      for (; next < SLOTS && over(next) <= then; next++) {
        room += over(next) > at ? weights[next] : 0;
      }
      long wait = ahead * slotLength;
      spacing = Math.max(spacing, room >= weight ? wait * weight / room : wait);
      if (wait >= window) {
        break;
      }
    }
    return spacing;
  }

  private static boolean atOnce(long used, int weight, int share) {
    return used * AT_ONCE <= share || used <= (long) FEW * weight;
  }

  private long tolerance(Room room) {
    // A little always, so that nobody who wakes a moment late has wasted that moment.
    return grace + TimeUnit.NANOSECONDS.toMicros(room.leeway().toNanos());
  }

  /** The slot that is charged now. */
  long newest() {
    return newest;
  }

  /** Whether a call charged to this slot, answered now, still lies within what the slot covers. */
  boolean covers(long slot, Instant answered) {
    return (slot + 1) * slotLength + grace >= micros(answered);
  }

  /** Counts a call where it was answered: the venue cannot have counted it any later. */
  void move(int weight, long from) {
    int index = (int) (SLOTS - 1 - (newest - from));
    if (index >= 0 && index < SLOTS - 1) {
      weights[index] = Math.max(0, weights[index] - weight);
      weights[SLOTS - 1] += weight;
    }
  }

  /** Adds what others used. */
  void add(int weight) {
    weights[SLOTS - 1] += weight;
  }

  /** Tells the others that something urgent of this weight waits; false when they know. */
  boolean urgent(int weight, Instant until, Instant unless) {
    boolean news = urgentUntil < micros(unless) || urgentWeight < weight;
    urgentWeight = urgentUntil < micros(unless) ? weight : Math.max(urgentWeight, weight);
    urgentUntil = Math.max(urgentUntil, micros(until));
    return news;
  }

  /** The heaviest of what is known to wait urgently; zero when nothing does. */
  int urgentWaits(Instant now) {
    return urgentUntil > micros(now) ? urgentWeight : 0;
  }

  Integer[] stored() {
    return Arrays.stream(weights).boxed().toArray(Integer[]::new);
  }

  Instant pacedUntil() {
    return instant(pacedUntil);
  }

  Urgent urgent() {
    return new Urgent(instant(urgentUntil), urgentWeight);
  }

  private long number(int index) {
    return newest - (SLOTS - 1 - index);
  }

  /** The instant from which the slot at this index counts no more. */
  private long over(int index) {
    return (number(index) + 1) * slotLength + grace + window;
  }

  private static long micros(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000);
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000L);
  }
}
