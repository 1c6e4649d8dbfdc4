package io.tallystick.sync.search;

import io.tallystick.venue.Market;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an account that may tell in which markets it traded.
 *
 * @param seen assets that any record or report named
 * @param residuals what the venue reports beyond what is booked, over all wallets; never zero
 * @param silent seen assets that no booked record touched: something happened that was not read
 * @param moved when each asset's reported balance last changed
 * @param answered when each market last gave a whole answer
 * @param traded markets in which fills were found
 */
public record Clues(
    Set<String> seen,
    Map<String, BigDecimal> residuals,
    Set<String> silent,
    Map<String, Instant> moved,
    Map<String, Instant> answered,
    Set<String> traded) {
  public Clues {
    seen = Set.copyOf(seen);
    residuals = Map.copyOf(residuals);
    silent = Set.copyOf(silent);
    moved = Map.copyOf(moved);
    answered = Map.copyOf(answered);
    traded = Set.copyOf(traded);
  }

  /** Whether both assets of the market were seen. */
  public boolean names(Market market) {
    return seen.contains(market.base()) && seen.contains(market.quote());
  }

  /** Whether something happened to this asset that no booked record tells. */
  public boolean unexplained(String asset) {
    return residuals.containsKey(asset) || silent.contains(asset);
  }

  /**
   * In which of these markets something happened that was not read: the base asset is unexplained.
   * Where no market of a quote asset shows that, but the quote itself is unexplained, any of its
   * markets may be it. Nothing is said of markets that are null, or have an asset never seen.
   */
  public Set<String> flowing(Collection<@Nullable Market> markets) {
    Set<String> flowing = new HashSet<>();
    Set<String> quotes = new HashSet<>();
    for (Market market : markets) {
      if (market != null && names(market) && unexplained(market.base())) {
        flowing.add(market.symbol());
        quotes.add(market.quote());
      }
    }
    for (Market market : markets) {
      if (market != null
          && names(market)
          && !quotes.contains(market.quote())
          && unexplained(market.quote())) {
        flowing.add(market.symbol());
      }
    }
    return flowing;
  }

  /** Whether a balance that the market moves is unexplained; false for null. */
  public boolean touchedByResidual(@Nullable Market market) {
    return market != null
        && (residuals.containsKey(market.base()) || residuals.containsKey(market.quote()));
  }

  /** When the balance of either of a market's assets last changed; null when none did. */
  public @Nullable Instant lastMoved(Market market) {
    Instant base = moved.get(market.base());
    Instant quote = moved.get(market.quote());
    return base == null || (quote != null && quote.isAfter(base)) ? quote : base;
  }

  /** The same with other markets taken for traded. */
  public Clues tradedIn(Set<String> markets) {
    return new Clues(seen, residuals, silent, moved, answered, markets);
  }

  /** Whether the asset's balance changed at this instant or later. */
  boolean movedSince(String asset, Instant instant) {
    Instant at = moved.get(asset);
    return at != null && !at.isBefore(instant);
  }

  @Nullable Instant answeredAt(Market market) {
    return answered.get(market.symbol());
  }
}
