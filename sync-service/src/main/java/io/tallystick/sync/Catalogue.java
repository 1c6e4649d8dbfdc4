package io.tallystick.sync;

import io.tallystick.egress.Budget;
import io.tallystick.egress.Gateway;
import io.tallystick.egress.Outcome;
import io.tallystick.egress.Target;
import io.tallystick.egress.Trace;
import io.tallystick.kernel.Pace;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.venue.Market;
import io.tallystick.venue.Stream;
import io.tallystick.venue.Venue;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What each venue lists: markets and limits. Read at most once an hour; every market ever seen is
 * kept, because a removed one still splits old trades into base and quote.
 */
@ApplicationScoped
class Catalogue {
  private static final Duration FRESH = Duration.ofHours(1);

  private final Transactions transactions;
  private final Gateway gateway;
  private final Budget budget;
  private final Pace pace;
  private final Map<String, Loaded> loaded = new ConcurrentHashMap<>();

  Catalogue(Transactions transactions, Gateway gateway, Budget budget, Pace pace) {
    this.transactions = transactions;
    this.gateway = gateway;
    this.budget = budget;
    this.pace = pace;
  }

  /** Markets by symbol; {@code listed} are those in the venue's present catalogue. */
  record Loaded(Map<String, Market> all, List<Market> listed, Instant at)
      implements Stream.Markets {
    /** Before any was read. */
    static final Loaded NONE = new Loaded(Map.of(), List.of(), Instant.EPOCH);

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

  Result markets(Venue venue, Target target, long tenant) {
    String key = venue.id() + "/" + target.environment();
    Loaded known = loaded.get(key);
    if (known != null && fresh(known.at())) {
      return new Result.Ready(known, null);
    }
    Outcome outcome = gateway.send(target, venue.catalogueCall());
    if (!(outcome instanceof Outcome.Answered answered)) {
      return known == null ? new Result.Failed(outcome) : new Result.Ready(known, outcome.trace());
    }
    budget.learn(venue.id(), target.environment(), venue.limits(answered.answer()));
    List<Market> listed = venue.markets(answered.answer());
    Loaded fresh = store(venue, target.environment(), tenant, listed);
    loaded.put(key, fresh);
    return new Result.Ready(fresh, answered.trace());
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
          return new Loaded(all(tx, venue.id(), environment), listed, now);
        });
  }

  private static Map<String, Market> all(TenantTx tx, String venue, String environment)
      throws SQLException {
    Map<String, Market> all = new HashMap<>();
    tx.sql("select symbol, base, quote, status from market where venue = ? and environment = ?")
        .bind(venue, environment)
        .list(row ->
            all.put(
                row.getString(1),
                new Market(
                    row.getString(1), row.getString(2), row.getString(3), row.getString(4))));
    return all;
  }
}
