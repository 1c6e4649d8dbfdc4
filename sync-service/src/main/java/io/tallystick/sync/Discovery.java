package io.tallystick.sync;

import io.tallystick.venue.Market;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which markets to ask for trades, and in which order. Evidence first: a market both of whose
 * assets were seen comes before one with a single seen asset, and what balances leave unexplained
 * comes before the rest. Nothing comes from memory, and the user is never asked.
 */
final class Discovery {
  /**
   * How long a whole answer of a market holds while nothing points to it: a week bounds what a
   * residual that no market explains may cost, and what a trade that left no trace may take to be
   * found.
   */
  static final Duration LATELY = Duration.ofDays(7);

  private Discovery() {}

  /**
   * Whether a market is to be asked: it never was, or not lately, or a balance of its assets moved
   * since.
   *
   * @param asked when each market last gave a whole answer
   * @param moved when each asset's balance last moved
   */
  static boolean due(
      Market market, Map<String, Instant> asked, Map<String, Instant> moved, Instant now) {
    Instant last = asked.get(market.symbol());
    return last == null
        || last.isBefore(now.minus(LATELY))
        || last.isAfter(now)
        || !last.isAfter(moved.getOrDefault(market.base(), Instant.MIN))
        || !last.isAfter(moved.getOrDefault(market.quote(), Instant.MIN));
  }

  /** Markets both of whose assets were seen, those that could explain a residual first. */
  static List<String> likely(
      Collection<Market> markets, Collection<String> seen, Collection<String> residuals) {
    Set<String> known = new HashSet<>(seen);
    return ranked(
        markets.stream()
            .filter(market -> known.contains(market.base()) && known.contains(market.quote()))
            .toList(),
        residuals);
  }

  /** Markets with one seen asset, where that asset's balance is not explained yet. */
  static List<String> possible(
      Collection<Market> markets, Collection<String> seen, Collection<String> residuals) {
    Set<String> known = new HashSet<>(seen);
    Set<String> open = new HashSet<>(residuals);
    return ranked(
        markets.stream()
            .filter(market -> known.contains(market.base()) != known.contains(market.quote()))
            .filter(market -> open.contains(market.base()) || open.contains(market.quote()))
            .toList(),
        residuals);
  }

  private static List<String> ranked(List<Market> markets, Collection<String> residuals) {
    Set<String> open = new HashSet<>(residuals);
    List<Market> ordered = new ArrayList<>(markets);
    ordered.sort(
        Comparator.comparingInt((Market market) ->
                -(open.contains(market.base()) ? 2 : 0) - (open.contains(market.quote()) ? 1 : 0))
            .thenComparing(Market::symbol));
    return ordered.stream().map(Market::symbol).toList();
  }
}
