package io.tallystick.sync;

import io.tallystick.egress.Budget;
import io.tallystick.egress.Gateway;
import io.tallystick.egress.Outcome;
import io.tallystick.egress.Target;
import io.tallystick.egress.Trace;
import io.tallystick.kernel.Pace;
import io.tallystick.tenancy.Sql;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.venue.Market;
import io.tallystick.venue.RemovedMarket;
import io.tallystick.venue.Stream;
import io.tallystick.venue.Venue;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What each venue lists: markets and limits. Read at most once an hour; every market ever seen is
 * kept, because a removed one still splits old trades into base and quote.
 */
@ApplicationScoped
class Catalogue {
  private static final Duration FRESH = Duration.ofHours(1);
  private static final Duration REFUSED_AGAIN = Duration.ofMinutes(5);

  private final Transactions transactions;
  private final Gateway gateway;
  private final Budget budget;
  private final Pace pace;
  private final Map<String, Loaded> loaded = new ConcurrentHashMap<>();
  private final Map<String, Turn> turns = new ConcurrentHashMap<>();

  Catalogue(Transactions transactions, Gateway gateway, Budget budget, Pace pace) {
    this.transactions = transactions;
    this.gateway = gateway;
    this.budget = budget;
    this.pace = pace;
  }

  /**
   * What is known of a venue's markets.
   *
   * @param all everything ever seen, by symbol
   * @param listed those in the venue's present catalogue
   * @param gone those that are not, by symbol, with the instant they were last known
   */
  record Loaded(Map<String, Market> all, List<Market> listed, Map<String, Instant> gone, Instant at)
      implements Stream.Markets {
    /** Before any was read. */
    static final Loaded NONE = new Loaded(Map.of(), List.of(), Map.of(), Instant.EPOCH);

    /** Markets that are listed no more. */
    List<Market> removed() {
      return all.values().stream().filter(market -> gone.containsKey(market.symbol())).toList();
    }

    @Override
    public @Nullable Market find(String symbol) {
      return all.get(symbol);
    }

    @Override
    public boolean lists(String asset) {
      return all.values().stream()
          .anyMatch(market -> market.base().equals(asset) || market.quote().equals(asset));
    }
  }

  /** The markets, read anew when older than an hour; else the outcome that prevented it. */
  sealed interface Result {
    /** The markets; the trace of the call that fetched them, null when none was made. */
    record Ready(Loaded markets, @Nullable Trace trace) implements Result {}

    record Failed(Outcome outcome) implements Result {}
  }

  /** The markets as last read, however long ago; null when they never were. */
  @Nullable Loaded known(String venue, String environment) {
    return loaded.get(venue + "/" + environment);
  }

  Result markets(Venue venue, Target target, long tenant) {
    String key = venue.id() + "/" + target.environment();
    Loaded known = loaded.get(key);
    if (known != null && fresh(known.at())) {
      return new Result.Ready(known, null);
    }
    Turn turn = turns.computeIfAbsent(key, _ -> new Turn());
    long before = turn.failures.get();
    if (known == null) {
      turn.lock.lock();
    } else if (!turn.lock.tryLock()) {
      return new Result.Ready(known, null);
    }
    try {
      Loaded meanwhile = loaded.get(key);
      if (meanwhile != null && fresh(meanwhile.at())) {
        return new Result.Ready(meanwhile, null);
      }
      Result.Failed failed = turn.last;
      if (failed != null && turn.failures.get() > before && known == null) {
        return failed;
      }
      return asked(venue, target, tenant, key, turn);
    } finally {
      turn.lock.unlock();
    }
  }

  /** Who asks for all: the answer is long and dear, and many runs begin at the same moment. */
  private static final class Turn {
    final ReentrantLock lock = new ReentrantLock();
    final AtomicLong failures = new AtomicLong();

    /** What came of it last, for those who waited for it; only under the lock. */
    Result.@Nullable Failed last;
  }

  private Result asked(Venue venue, Target target, long tenant, String key, Turn turn) {
    Outcome outcome = gateway.send(target, venue.catalogueCall());
    if (!(outcome instanceof Outcome.Answered answered)) {
      Loaded known = loaded.get(key);
      Result.Failed failed = new Result.Failed(outcome);
      turn.last = failed;
      turn.failures.incrementAndGet();
      return known == null ? failed : new Result.Ready(known, outcome.trace());
    }
    budget.learn(venue.id(), target.environment(), venue.limits(answered.answer()));
    List<Market> listed = venue.markets(answered.answer());
    Loaded fresh = store(venue, target.environment(), tenant, listed);
    loaded.put(key, fresh);
    return new Result.Ready(fresh, answered.trace());
  }

  /**
   * Says that the venue refused a market which it had listed: the catalogue is read anew at its
   * next use, unless it was a moment ago.
   */
  void refused(Venue venue, Target target, String symbol) {
    String key = venue.id() + "/" + target.environment();
    loaded.computeIfPresent(
        key,
        (name, known) -> {
          boolean lists = known.all().containsKey(symbol) && !known.gone().containsKey(symbol);
          boolean old = known.at().plus(REFUSED_AGAIN).isBefore(pace.instant());
          return lists && old
              ? new Loaded(known.all(), known.listed(), known.gone(), Instant.EPOCH)
              : known;
        });
  }

  /** Our own clock set back makes the age negative, and the reading old. */
  private boolean fresh(Instant at) {
    Duration age = Duration.between(at, pace.instant());
    return !age.isNegative() && age.compareTo(FRESH) < 0;
  }

  // Market rows belong to no tenant; the tenant only opens the transaction.
  private Loaded store(Venue venue, String environment, long tenant, List<Market> listed) {
    Instant now = pace.instant();
    return transactions.as(
        tenant,
        tx -> {
          tx.sql(
                  """
                  insert into market as m (venue, environment, symbol, base, quote, status,
                    first_seen, last_seen)
                  select ?, ?, symbol, base, quote, status, ?, ?
                  from unnest(?::text[], ?::text[], ?::text[], ?::text[])
                    as r(symbol, base, quote, status) order by symbol
                  on conflict (venue, environment, symbol) do update
                    set status = excluded.status, last_seen = excluded.last_seen
                    where m.status <> excluded.status
                      or m.last_seen < excluded.last_seen - interval '1 day'
                  """)
              .bind(venue.id(), environment, now, now)
              .bind(
                  listed.stream().map(Market::symbol).toArray(String[]::new),
                  listed.stream().map(Market::base).toArray(String[]::new),
                  listed.stream().map(Market::quote).toArray(String[]::new),
                  listed.stream().map(Market::status).toArray(String[]::new))
              .update();
          removed(tx, venue, environment);
          return all(tx, venue.id(), environment, listed, now);
        });
  }

  // What was written down as removed is remembered like what was seen; a later sight outweighs it.
  private static void removed(TenantTx tx, Venue venue, String environment) throws SQLException {
    List<RemovedMarket> gone = venue.removed(environment);
    tx.sql(
            """
            insert into market (venue, environment, symbol, base, quote, status, first_seen,
              last_seen)
            select ?, ?, symbol, base, quote, status, day, day
            from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[])
              as r(symbol, base, quote, status, day) order by symbol
            on conflict (venue, environment, symbol) do nothing
            """)
        .bind(venue.id(), environment)
        .bind(
            gone.stream().map(market -> market.market().symbol()).toArray(String[]::new),
            gone.stream().map(market -> market.market().base()).toArray(String[]::new),
            gone.stream().map(market -> market.market().quote()).toArray(String[]::new),
            gone.stream().map(market -> market.market().status()).toArray(String[]::new),
            gone.stream().map(market -> market.removedOn() + "T00:00:00Z").toArray(String[]::new))
        .update();
  }

  private static Loaded all(
      TenantTx tx, String venue, String environment, List<Market> listed, Instant now)
      throws SQLException {
    Set<String> there = listed.stream().map(Market::symbol).collect(Collectors.toSet());
    Map<String, Market> all = new HashMap<>();
    Map<String, Instant> gone = new HashMap<>();
    tx.sql(
            """
            select symbol, base, quote, status, last_seen from market
            where venue = ? and environment = ?
            """)
        .bind(venue, environment)
        .list(row -> {
          String symbol = row.getString(1);
          if (!there.contains(symbol)) {
            gone.put(symbol, Objects.requireNonNull(Sql.instant(row, "last_seen")));
          }
          return all.put(
              symbol, new Market(symbol, row.getString(2), row.getString(3), row.getString(4)));
        });
    return new Loaded(all, listed, gone, now);
  }
}
