package io.tallystick.report.reading;

import io.tallystick.report.reading.Input.Worth;
import io.tallystick.valuation.Prices;
import io.tallystick.valuation.Quote;
import io.tallystick.valuation.Valued;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values a unit of what the books hold at the ends of years, and when the last entry happened. */
final class Worths {
  private static final Duration LAST = Duration.ofMillis(1);

  private final Prices prices;
  private final String currency;
  private final Trial trial;
  private final ArrayDeque<Instant> ends;
  private final List<Worth> passed;

  /**
   * Values from a place on.
   *
   * @param ends the first instants after years, in order
   * @param before what was valued before
   */
  Worths(
      Prices prices,
      String currency,
      Trial trial,
      Collection<Instant> ends,
      Collection<Worth> before) {
    this.prices = prices;
    this.currency = currency;
    this.trial = trial;
    this.ends = new ArrayDeque<>(ends);
    this.passed = new ArrayList<>(before);
  }

  /** Leaves out the ends up to an instant, which were passed before. */
  void skip(Instant to) {
    while (!ends.isEmpty() && !ends.getFirst().isAfter(to)) {
      ends.remove();
    }
  }

  /** Values the years that end before something that happens. */
  void pass(Instant at) {
    while (!ends.isEmpty() && !ends.getFirst().isAfter(at)) {
      Instant end = ends.remove();
      value(end, end.minus(LAST), passed);
    }
  }

  /** What was valued so far. */
  List<Worth> passed() {
    return List.copyOf(passed);
  }

  /** With the years that have ended since, and the instant of the last entry. */
  List<Worth> all(Instant last) {
    List<Worth> all = new ArrayList<>(passed);
    ends.forEach(end -> value(end, end.minus(LAST), all));
    if (!last.equals(Instant.MIN)) {
      value(null, last, all);
    }
    return all;
  }

  private void value(@Nullable Instant end, Instant at, List<Worth> into) {
    for (String asset : trial.held()) {
      switch (prices.value(asset, currency, at)) {
        case Valued.Unpriced _ -> into.add(new Worth(end, asset, null, List.of()));
        case Valued.Priced priced -> {
          List<Quote> quotes = priced.route().stream().map(Valued.Hop::quote).toList();
          into.add(new Worth(end, asset, priced.price(), quotes));
        }
      }
    }
  }
}
