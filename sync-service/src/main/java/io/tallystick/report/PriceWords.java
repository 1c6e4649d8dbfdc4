package io.tallystick.report;

import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Event;
import io.tallystick.costbasis.Leg;
import io.tallystick.kernel.Decimals;
import io.tallystick.report.layout.Beside;
import io.tallystick.report.reading.Chapter;
import io.tallystick.valuation.Prices;
import io.tallystick.valuation.Quote;
import io.tallystick.valuation.Valued;
import io.tallystick.web.Times;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says how each amount of a report was valued: price by price, where it was observed, of which
 * instant, and on which way. A chapter keeps the quotes that it took and no others, and among these
 * the one rule of {@link Prices} finds the way again that was walked when it was read.
 */
final class PriceWords {
  private static final String OWN = "own amount";
  private static final String STATED = "stated, or by rule";

  private final Map<String, String> words = new HashMap<>();
  private final String currency;
  private Prices prices = new Prices(List.of());

  private PriceWords(String currency) {
    this.currency = currency;
  }

  /** How amounts were valued, by {@link Beside#valued}; what has no value is not in it. */
  static Map<String, String> of(List<Chapter> chapters, String currency) {
    PriceWords all = new PriceWords(currency);
    for (Chapter chapter : chapters) {
      all.prices = new Prices(chapter.quotes());
      chapter.events().forEach(all::event);
    }
    return all.words;
  }

  /** A quote in words. */
  static String of(Quote quote) {
    return quote.origin()
        + " "
        + quote.base()
        + "/"
        + quote.quote()
        + " "
        + Decimals.text(quote.price())
        + " at "
        + Times.text(quote.from());
  }

  private void event(Event event) {
    switch (event) {
      case Event.Traded e -> {
        // One value for both: money tells it first, then whichever leg it is the worth of.
        List<Leg> legs = new ArrayList<>(List.of(e.received(), e.given()));
        legs.sort(Comparator.comparing(leg -> !Prices.CURRENCIES.contains(leg.asset())));
        String told = null;
        for (Leg leg : legs) {
          told = told == null ? found(event, leg) : told;
        }
        say(event, e.given(), told);
        say(event, e.received(), told);
        fees(event, e.fees());
      }
      case Event.Exchanged e -> {
        e.given().forEach(leg -> say(event, leg, found(event, leg)));
        e.received().forEach(leg -> say(event, leg, found(event, leg)));
        fees(event, e.fees());
      }
      case Event.Acquired e -> {
        say(event, e.leg(), found(event, e.leg()));
        fees(event, e.fees());
      }
      case Event.Disposed e -> {
        say(event, e.leg(), found(event, e.leg()));
        fees(event, e.fees());
      }
      case Event.Wrapped e -> {
        say(event, e.given(), found(event, e.given()));
        fees(event, e.fees());
      }
      case Event.Gifted e -> say(event, e.leg(), found(event, e.leg()));
      case Event.Earned e -> say(event, e.leg(), found(event, e.leg()));
      case Event.Transferred e -> fees(event, e.fees());
      case Event.Split _, Event.Renamed _, Event.Allocated _ -> {}
    }
  }

  private void fees(Event event, List<Leg> fees) {
    fees.forEach(fee -> say(event, fee, found(event, fee)));
  }

  // The first of an event and asset stays: a fee in a leg's own asset was valued with the leg.
  private void say(Event event, Leg leg, @Nullable String told) {
    if (leg.worth().known()) {
      words.putIfAbsent(
          Beside.valued(event.source().entry(), leg.asset()), told == null ? STATED : told);
    }
  }

  private @Nullable String found(Event event, Leg leg) {
    if (!(leg.worth() instanceof Amount.Known(BigDecimal worth))) {
      return null;
    }
    if (leg.asset().equals(currency)) {
      return OWN;
    }
    return switch (prices.value(leg.asset(), currency, event.source().at())) {
      case Valued.Unpriced _ -> null;
      case Valued.Priced priced ->
          priced.price().multiply(leg.quantity()).compareTo(worth) == 0
              ? priced.route().stream()
                  .map(hop -> of(hop.quote()))
                  .collect(Collectors.joining("; "))
              : null;
    };
  }
}
