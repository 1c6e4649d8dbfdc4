package io.tallystick.valuation;

import io.tallystick.valuation.Quote.Source;
import io.tallystick.valuation.Valued.Hop;
import io.tallystick.valuation.Valued.Priced;
import io.tallystick.valuation.Valued.Unpriced;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Looks prices up among quotes, by one rule: the venue itself, directly, then through a currency,
 * then through a stablecoin or BTC; then a file that a person gave. A stablecoin is worth what it
 * was traded for, never one by assumption. A quote answers for its own time only; a central bank's
 * rate also for the days after it on which none was set.
 */
public final class Prices {
  /** Assets through which a price may be led when there is no direct market, in this order. */
  public static final List<String> BRIDGES =
      List.of("USDT", "USDC", "FDUSD", "BUSD", "TUSD", "BTC");

  /** Currencies that have reference rates; money, not lots, in every report. */
  public static final Set<String> CURRENCIES =
      Collections.unmodifiableSortedSet(
          new TreeSet<>(
              List.of(
                  "AUD", "BGN", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD",
                  "HUF", "IDR", "ILS", "INR", "ISK", "JPY", "KRW", "MXN", "MYR", "NOK", "NZD",
                  "PHP", "PLN", "RON", "SEK", "SGD", "THB", "TRY", "USD", "ZAR")));

  private static final String HUB = "EUR";
  // The longest time without a rate: Christmas or Easter with the weekends beside it.
  private static final Duration REST = Duration.ofDays(7);

  private final Map<Series, NavigableMap<Instant, Quote>> series = new HashMap<>();

  private record Series(Source source, String base, String quote) {}

  /** Prices among these quotes; of two for the same time the first in order counts. */
  public Prices(Collection<Quote> quotes) {
    for (Quote quote : new TreeSet<>(quotes)) {
      series
          .computeIfAbsent(
              new Series(quote.source(), quote.base(), quote.quote()), _ -> new TreeMap<>())
          .putIfAbsent(quote.from(), quote);
    }
  }

  /** What one unit of the asset was worth in the currency then. */
  public Valued value(String asset, String currency, Instant at) {
    if (asset.equals(currency)) {
      return new Priced(BigDecimal.ONE, List.of());
    }
    List<Hop> route = venue(asset, currency, at);
    if (route == null) {
      route = rates(asset, currency, at);
    }
    if (route == null) {
      route = file(asset, currency, at);
    }
    return route == null ? new Unpriced(asset, currency, at) : priced(route);
  }

  private @Nullable List<Hop> venue(String asset, String currency, Instant at) {
    List<Hop> direct = toMoney(asset, currency, at);
    if (direct != null) {
      return direct;
    }
    for (String bridge : BRIDGES) {
      Hop first = hop(Source.VENUE, asset, bridge, at);
      List<Hop> rest = first == null ? null : toMoney(bridge, currency, at);
      if (first != null && rest != null) {
        return joined(first, rest);
      }
    }
    return null;
  }

  // One market of the venue into the currency, or into another one and by its rate.
  private @Nullable List<Hop> toMoney(String asset, String currency, Instant at) {
    Hop direct = hop(Source.VENUE, asset, currency, at);
    if (direct != null) {
      return List.of(direct);
    }
    for (String money : moneys()) {
      Hop first = hop(Source.VENUE, asset, money, at);
      List<Hop> rest = first == null ? null : rates(money, currency, at);
      if (first != null && rest != null) {
        return joined(first, rest);
      }
    }
    return null;
  }

  private @Nullable List<Hop> file(String asset, String currency, Instant at) {
    Hop direct = hop(Source.FILE, asset, currency, at);
    if (direct != null) {
      return List.of(direct);
    }
    for (String money : moneys()) {
      Hop first = hop(Source.FILE, asset, money, at);
      List<Hop> rest = first == null ? null : rates(money, currency, at);
      if (first != null && rest != null) {
        return joined(first, rest);
      }
    }
    for (String bridge : BRIDGES) {
      Hop toBridge = hop(Source.VENUE, asset, bridge, at);
      Hop first = toBridge == null ? hop(Source.FILE, asset, bridge, at) : toBridge;
      if (first == null || bridge.equals(currency)) {
        continue;
      }
      List<Hop> rest = venue(bridge, currency, at);
      if (rest != null) {
        return joined(first, rest);
      }
      Hop last = hop(Source.FILE, bridge, currency, at);
      if (last != null) {
        return List.of(first, last);
      }
    }
    return null;
  }

  // The euro is quoted in every currency; two others meet in it, at rates of the same day.
  private @Nullable List<Hop> rates(String from, String to, Instant at) {
    Hop direct = hop(Source.RATES, from, to, at);
    if (direct != null) {
      return List.of(direct);
    }
    if (from.equals(HUB) || to.equals(HUB)) {
      return null;
    }
    Hop first = hop(Source.RATES, from, HUB, at);
    Hop second = hop(Source.RATES, HUB, to, at);
    if (first == null || second == null) {
      return null;
    }
    boolean sameDay = second.quote().from().equals(first.quote().from());
    return sameDay ? List.of(first, second) : null;
  }

  private static List<String> moneys() {
    List<String> ordered = new ArrayList<>(List.of("EUR", "USD", "GBP"));
    CURRENCIES.stream().filter(money -> !ordered.contains(money)).forEach(ordered::add);
    return ordered;
  }

  private @Nullable Hop hop(Source source, String from, String to, Instant at) {
    if (from.equals(to)) {
      return null;
    }
    Quote straight = find(new Series(source, from, to), at);
    if (straight != null) {
      return new Hop(straight, false);
    }
    Quote turned = find(new Series(source, to, from), at);
    // What is worthless tells no price of what it was worth in.
    return turned == null || turned.price().signum() == 0 ? null : new Hop(turned, true);
  }

  private @Nullable Quote find(Series which, Instant at) {
    NavigableMap<Instant, Quote> quotes = series.get(which);
    Map.Entry<Instant, Quote> last = quotes == null ? null : quotes.floorEntry(at);
    if (last == null) {
      return null;
    }
    Quote quote = last.getValue();
    Instant end = which.source() == Source.RATES ? quote.until().plus(REST) : quote.until();
    return at.isBefore(end) ? quote : null;
  }

  private static List<Hop> joined(Hop first, List<Hop> rest) {
    List<Hop> route = new ArrayList<>(rest.size() + 1);
    route.add(first);
    route.addAll(rest);
    return route;
  }

  private static Priced priced(List<Hop> route) {
    BigDecimal over = BigDecimal.ONE;
    BigDecimal under = BigDecimal.ONE;
    for (Hop hop : route) {
      if (hop.inverse()) {
        under = under.multiply(hop.quote().price());
      } else {
        over = over.multiply(hop.quote().price());
      }
    }
    BigDecimal price =
        under.compareTo(BigDecimal.ONE) == 0 && over.scale() <= Valued.SCALE
            ? over
            : over.divide(under, Valued.SCALE, RoundingMode.HALF_EVEN);
    return new Priced(price, route);
  }
}
