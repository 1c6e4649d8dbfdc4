package io.tallystick.egress;

import io.tallystick.kernel.Pace;
import io.tallystick.venue.Pool;
import io.tallystick.venue.Verdict;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;

/**
 * One budget for each egress address and pool, shared by all workers and processes through the
 * database, counted in the venue's own fixed windows. All instants in here are the venue's time,
 * which every process agrees on whatever its own clock says.
 *
 * <p>Must not be called inside a transaction: each step is one short transaction of its own.
 */
public final class Budget {
  /** How long a probe after a ban has before another may try. */
  static final Duration PROBE = Duration.ofSeconds(30);

  private static final Duration SETTLE = Duration.ofMillis(100);
  private static final Duration MOST_JITTER = Duration.ofSeconds(1);

  private final BudgetRows rows;
  private final Pace pace;
  private final RandomGenerator random;
  private final EgressSettings settings;
  private final Map<String, Integer> announced = new ConcurrentHashMap<>();

  /** A budget kept in this database. */
  public Budget(DataSource database, Pace pace, RandomGenerator random, EgressSettings settings) {
    this.rows = new BudgetRows(database);
    this.pace = pace;
    this.random = random;
    this.settings = settings;
  }

  /** What came of asking for budget. */
  sealed interface Grant {
    /**
     * Charged.
     *
     * @param window start of the venue's window that pays
     * @param used weight used in it, this charge included
     * @param probe true for the one call that may try again after a ban
     */
    record Granted(Charge charge, Instant window, int used, boolean probe) implements Grant {}

    /** Everything of the scope stands still. */
    record Blocked(Instant until, Verdict.Scope scope, String cause) implements Grant {}

    /** The window is used up. */
    record Full(Instant next) implements Grant {}
  }

  /** A stop that a venue ordered, as it stands now. */
  public record Block(Instant until, String cause) {}

  /** Takes over the limits that a venue announced: pool name to weight a window. */
  public void learn(String venue, String environment, Map<String, Integer> limits) {
    limits.forEach((pool, limit) -> {
      if (limit > 0) {
        announced.put(venue + "/" + environment + "/" + pool, limit);
      }
    });
  }

  /** The stop that holds for a whole venue environment after this venue instant, if any. */
  public Optional<Block> blocked(String venue, String environment, Instant now) {
    return rows.gate(settings.address(), venue + "/" + environment)
        .filter(gate -> gate.until().isAfter(now));
  }

  /**
   * Charges the call, waiting for the next window while there is no room, until the patience that
   * the settings name is used up.
   *
   * @param venueNow reads the venue's time
   */
  Grant acquire(Charge charge, Supplier<Instant> venueNow) throws InterruptedException {
    Instant giveUp = pace.instant().plus(settings.patience());
    while (true) {
      Instant now = venueNow.get();
      switch (once(charge, now)) {
        case Grant.Granted granted -> {
          return granted;
        }
        case Grant.Blocked blocked -> {
          return blocked;
        }
        case Grant.Full full -> {
          Duration wait = Duration.between(now, full.next()).plus(jitter(charge.pool()));
          if (charge.weight() > limit(charge) || pace.instant().plus(wait).isAfter(giveUp)) {
            return full;
          }
          pace.pause(wait);
        }
      }
    }
  }

  private Grant once(Charge charge, Instant now) {
    Instant window = window(charge.pool(), now);
    Instant next = window.plus(charge.pool().window());
    if (charge.weight() > limit(charge)) {
      return new Grant.Full(next);
    }
    BudgetRows.Asked asked =
        new BudgetRows.Asked(
            address(charge), settings.address(), charge, window, next, room(charge));
    Optional<Grant.Granted> granted = rows.charge(asked, now, false);
    if (granted.isPresent()) {
      return granted.get();
    }
    Optional<Block> gate = rows.gate(settings.address(), charge.place());
    if (gate.isPresent() && gate.get().until().isAfter(now)) {
      return new Grant.Blocked(
          gate.get().until(), Verdict.Scope.EGRESS_ADDRESS, gate.get().cause());
    }
    Optional<Block> own = rows.gate(address(charge), charge.key());
    if (own.isPresent() && own.get().until().isAfter(now)) {
      return new Grant.Blocked(own.get().until(), Verdict.Scope.POOL, own.get().cause());
    }
    if (gate.isPresent() && rows.claimProbe(settings.address(), charge.place(), now)) {
      return probe(asked, now);
    }
    return gate.isPresent() && !gate.get().cause().equals(BudgetRows.LIMITED)
        // Somebody else was faster to probe; his answer decides.
        ? new Grant.Blocked(now.plus(PROBE), Verdict.Scope.EGRESS_ADDRESS, BudgetRows.BANNED)
        : new Grant.Full(next);
  }

  private Grant probe(BudgetRows.Asked asked, Instant now) {
    Optional<Grant.Granted> granted = rows.charge(asked, now, true);
    if (granted.isPresent()) {
      return granted.get();
    }
    rows.block(settings.address(), asked.charge().place(), asked.window(), now, BudgetRows.BANNED);
    return new Grant.Full(asked.next());
  }

  /**
   * Takes over what the venue says was used. Never lowers: calls under way are charged here and not
   * yet seen there. A number below what we had when the call was charged, told after the window
   * ended, is the next window's.
   */
  void correct(Grant.Granted granted, int told, Instant now) {
    Charge charge = granted.charge();
    Instant window = window(charge.pool(), now);
    boolean later = window.isAfter(granted.window()) && told < granted.used();
    rows.atLeast(address(charge), charge.key(), later ? window : granted.window(), told);
  }

  /** Stops a pool, or the whole place, until an instant; a longer stop stays. */
  void block(Charge charge, Verdict.Scope scope, Instant until, boolean banned, Instant now) {
    String why = banned ? BudgetRows.BANNED : BudgetRows.LIMITED;
    Instant window = window(charge.pool(), now);
    switch (scope) {
      case POOL -> rows.block(address(charge), charge.key(), window, until, why);
      case EGRESS_ADDRESS -> rows.block(settings.address(), charge.place(), window, until, why);
    }
  }

  /** The probe got an answer: the ban is over. */
  void lift(Charge charge) {
    rows.lift(settings.address(), charge.place());
  }

  /** Start of the pool's next window, and a little more so that not all come at once. */
  Instant nextWindow(Pool pool, Instant now) {
    return window(pool, now).plus(pool.window()).plus(jitter(pool));
  }

  private static Instant window(Pool pool, Instant now) {
    long length = pool.window().toMillis();
    return Instant.ofEpochMilli(Math.floorDiv(now.toEpochMilli(), length) * length);
  }

  private Duration jitter(Pool pool) {
    Duration most = pool.window().dividedBy(4);
    long millis = (most.compareTo(MOST_JITTER) < 0 ? most : MOST_JITTER).toMillis();
    return SETTLE.plusMillis(random.nextLong(millis + 1));
  }

  /** Accounts are counted by the venue wherever their calls come from. */
  private String address(Charge charge) {
    return switch (charge.pool().scope()) {
      case EGRESS_ADDRESS -> settings.address();
      case VENUE_ACCOUNT -> "any";
    };
  }

  private int limit(Charge charge) {
    return announced.getOrDefault(
        charge.place() + "/" + charge.pool().name(), charge.pool().limit());
  }

  /** The weight that calls of this priority may bring the window to. */
  private int room(Charge charge) {
    BigDecimal part = settings.share();
    if (!charge.priority().mayUseReserve()) {
      part = part.multiply(BigDecimal.ONE.subtract(settings.reserve()));
    }
    return BigDecimal.valueOf(limit(charge))
        .multiply(part)
        .setScale(0, RoundingMode.FLOOR)
        .intValueExact();
  }
}
