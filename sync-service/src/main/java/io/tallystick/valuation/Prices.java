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
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Looks prices up among quotes, by one rule: the venue itself, directly, then through a currency,
 * then through a stablecoin or BTC; then a file that a person gave. Of two currencies the rates of
 * a central bank come first. A stablecoin is worth what it was traded for, never one by assumption.
 * A quote answers for its own time only; a central bank's rate also for the days after it on which
 * none was set. Not for several threads.
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
  private static final List<String> NEAREST = List.of("EUR", "USD", "GBP");

  // The nearest moneys first, then by name.
  private static final Comparator<String> BY_MONEY =
      Comparator.comparingInt(
              (String name) -> NEAREST.contains(name) ? NEAREST.indexOf(name) : NEAREST.size())
          .thenComparing(Comparator.naturalOrder());

  // The longest time without a rate: Christmas or Easter with the weekends beside it.
  private static final Duration REST = Duration.ofDays(7);

  // Of an asset: what it meets in a market of a source, by the other's name, the moneys first.
  private final Map<Source, Map<String, Map<String, Meeting>>> meetings =
      new EnumMap<>(Source.class);

  /** The quotes of two assets, in the one direction and in the other. */
  private record Meeting(@Nullable QuoteSeries straight, @Nullable QuoteSeries turned) {}

  /** Prices among these quotes; of two for the same time the first in order counts. */
  public Prices(Collection<Quote> quotes) {
    List<Quote> ordered = new ArrayList<>(quotes);
    Collections.sort(ordered);
    for (int begin = 0; begin < ordered.size(); ) {
      Quote first = ordered.get(begin);
      int end = begin;
      while (end < ordered.size() && same(first, ordered.get(end))) {
        end++;
      }
      QuoteSeries one = new QuoteSeries(ordered.subList(begin, end));
      meet(first.source(), first.base(), first.quote(), new Meeting(one, null));
      meet(first.source(), first.quote(), first.base(), new Meeting(null, one));
      begin = end;
    }
  }

  private static boolean same(Quote one, Quote other) {
    return one.source() == other.source()
        && one.base().equals(other.base())
        && one.quote().equals(other.quote());
  }

  private void meet(Source source, String from, String to, Meeting meeting) {
    meetings
        .computeIfAbsent(source, _ -> new HashMap<>())
        .computeIfAbsent(from, _ -> new TreeMap<>(BY_MONEY))
        .merge(
            to,
            meeting,
            (a, b) ->
                new Meeting(
                    a.straight() == null ? b.straight() : a.straight(),
                    a.turned() == null ? b.turned() : a.turned()));
  }

  private Map<String, Meeting> of(Source source, String asset) {
    return meetings.getOrDefault(source, Map.of()).getOrDefault(asset, Map.of());
  }

  /** What one unit of the asset was worth in the currency then. */
  public Valued value(String asset, String currency, Instant at) {
    if (asset.equals(currency)) {
      return new Priced(BigDecimal.ONE, List.of());
    }
    // Which candles of coins are at hand changes nothing of what money is worth in money.
    boolean money = CURRENCIES.contains(asset) && CURRENCIES.contains(currency);
    List<Hop> route = money ? rates(asset, currency, at) : venue(asset, currency, at);
    if (route == null) {
      route = money ? venue(asset, currency, at) : rates(asset, currency, at);
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
      if (first != null && rest != null && rest.stream().noneMatch(hop -> touches(hop, asset))) {
        return joined(first, rest);
      }
    }
    return null;
  }

  // A way that comes back to where it began tells nothing that the rest of it does not.
  private static boolean touches(Hop hop, String asset) {
    return hop.quote().base().equals(asset) || hop.quote().quote().equals(asset);
  }

  // One market of the venue into the currency, or into another one and by its rate.
  private @Nullable List<Hop> toMoney(String asset, String currency, Instant at) {
    Hop direct = hop(Source.VENUE, asset, currency, at);
    if (direct != null) {
      return List.of(direct);
    }
    for (String money : of(Source.VENUE, asset).keySet()) {
      Hop first = CURRENCIES.contains(money) ? hop(Source.VENUE, asset, money, at) : null;
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
    for (String money : of(Source.FILE, asset).keySet()) {
      Hop first = CURRENCIES.contains(money) ? hop(Source.FILE, asset, money, at) : null;
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

  private @Nullable Hop hop(Source source, String from, String to, Instant at) {
    Meeting meeting = of(source, from).get(to);
    if (meeting == null) {
      return null;
    }
    Duration more = source == Source.RATES ? REST : Duration.ZERO;
    Quote straight = meeting.straight() == null ? null : meeting.straight().at(at, more);
    if (straight != null) {
      return new Hop(straight, false);
    }
    Quote turned = meeting.turned() == null ? null : meeting.turned().at(at, more);
    // What is worthless tells no price of what it was worth in.
    return turned == null || turned.price().signum() == 0 ? null : new Hop(turned, true);
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
