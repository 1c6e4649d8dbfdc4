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
import java.util.Set;
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

  /** The part of a window, one in so many, in which a count may still be the last window's. */
  private static final int EDGE = 20;

  private static final Duration SETTLE = Duration.ofMillis(100);
  private static final Duration MOST_JITTER = Duration.ofSeconds(1);
  private static final Duration TURNS = Duration.ofMillis(25);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final BudgetRows rows;
  private final Pace pace;
  private final RandomGenerator random;
  private final EgressSettings settings;
  private final Limits limits;
  private final long process;
  private final Lanes lanes = new Lanes();

  /** A budget kept in this database. */
  public Budget(DataSource database, Pace pace, RandomGenerator random, EgressSettings settings) {
    this.rows = new BudgetRows(database);
    this.pace = pace;
    this.random = random;
    this.settings = settings;
    this.limits = new Limits(settings);
    this.process = random.nextLong() | 1;
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
   * of it shares but these, by name; empty when there is none. Not within a transaction.
   */
  public Optional<Block> blocked(
      String venue, String environment, Set<String> beside, Instant now) {
    return rows.stop(settings.address(), venue + "/" + environment, beside)
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
      return new Grant.Full(charge.window(venueNow.get()).plus(charge.pool().window()));
    }
    Instant giveUp = pace.instant().plus(charge.alone() ? LOOK : settings.patience());
    Lane lane = lanes.of(charge.key());
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
        pace.pause(shortest(shortest(wait, left), look(charge)));
      }
    } finally {
      lane.leave(waiter, granted);
    }
  }

  /** How long one waits without a look; who is urgent reminds the others of it by looking. */
  private static Duration look(Charge charge) {
    return charge.priority().urgent() ? URGENT.dividedBy(2) : LOOK;
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
      Instant notBefore = lane.notBefore(charge.priority(), now, look(charge));
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
          Optional<Grant.Blocked> blocked = found.blocked(now);
          if (blocked.isPresent()) {
            answer.set(blocked.get());
            return new Wish.Leave();
          }
          return turn(lane, charge, found.stretch().at(now), now, found.probes(), answer);
        });
    return Objects.requireNonNull(answer.get());
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
          priority.urgent()
              ? stretch.urgent(charge.weight(), now.plus(URGENT), now.plus(URGENT.dividedBy(2)))
              : !priority.yields() && stretch.promise(process, earliest, now);
      return news ? new Wish.Keep() : new Wish.Leave();
    }
    if (!priority.urgent() && stretch.promisedToAnother(process, now)) {
      answer.set(new Grant.Full(now.plus(SETTLE)));
      return new Wish.Leave();
    }
    stretch.took(process);
    stretch.charge(charge.weight(), room, now);
    Instant begin = charge.window(now);
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
   * and not yet seen there. Around the edge of a calendar window a number may be of either side:
   * clocks are not that exact, and the next answers tell.
   *
   * @param told used weight by the venue's count; negative when it did not say
   */
  void settle(Grant.Granted granted, int told, Instant now) {
    Charge charge = granted.charge();
    Lane lane = lanes.of(charge.key());
    Duration length = charge.pool().window();
    Instant begin = charge.window(now);
    Instant before = charge.window(now.minus(length.dividedBy(EDGE)));
    Instant first = before.isBefore(granted.window()) ? before : granted.window();
    boolean inTime = Stretch.of(charge.pool()).covers(granted.slot(), now);
    if (inTime && (told <= granted.used() || lane.knows(told, first.isBefore(begin)))) {
      return;
    }
    rows.inTurn(
        charge.row(settings.address()),
        charge.pool(),
        found -> {
          Stretch stretch = found.stretch().at(now);
          int earlier = first.isBefore(begin) ? stretch.usedSince(first) : 0;
          int charged = earlier + stretch.usedSince(begin);
          if (!inTime) {
            stretch.move(charge.weight(), granted.slot());
          }
          stretch.add(Math.max(0, told - charged));
          lane.known(begin, stretch.usedSince(begin));
          return inTime && told <= charged ? new Wish.Leave() : new Wish.Keep();
        });
  }

  /**
   * When a stop that the venue ordered ends: after as long as it said; with its next window when it
   * did not say, and never later than the longest ban it knows.
   */
  Instant until(Charge charge, Verdict.Wait wait, Instant now) {
    Duration asked = wait.atLeast();
    return asked == null || !asked.isPositive()
        ? nextWindow(charge, now)
        : now.plus(shortest(asked, LONGEST_STOP));
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
  private Instant nextWindow(Charge charge, Instant now) {
    Pool pool = charge.pool();
    return charge.window(now).plus(pool.window()).plus(jitter(pool));
  }

  /** The weight that the share allows in any stretch of the pool's window. */
  int share(Charge charge) {
    return limits.share(charge);
  }

  private Duration jitter(Pool pool) {
    Duration most = pool.window().dividedBy(4);
    long millis = shortest(most, MOST_JITTER).toMillis();
    return SETTLE.plusMillis(random.nextLong(millis + 1));
  }
}
