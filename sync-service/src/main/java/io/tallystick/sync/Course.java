package io.tallystick.sync;

import io.tallystick.egress.Priority;
import io.tallystick.kernel.Pace;
import io.tallystick.sync.Steps.Step;
import io.tallystick.sync.Steps.Visit;
import io.tallystick.sync.search.Clues;
import io.tallystick.sync.search.Rounds;
import io.tallystick.sync.search.Search;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.venue.Market;
import io.tallystick.venue.Stream;
import io.tallystick.venue.Venue;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What one run reads, in which order: balances; what they show to have moved; the markets that
 * evidence names; orders of those; a slice of the rest; balances again while something stays
 * unexplained, so that derived and reported are of one moment.
 */
@ApplicationScoped
class Course {
  private final Transactions transactions;
  private final Steps steps;
  private final Histories histories;
  private final SyncSettings settings;
  private final Pace pace;

  Course(
      Transactions transactions,
      Steps steps,
      Histories histories,
      SyncSettings settings,
      Pace pace) {
    this.transactions = transactions;
    this.steps = steps;
    this.histories = histories;
    this.settings = settings;
    this.pace = pace;
  }

  /** One leg of the course; what ends the run, or that it was done. */
  @FunctionalInterface
  private interface Leg {
    Ending go();
  }

  /** Goes all of it. */
  Ending go(RunContext run, Venue venue) {
    Visit visit = new Visit(run, venue);
    List<Leg> legs =
        List.of(
            () -> whole(visit, "balances", Priority.BALANCES, visit.balances()),
            () -> again(visit),
            () -> histories(visit),
            () -> trades(visit),
            () -> orders(visit),
            () -> slow(visit),
            () -> sweep(visit),
            () -> closing(visit));
    for (Leg leg : legs) {
      Ending ending = leg.go();
      if (Steps.over(ending)) {
        return ending;
      }
    }
    return new Ending.Drained(0);
  }

  private Ending histories(Visit visit) {
    histories.anew(visit);
    Histories.Due due = histories.due(visit);
    for (Step step : due.slow()) {
      visit.slow.put(step, pace.instant());
      visit.run.progress().plan(step.stream().domain(), 1);
    }
    visit.tellSlow();
    return whole(visit, "history", Priority.BACKFILL, due.quick());
  }

  // Before the search goes on to what only a residual points at: these lists may explain it.
  private Ending slow(Visit visit) {
    Ending ending = steps.beside(visit, pace.instant());
    if (!visit.slow.isEmpty() && !Steps.over(ending)) {
      visit.run.phase("slow-history", Priority.BACKFILL);
    }
    while (!visit.slow.isEmpty() && !Steps.over(ending)) {
      ending = steps.awaitBeside(visit);
      ending = Steps.over(ending) ? ending : steps.beside(visit, pace.instant());
    }
    return ending;
  }

  private Ending whole(Visit visit, String phase, Priority priority, List<Step> todo) {
    visit.run.phase(phase, priority);
    return steps.all(visit, todo);
  }

  // A balance that stays unexplained while nothing moves, and of which no gap tells: a record came
  // later than anybody waits for, or an answer was not what it seemed. Then what could explain it
  // is read once more from its start; the same only after a week.
  private Ending again(Visit visit) {
    Instant now = pace.instant();
    for (Stream stream : visit.of(Stream.Partition.MARKET)) {
      Clues clues = clues(visit, stream);
      List<String> markets =
          clues.traded().stream()
              .filter(symbol -> clues.touchedByResidual(visit.run.listings().find(symbol)))
              .toList();
      if (clues.residuals().isEmpty()) {
        continue;
      }
      transactions.as(
          visit.link().tenant(),
          tx -> {
            ClueRows.Movement movement = ClueRows.movement(tx, visit.link());
            boolean settled =
                movement.any() != null && movement.any().plus(Rounds.SETTLING).isBefore(now);
            return settled && !Gaps.any(tx, visit.link()) ? restart(tx, visit, stream, markets) : 0;
          });
    }
    return new Ending.Drained(0);
  }

  private int restart(TenantTx tx, Visit visit, Stream trades, List<String> markets)
      throws SQLException {
    Instant now = pace.instant();
    int restarted = RestartRows.restart(tx, visit.link(), trades, markets, now);
    for (Stream stream : visit.of(Stream.Partition.NONE)) {
      restarted +=
          stream.tellsBalances()
              ? 0
              : RestartRows.restart(tx, visit.link(), stream, stream.parts(), now);
    }
    return restarted;
  }

  private Ending trades(Visit visit) {
    visit.run.phase("trades", Priority.BACKFILL);
    for (Stream stream : visit.of(Stream.Partition.MARKET)) {
      Ending ending = search(visit, stream);
      if (Steps.over(ending)) {
        return ending;
      }
    }
    return new Ending.Drained(0);
  }

  // Each find may name new assets and explain old ones: what to ask next is decided anew.
  private Ending search(Visit visit, Stream stream) {
    Catalogue.Loaded markets = visit.run.listings();
    Search search = new Search(markets.listed(), markets.removed(), pace.instant());
    Clues clues = clues(visit, stream);
    String symbol = search.next(clues);
    while (symbol != null) {
      boolean waiting = !visit.slow.isEmpty();
      boolean named = !waiting || search.anyNamed(clues);
      Ending aside = named ? steps.beside(visit, pace.instant()) : slow(visit);
      if (Steps.over(aside)) {
        return aside;
      }
      if (waiting && visit.slow.isEmpty()) {
        // The last of them is read: what it told may name markets, or leave nothing to explain.
        visit.run.phase("trades", Priority.BACKFILL);
        clues = clues(visit, stream);
      } else {
        visit.run.progress().planned(stream.domain(), search.left(clues));
        Ending ending = steps.ask(visit, stream, symbol);
        if (Steps.stops(visit, stream, ending)) {
          return ending;
        }
        boolean found = visit.fresh.contains(symbol);
        search.asked(symbol, found);
        clues = found ? clues(visit, stream) : clues;
      }
      symbol = search.next(clues);
    }
    List<String> turn = search.rotation(clues, clues.answered(), settings.interval());
    Ending ending = steps.each(visit, stream, turn);
    judge(visit, stream);
    return ending;
  }

  private Ending orders(Visit visit) {
    visit.run.phase("orders", Priority.BACKFILL);
    for (Stream stream : visit.of(Stream.Partition.TRADED_MARKET)) {
      Ending ending = steps.each(visit, stream, ordersDue(visit, stream));
      if (Steps.over(ending)) {
        return ending;
      }
    }
    return new Ending.Drained(0);
  }

  // Only where there are trades or open orders; again when a fill or a balance says that one moved.
  private List<String> ordersDue(Visit visit, Stream stream) {
    Instant now = pace.instant();
    Catalogue.Loaded markets = visit.run.listings();
    return transactions.as(
        visit.link().tenant(),
        tx -> {
          Set<String> traded = traded(tx, visit);
          Set<String> open = new LinkedHashSet<>(ClueRows.openOrderMarkets(tx, visit.link()));
          Set<String> due = new LinkedHashSet<>(visit.fresh);
          Set<String> pointed = new LinkedHashSet<>(traded);
          pointed.addAll(open);
          RefusedRows.leave(tx, visit.link(), stream, pointed, now);
          Clues clues = ClueRows.clues(tx, visit.link(), stream.name());
          for (String symbol : open) {
            Instant last = clues.answered().get(symbol);
            Market market = markets.find(symbol);
            if (market == null || Rounds.due(last, clues.lastMoved(market), now)) {
              due.add(symbol);
            }
          }
          for (String symbol : traded) {
            if (!clues.answered().containsKey(symbol)) {
              due.add(symbol);
            }
          }
          Search search = new Search(markets.listed(), List.of(), now);
          due.forEach(symbol -> search.asked(symbol, true));
          Clues ofOrders = clues.tradedIn(traded);
          due.addAll(search.rotation(ofOrders, clues.answered(), settings.interval()));
          return List.copyOf(due);
        });
  }

  private static Set<String> traded(TenantTx tx, Visit visit) throws SQLException {
    Set<String> traded = new LinkedHashSet<>();
    for (Stream stream : visit.of(Stream.Partition.MARKET)) {
      traded.addAll(Bookmarks.advanced(tx, visit.link(), stream.name()));
    }
    return traded;
  }

  // What nothing points to, a slice each run, trades first: so that completeness is not luck.
  private Ending sweep(Visit visit) {
    int left = visit.run.sweeps() ? settings.sweep() : 0;
    List<Stream> streams = new ArrayList<>(visit.of(Stream.Partition.MARKET));
    streams.addAll(visit.of(Stream.Partition.TRADED_MARKET));
    for (Stream stream : streams) {
      Clues clues = clues(visit, stream);
      List<String> slice =
          new Search(visit.run.listings().listed(), List.of(), pace.instant())
              .sweep(clues.answered(), left);
      left -= slice.size();
      if (slice.isEmpty()) {
        continue;
      }
      visit.run.phase("sweep", Priority.SWEEP);
      Ending ending = steps.each(visit, stream, slice);
      if (Steps.over(ending)) {
        return ending;
      }
      if (stream.partition() == Stream.Partition.MARKET) {
        judge(visit, stream);
      }
    }
    return new Ending.Drained(0);
  }

  private Ending closing(Visit visit) {
    List<Stream> trades = visit.of(Stream.Partition.MARKET);
    boolean open = trades.isEmpty() || !clues(visit, trades.getFirst()).residuals().isEmpty();
    return visit.run.progress().newRecords > 0 && open
        ? whole(visit, "closing-balances", Priority.BALANCES, visit.balances())
        : new Ending.Drained(0);
  }

  private Clues clues(Visit visit, Stream stream) {
    return transactions.as(
        visit.link().tenant(), tx -> ClueRows.clues(tx, visit.link(), stream.name()));
  }

  private void judge(Visit visit, Stream stream) {
    transactions.as(
        visit.link().tenant(),
        tx ->
            RefusedRows.judge(
                tx,
                visit.link(),
                stream,
                ClueRows.clues(tx, visit.link(), stream.name()),
                visit.run.listings(),
                pace.instant()));
  }
}
