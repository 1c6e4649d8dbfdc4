package io.tallystick.egress;

import io.tallystick.egress.BudgetRows.Wish;
import io.tallystick.kernel.Pace;
import io.tallystick.venue.Pool;
import io.tallystick.venue.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;

/**
 * One budget for each egress address and pool, shared by all workers and processes through the
 * database. No stretch as long as a venue's window is charged with more than the share, wherever it
 * begins, and what is left is spread evenly over it. All instants in here are the venue's time,
 * which every process agrees on whatever its own clock says.
 *
 * <p>Must not be called inside a transaction: each step is one short transaction of its own.
 */
public final class Budget {
  /** How long a probe after a ban has before another may try. */
  static final Duration PROBE = Duration.ofSeconds(30);

  /** How long others leave the reserve alone after something urgent found no room. */
  private static final Duration URGENT = Duration.ofSeconds(3);

  private static final Duration LONGEST_STOP = Duration.ofDays(3);
  private static final Duration SETTLE = Duration.ofMillis(100);
  private static final Duration MOST_JITTER = Duration.ofSeconds(1);
  private static final Duration TURNS = Duration.ofMillis(25);
  private static final Duration LOOK = Duration.ofSeconds(5);

  private final BudgetRows rows;
  private final Pace pace;
  private final RandomGenerator random;
  private final EgressSettings settings;
  private final Limits limits;
  private final Map<String, Lane> lanes = new ConcurrentHashMap<>();

  /** A budget kept in this database. */
  public Budget(DataSource database, Pace pace, RandomGenerator random, EgressSettings settings) {
    this.rows = new BudgetRows(database);
    this.pace = pace;
    this.random = random;
    this.settings = settings;
    this.limits = new Limits(settings);
  }

  /** What came of asking for budget. */
  sealed interface Grant {
    /**
     * Charged.
     *
     * @param window start of the venue's calendar window that pays
     * @param used weight charged in it, this charge included
     * @param slot where the charge is written
     * @param counts weight that counts against the limit, this charge included
     * @param probe true for the one call that may try again after a ban
     */
    record Granted(Charge charge, Instant window, int used, long slot, int counts, boolean probe)
        implements Grant {}

    /** Everything of the scope stands still. */
    record Blocked(Instant until, Verdict.Scope scope, String cause) implements Grant {}

    /** No room before {@code next}, as far as can be told. */
    record Full(Instant next) implements Grant {}
  }

  /** A stop that a venue ordered, as it stands now. */
  public record Block(Instant until, String cause) {}

  /** Takes over the limits that a venue announced: pool name to weight a window. */
  public void learn(String venue, String environment, Map<String, Integer> limits) {
    this.limits.learn(venue + "/" + environment, limits);
  }

  /**
   * The stop that holds for a whole venue environment after this venue instant, or for a budget all
   * of it shares; empty when there is none. Not within a transaction.
   */
  public Optional<Block> blocked(String venue, String environment, Instant now) {
    return rows.stop(settings.address(), venue + "/" + environment)
        .filter(stop -> !stop.over(now))
        .map(stop -> new Block(stop.until(), stop.cause()));
  }

  /**
   * Charges the call when its turn has come and there is room, until the patience that the settings
   * name is used up; who comes back after that has not lost his place.
   *
   * @param venueNow reads the venue's time
   */
  Grant acquire(Charge charge, Supplier<Instant> venueNow) throws InterruptedException {
    if (charge.weight() > limits.limit(charge)) {
      return new Grant.Full(calendar(charge.pool(), venueNow.get()).plus(charge.pool().window()));
    }
    Instant giveUp = pace.instant().plus(settings.patience());
    Lane lane = lanes.computeIfAbsent(charge.key(), key -> new Lane());
    Lane.Waiter waiter = lane.join(charge);
    boolean granted = false;
    try {
      while (true) {
        Instant now = venueNow.get();
        int before = lane.before(waiter);
        Duration wait = lane.guess(before, charge.priority(), now);
        if (before == 0) {
          switch (first(lane, waiter, charge, venueNow)) {
            case Grant.Granted paid -> {
              granted = true;
              return paid;
            }
            case Grant.Blocked blocked -> {
              return blocked;
            }
            case Grant.Full(Instant next) -> wait = Duration.between(now, next).plus(turns());
          }
        }
        Duration left = Duration.between(pace.instant(), giveUp);
        if (!left.isPositive()) {
          return new Grant.Full(now.plus(wait.isPositive() ? wait : SETTLE));
        }
        pace.pause(shortest(shortest(wait, left), LOOK));
      }
    } finally {
      lane.leave(waiter, granted);
    }
  }

  /** Processes that were told the same instant take turns by chance. */
  private Duration turns() {
    return Duration.ofNanos(random.nextLong(TURNS.toNanos()));
  }

  private static Duration shortest(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private Grant first(Lane lane, Lane.Waiter waiter, Charge charge, Supplier<Instant> venueNow)
      throws InterruptedException {
    lane.asking.lockInterruptibly();
    try {
      Instant now = venueNow.get();
      Instant notBefore = lane.notBefore(charge.priority(), now);
      if (lane.before(waiter) > 0 || notBefore.isAfter(now)) {
        return new Grant.Full(notBefore.isAfter(now) ? notBefore : now.plus(SETTLE));
      }
      return ask(lane, charge, now);
    } finally {
      lane.asking.unlock();
    }
  }

  private Grant ask(Lane lane, Charge charge, Instant now) {
    AtomicReference<Grant> answer = new AtomicReference<>(new Grant.Full(now));
    rows.inTurn(
        charge.row(settings.address()),
        charge.pool(),
        found -> {
          Optional<Grant.Blocked> blocked = blocked(found, now);
          if (blocked.isPresent()) {
            answer.set(blocked.get());
            return new Wish.Leave();
          }
          boolean probe = found.gate() != null && found.gate().cause().equals(BudgetRows.BANNED);
          return turn(lane, charge, found.stretch().at(now), now, probe, answer);
        });
    return Objects.requireNonNull(answer.get());
  }

  private static Optional<Grant.Blocked> blocked(BudgetRows.Found found, Instant now) {
    BudgetRows.Stop gate = found.gate();
    if (gate != null && !gate.over(now)) {
      return Optional.of(
          new Grant.Blocked(gate.until(), Verdict.Scope.EGRESS_ADDRESS, gate.cause()));
    }
    BudgetRows.Stop own = found.own();
    return own == null || own.over(now)
        ? Optional.empty()
        : Optional.of(new Grant.Blocked(own.until(), Verdict.Scope.POOL, own.cause()));
  }

  private Wish turn(
      Lane lane,
      Charge charge,
      Stretch stretch,
      Instant now,
      boolean probe,
      AtomicReference<Grant> answer) {
    Stretch.Room room = limits.room(charge, stretch.urgentWaits(now));
    Instant earliest = stretch.earliest(charge.weight(), room, now);
    Priority priority = charge.priority();
    if (earliest.isAfter(now)) {
      answer.set(new Grant.Full(earliest));
      lane.later(priority, earliest);
      boolean news =
          priority.urgent() && stretch.urgent(now.plus(URGENT), now.plus(URGENT.dividedBy(2)));
      return news ? new Wish.Keep() : new Wish.Leave();
    }
    stretch.charge(charge.weight(), room, now);
    Instant begin = calendar(charge.pool(), now);
    Grant.Granted granted =
        new Grant.Granted(
            charge, begin, stretch.usedSince(begin), stretch.newest(), stretch.used(now), probe);
    answer.set(granted);
    lane.learn(granted, stretch.earliest(charge.weight(), room, now), now);
    return probe ? new Wish.KeepAndProbe(now.plus(PROBE)) : new Wish.Keep();
  }

  /**
   * A charged call is over. A late answer is counted where it came; what the venue says was used
   * counts where it is more than what we know of, and never less: calls under way are charged here
   * and not yet seen there. A number below what we had when the call was charged, told after the
   * calendar window ended, is the next window's.
   *
   * @param told used weight by the venue's count; negative when it did not say
   */
  void settle(Grant.Granted granted, int told, Instant now) {
    Charge charge = granted.charge();
    Lane lane = lanes.computeIfAbsent(charge.key(), key -> new Lane());
    Instant begin = calendar(charge.pool(), now);
    boolean later = begin.isAfter(granted.window()) && told < granted.used();
    Instant counted = later ? begin : granted.window();
    boolean inTime = Stretch.of(charge.pool()).covers(granted.slot(), now);
    boolean known = lane.knows(counted, told) || (!later && told <= granted.used());
    if (inTime && known) {
      return;
    }
    rows.inTurn(
        charge.row(settings.address()),
        charge.pool(),
        found -> {
          Stretch stretch = found.stretch().at(now);
          int charged = stretch.usedSince(counted);
          if (!inTime) {
            stretch.move(charge.weight(), granted.slot());
          }
          stretch.add(Math.max(0, told - charged));
          lane.known(counted, Math.max(told, charged));
          return inTime && told <= charged ? new Wish.Leave() : new Wish.Keep();
        });
  }

  /**
   * Stops what the venue said, for as long as it said; until its next window when it did not say,
   * and never for longer than the longest ban it knows. Tells the end.
   */
  Instant stop(Charge charge, Verdict.Wait wait, Instant now) {
    Duration asked = wait.atLeast();
    Instant until =
        asked == null || !asked.isPositive()
            ? nextWindow(charge.pool(), now)
            : now.plus(shortest(asked, LONGEST_STOP));
    block(charge, wait.scope(), until, wait.banned());
    return until;
  }

  /** Stops a pool, or the whole place, until an instant; a longer stop stays. */
  void block(Charge charge, Verdict.Scope scope, Instant until, boolean banned) {
    String why = banned ? BudgetRows.BANNED : BudgetRows.LIMITED;
    switch (scope) {
      case POOL -> rows.block(charge.address(settings.address()), charge.key(), until, why);
      case EGRESS_ADDRESS -> rows.block(settings.address(), charge.place(), until, why);
    }
  }

  /** The probe got an answer: the ban is over. */
  void lift(Charge charge) {
    rows.lift(settings.address(), charge.place());
  }

  /** Start of the pool's next window, and a little more so that not all come at once. */
  private Instant nextWindow(Pool pool, Instant now) {
    return calendar(pool, now).plus(pool.window()).plus(jitter(pool));
  }

  /** The weight that the share allows in any stretch of the pool's window. */
  int share(Charge charge) {
    return limits.share(charge);
  }

  private static Instant calendar(Pool pool, Instant now) {
    long length = pool.window().toMillis();
    return Instant.ofEpochMilli(Math.floorDiv(now.toEpochMilli(), length) * length);
  }

  private Duration jitter(Pool pool) {
    Duration most = pool.window().dividedBy(4);
    long millis = shortest(most, MOST_JITTER).toMillis();
    return SETTLE.plusMillis(random.nextLong(millis + 1));
  }
}
