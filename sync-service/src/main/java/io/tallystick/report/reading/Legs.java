package io.tallystick.report.reading;

import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Leg;
import io.tallystick.report.reading.Input.Assumption;
import io.tallystick.report.reading.Input.Unresolved;
import io.tallystick.valuation.PriceFile;
import io.tallystick.valuation.Prices;
import io.tallystick.valuation.Quote;
import io.tallystick.valuation.Valued;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values quantities in the currency of a report, and remembers which quotes that took. */
final class Legs {
  /** The code of a missing price. */
  static final String UNPRICED = "missing-price";

  private final Prices prices;
  private final String currency;
  // The prices give out the same object each time.
  private final Set<Quote> used = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<Assumption> assumptions = new ArrayList<>();
  private final List<Unresolved> unresolved = new ArrayList<>();

  Legs(Prices prices, String currency) {
    this.prices = prices;
    this.currency = currency;
  }

  /** A leg at its market value; the value is unknown, and listed, when there is no price. */
  Leg leg(BookEntry entry, String asset, BigDecimal quantity) {
    Amount worth = market(entry, asset, quantity);
    if (!worth.known() && quantity.signum() != 0) {
      missing(entry, asset, quantity);
    }
    return new Leg(asset, quantity, worth);
  }

  /** The market value at the entry's instant, or that it is unknown; nothing is listed. */
  Amount market(BookEntry entry, String asset, BigDecimal quantity) {
    if (asset.equals(currency)) {
      return Amount.of(quantity);
    }
    return switch (prices.value(asset, currency, entry.at())) {
      case Valued.Unpriced _ -> Amount.unknown(Amount.Cause.MISSING_PRICE, entry.id());
      case Valued.Priced priced -> {
        for (Valued.Hop hop : priced.route()) {
          used.add(hop.quote());
          if (PriceFile.supplied(hop.quote())) {
            assume(entry.id(), "price of " + asset + " from a supplied file");
          }
        }
        yield Amount.of(quantity.multiply(priced.price()));
      }
    };
  }

  /**
   * Money that a person stated, in the currency of the report; unknown, and listed, when its own
   * currency has no rate then.
   *
   * @param own null when the person named none
   */
  Amount stated(
      BigDecimal amount, @Nullable String own, Instant at, String entry, BigDecimal quantity) {
    if (own == null || own.equals(currency)) {
      return Amount.of(amount);
    }
    return switch (prices.value(own, currency, at)) {
      case Valued.Unpriced _ -> {
        String remedy = "load the reference rates of that day, or declare it in another currency";
        unresolved.add(new Unresolved("missing-rate", entry, at, own, quantity, remedy));
        yield Amount.unknown(Amount.Cause.MISSING_PRICE, entry);
      }
      case Valued.Priced priced -> {
        priced.route().forEach(hop -> used.add(hop.quote()));
        yield Amount.of(amount.multiply(priced.price()));
      }
    };
  }

  /** The currency of the report. */
  String currency() {
    return currency;
  }

  void missing(BookEntry entry, String asset, BigDecimal quantity) {
    open(UNPRICED, entry, asset, quantity, Amount.Cause.MISSING_PRICE.remedy());
  }

  void open(String kind, BookEntry entry, String asset, BigDecimal quantity, String remedy) {
    unresolved.add(new Unresolved(kind, entry.id(), entry.at(), asset, quantity, remedy));
  }

  void assume(String entry, String what) {
    Assumption one = new Assumption(entry, what);
    if (assumptions.isEmpty() || !assumptions.getLast().equals(one)) {
      assumptions.add(one);
    }
  }

  /** The quotes that were used since the last {@link #clear}, in order. */
  List<Quote> used() {
    List<Quote> ordered = new ArrayList<>(used);
    Collections.sort(ordered);
    return ordered;
  }

  /** Forgets what was used, assumed and left open. */
  void clear() {
    used.clear();
    assumptions.clear();
    unresolved.clear();
  }

  List<Assumption> assumptions() {
    return assumptions;
  }

  List<Unresolved> unresolved() {
    return unresolved;
  }
}
