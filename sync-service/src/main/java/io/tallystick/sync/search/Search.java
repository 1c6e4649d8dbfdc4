package io.tallystick.sync.search;

import io.tallystick.venue.Market;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the markets in which an account traded, one question after the other: no venue lists them.
 *
 * <p>Markets both of whose assets were seen come first, those with one seen and unexplained asset
 * next; the rest is left to the sweep. Within these, what balances leave unexplained decides: a
 * fill must have moved both sides, so an asset whose balance is explained drops behind, and the
 * last market that could explain one comes to the front. How often each quote asset was a hit is
 * learned on the way. Nothing comes from memory, and the user is never asked.
 */
public final class Search {
  /** How much more a residual, or an asset nobody booked, tells than an explained balance. */
  private static final long RESIDUAL = 20;

  private static final long SILENT = 12;
  private static final long MILLION = 1_000_000;

  private final List<Market> listed;
  private final List<Market> removed;
  private final Instant now;
  private final Set<String> asked = new HashSet<>();
  private final Map<String, Integer> asks = new HashMap<>();
  private final Map<String, Integer> hits = new HashMap<>();
  private final Map<String, Integer> pairs = new HashMap<>();
  private int mostPairs = 1;

  /**
   * Begins a search.
   *
   * @param listed what the venue lists now
   * @param removed what it once listed; asked only where both assets were seen
   */
  public Search(Collection<Market> listed, Collection<Market> removed, Instant now) {
    Comparator<Market> order = Comparator.comparing(Market::symbol);
    this.listed = listed.stream().sorted(order).toList();
    this.removed = removed.stream().sorted(order).toList();
    this.now = now;
    for (Market market : listed) {
      mostPairs = Math.max(mostPairs, pairs.merge(market.quote(), 1, Integer::sum));
    }
  }

  /** The market to ask next; null when nothing points to any. */
  public @Nullable String next(Clues clues) {
    Market named = best(named(clues), clues);
    if (named != null) {
      return named.symbol();
    }
    Market possible = best(possible(clues), clues);
    return possible == null ? null : possible.symbol();
  }

  /** Whether a market both of whose assets were seen is still to be asked. */
  public boolean anyNamed(Clues clues) {
    return !named(clues).isEmpty();
  }

  /** How many markets something points to and that were not asked yet. */
  public int left(Clues clues) {
    return named(clues).size() + possible(clues).size();
  }

  /** Notes that a market was asked, and whether there was anything new. */
  public void asked(String symbol, boolean found) {
    asked.add(symbol);
    Stream.concat(listed.stream(), removed.stream())
        .filter(market -> market.symbol().equals(symbol))
        .findFirst()
        .ifPresent(market -> {
          asks.merge(market.quote(), 1, Integer::sum);
          hits.merge(market.quote(), found ? 1 : 0, Integer::sum);
        });
  }

  /** Markets that nothing points to and that never gave an answer, so many at most. */
  public List<String> sweep(Map<String, Instant> answered, int most) {
    return listed.stream()
        .filter(market -> !asked.contains(market.symbol()))
        .filter(market -> !answered.containsKey(market.symbol()))
        .sorted(
            Comparator.comparingLong((Market market) -> -rate(market.quote()))
                .thenComparing(Market::symbol))
        .limit(most)
        .map(Market::symbol)
        .toList();
  }

  /**
   * Markets whose turn of the slow rotation has come, the longest silent first: those with trades
   * every week, those that evidence names every month, the others every quarter.
   *
   * @param answered when each last gave a whole answer, to the question that is to be asked
   * @param interval how often there is a run
   */
  public List<String> rotation(Clues clues, Map<String, Instant> answered, Duration interval) {
    return Stream.of(
            turn(answered, interval, Rounds.TRADED, market -> traded(clues, market)),
            turn(
                answered,
                interval,
                Rounds.NAMED,
                market -> !traded(clues, market) && clues.names(market)),
            turn(
                answered,
                interval,
                Rounds.OTHERS,
                market -> !traded(clues, market) && !clues.names(market)))
        .flatMap(List::stream)
        .toList();
  }

  private static boolean traded(Clues clues, Market market) {
    return clues.traded().contains(market.symbol());
  }

  private List<String> turn(
      Map<String, Instant> answered, Duration interval, Duration period, Predicate<Market> which) {
    List<Market> all = listed.stream().filter(which).toList();
    return all.stream()
        .filter(market -> answered.containsKey(market.symbol()) && !asked.contains(market.symbol()))
        .filter(market -> Rounds.overdue(answered.get(market.symbol()), now, period))
        .sorted(
            Comparator.comparing((Market market) -> answered.getOrDefault(market.symbol(), now))
                .thenComparing(Market::symbol))
        .limit(Rounds.turn(all.size(), interval, period))
        .map(Market::symbol)
        .toList();
  }

  private List<Market> named(Clues clues) {
    return Stream.concat(listed.stream(), removed.stream())
        .filter(market -> !asked.contains(market.symbol()) && clues.names(market))
        .filter(market -> again(clues, market))
        .toList();
  }

  private List<Market> possible(Clues clues) {
    return listed.stream()
        .filter(market -> !asked.contains(market.symbol()))
        .filter(
            market -> clues.seen().contains(market.base()) != clues.seen().contains(market.quote()))
        .filter(market -> residual(clues, market))
        .filter(market -> Rounds.overdue(clues.answeredAt(market), now, Rounds.TRADED))
        .toList();
  }

  private static boolean residual(Clues clues, Market market) {
    return clues.residuals().containsKey(market.base())
        || clues.residuals().containsKey(market.quote());
  }

  /**
   * Whether a market that evidence names is to be asked: always once; again when both its assets
   * moved since and something is unexplained; where only one did, at most daily, so that a residual
   * which no market explains does not cost its whole asset each time.
   */
  private boolean again(Clues clues, Market market) {
    Instant last = clues.answeredAt(market);
    if (last == null || last.isAfter(now)) {
      return true;
    }
    if (!residual(clues, market)) {
      return false;
    }
    // What moved just before the answer may have become visible just after it: once more, later.
    boolean settled = !last.plus(Rounds.SETTLING).isAfter(now);
    Instant since = settled ? last.minus(Rounds.SETTLING) : last;
    boolean base = clues.movedSince(market.base(), since);
    boolean quote = clues.movedSince(market.quote(), since);
    return (base && quote)
        || ((base || quote) && Rounds.overdue(last, now, Rounds.STREAMS))
        || Rounds.overdue(last, now, Rounds.TRADED);
  }

  private @Nullable Market best(List<Market> candidates, Clues clues) {
    Map<String, Long> ofBase = new HashMap<>();
    for (Market market : candidates) {
      ofBase.merge(market.base(), rate(market.quote()), Long::sum);
    }
    Market best = null;
    long most = -1;
    for (Market market : candidates) {
      // The odds that it is this market, and not another of the same base, which was traded.
      long odds = MILLION * rate(market.quote()) / ofBase.getOrDefault(market.base(), MILLION);
      long score = odds * weight(clues, market.base()) * weight(clues, market.quote());
      score *= opposite(clues, market) ? 2 : 1;
      score *= clues.traded().contains(market.symbol()) ? 2 : 1;
      if (score > most) {
        best = market;
        most = score;
      }
    }
    return best;
  }

  private static long weight(Clues clues, String asset) {
    if (clues.residuals().containsKey(asset)) {
      return RESIDUAL;
    }
    return clues.silent().contains(asset) ? SILENT : 1;
  }

  /** One side grew and the other shrank, as a fill does it. */
  private static boolean opposite(Clues clues, Market market) {
    BigDecimal base = clues.residuals().get(market.base());
    BigDecimal quote = clues.residuals().get(market.quote());
    return base != null && quote != null && base.signum() * quote.signum() < 0;
  }

  /** How likely a question in this quote is a hit, in millionths; at first by how much it lists. */
  private long rate(String quote) {
    long prior = MILLION * pairs.getOrDefault(quote, 1) / mostPairs;
    int questions = asks.getOrDefault(quote, 0);
    int found = hits.getOrDefault(quote, 0);
    return Math.max(1, (prior + MILLION * found) / (questions + 1));
  }
}
