package io.tallystick.valuation;

import io.tallystick.egress.Environments;
import io.tallystick.egress.Gateway;
import io.tallystick.egress.Outcome;
import io.tallystick.egress.Priority;
import io.tallystick.egress.Target;
import io.tallystick.kernel.Pace;
import io.tallystick.tenancy.Transactions;
import io.tallystick.venue.Call;
import io.tallystick.venue.Candle;
import io.tallystick.venue.Market;
import io.tallystick.venue.Venue;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Fetches candles of a venue where a price is missing, and keeps them for everybody. Goes the one
 * way out, at the lowest priority; what does not come is missing as before. Never inside a
 * transaction.
 */
@ApplicationScoped
public class Candles {
  // More is fetched the next time.
  private static final int MOST_CALLS = 1000;

  // What did not come is asked again after this time, and not with every report.
  private static final Duration PATIENCE = Duration.ofHours(6);
  private static final int MOST_REMEMBERED = 50_000;

  private final Gateway gateway;
  private final Environments environments;
  private final Transactions transactions;
  private final Pace pace;
  private final Map<Asked, Instant> asked = new ConcurrentHashMap<>();

  Candles(Gateway gateway, Environments environments, Transactions transactions, Pace pace) {
    this.gateway = gateway;
    this.environments = environments;
    this.transactions = transactions;
    this.pace = pace;
  }

  /** A price that is missing. */
  public record Need(String asset, Instant at) {}

  private record Asked(String place, String currency, Need need) {}

  /**
   * Those of the needs that it is worth to {@link #fetch}: neither was the venue asked for them a
   * short while ago, nor is there nobody to ask.
   */
  public List<Need> worthwhile(
      String venueId, String environment, String currency, Collection<Need> needs) {
    if (environments.venue(venueId).isEmpty()
        || environments.find(venueId, environment).isEmpty()) {
      return List.of();
    }
    Instant since = pace.instant().minus(PATIENCE);
    String place = Valuation.place(venueId, environment);
    return needs.stream()
        .filter(need -> {
          Instant at = asked.get(new Asked(place, currency, need));
          return at == null || at.isBefore(since);
        })
        .toList();
  }

  private void remember(String place, String currency, Collection<Need> needs, Instant now) {
    if (asked.size() > MOST_REMEMBERED) {
      asked.values().removeIf(at -> at.isBefore(now.minus(PATIENCE)));
    }
    for (Need need : needs) {
      if (asked.size() <= MOST_REMEMBERED) {
        asked.put(new Asked(place, currency, need), now);
      }
    }
  }

  /**
   * Fetches what may tell missing prices.
   *
   * @param tenant only opens the transactions: candles belong to nobody
   * @return how many candles were new
   */
  public int fetch(
      long tenant, String venueId, String environment, String currency, Collection<Need> needs) {
    Venue venue = environments.venue(venueId).orElse(null);
    if (venue == null || environments.find(venueId, environment).isEmpty() || needs.isEmpty()) {
      return 0;
    }
    List<Market> listed =
        transactions.as(tenant, tx -> PriceStore.markets(tx, venueId, environment));
    Instant now = pace.instant();
    int fresh = 0;
    int calls = 0;
    boolean all = true;
    for (Map.Entry<Market, SortedSet<Instant>> market :
        wanted(listed, currency, needs).entrySet()) {
      Instant covered = Instant.MIN;
      for (Instant hour : market.getValue()) {
        Call call = venue.candlesCall(market.getKey().symbol(), hour);
        if (hour.isBefore(covered) || call == null) {
          continue;
        }
        if (calls++ >= MOST_CALLS) {
          all = false;
          break;
        }
        Target target = Target.open(venueId, environment, Priority.BACKFILL);
        if (!(gateway.send(target, call) instanceof Outcome.Answered answered)) {
          all = false;
          break;
        }
        List<Quote> quotes = new ArrayList<>();
        for (Candle candle : venue.candles(answered.answer())) {
          covered = candle.until();
          // One that is not over would be kept at a price that is not its last.
          if (candle.until().isAfter(now)) {
            break;
          }
          quotes.add(quote(market.getKey(), candle, Valuation.place(venueId, environment)));
        }
        fresh += transactions.as(tenant, tx -> PriceStore.publish(tx, quotes));
      }
    }
    if (all) {
      remember(Valuation.place(venueId, environment), currency, needs, now);
    }
    return fresh;
  }

  private static Quote quote(Market market, Candle candle, String origin) {
    return new Quote(
        Quote.Source.VENUE,
        market.base(),
        market.quote(),
        candle.from(),
        candle.until(),
        candle.close(),
        origin);
  }

  /** The markets between the asset, the currency and what leads from one to the other. */
  static Map<Market, SortedSet<Instant>> wanted(
      List<Market> listed, String currency, Collection<Need> needs) {
    Map<String, Market> byPair = new TreeMap<>();
    listed.forEach(market -> byPair.put(market.base() + "/" + market.quote(), market));
    Map<Market, SortedSet<Instant>> wanted = new LinkedHashMap<>();
    for (Need need : needs) {
      Instant hour = need.at().truncatedTo(ChronoUnit.HOURS);
      List<List<String>> pairs = new ArrayList<>(pairs(need.asset(), currency));
      if (pairs.stream().noneMatch(pair -> pair.contains(need.asset()) && isIn(byPair, pair))) {
        // The first of the other bridges that it is traded against.
        Prices.BRIDGES.stream()
            .map(bridge -> List.of(need.asset(), bridge))
            .filter(pair -> isIn(byPair, pair))
            .findFirst()
            .ifPresent(pair -> {
              pairs.add(pair);
              pairs.addAll(List.of(List.of(pair.get(1), currency), List.of(pair.get(1), "EUR")));
            });
      }
      for (List<String> pair : pairs) {
        for (String name : names(pair)) {
          Market market = byPair.get(name);
          if (market != null) {
            wanted.computeIfAbsent(market, _ -> new TreeSet<>()).add(hour);
          }
        }
      }
    }
    return wanted;
  }

  private static List<List<String>> pairs(String asset, String currency) {
    return List.of(
        List.of(asset, currency),
        List.of(asset, "EUR"),
        List.of(asset, "USDT"),
        List.of(asset, "BTC"),
        List.of("USDT", currency),
        List.of("USDT", "EUR"),
        List.of("BTC", "USDT"),
        List.of("BTC", currency),
        List.of("BTC", "EUR"));
  }

  private static List<String> names(List<String> pair) {
    return List.of(pair.get(0) + "/" + pair.get(1), pair.get(1) + "/" + pair.get(0));
  }

  private static boolean isIn(Map<String, Market> byPair, List<String> pair) {
    return names(pair).stream().anyMatch(byPair::containsKey);
  }
}
