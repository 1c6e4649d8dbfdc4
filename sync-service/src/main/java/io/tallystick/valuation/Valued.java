package io.tallystick.valuation;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** What one unit of an asset was worth at an instant, or that nobody said. */
public sealed interface Valued {
  /** Digits after the point of a price that was divided or multiplied together. */
  int SCALE = 30;

  /**
   * A price.
   *
   * @param price currency units for one unit of the asset, to {@link #SCALE} places
   * @param route the quotes it was made of, in order; empty for the currency itself
   */
  record Priced(BigDecimal price, List<Hop> route) implements Valued {
    public Priced {
      route = List.copyOf(route);
    }

    /** The least near source on the way; {@code identity} for the currency itself. */
    public String source() {
      return route.isEmpty()
          ? "identity"
          : route.stream()
              .map(hop -> hop.quote().source().code())
              .distinct()
              .collect(Collectors.joining("+"));
    }

    /** The way in words, such as {@code USDT/EUR}. */
    public String path() {
      return route.stream()
          .map(hop -> hop.quote().base() + (hop.inverse() ? "\\" : "/") + hop.quote().quote())
          .collect(Collectors.joining(" "));
    }

    /** The oldest beginning of a quote on the way; the given instant for the currency itself. */
    public Instant at(Instant asked) {
      return route.stream().map(hop -> hop.quote().from()).min(Instant::compareTo).orElse(asked);
    }

    /** The longest time that one of the quotes stands for. */
    public Duration granularity() {
      return route.stream()
          .map(hop -> Duration.between(hop.quote().from(), hop.quote().until()))
          .max(Duration::compareTo)
          .orElse(Duration.ZERO);
    }
  }

  /** No price: what would have to be supplied. */
  record Unpriced(String asset, String currency, Instant at) implements Valued {}

  /**
   * A quote on the way.
   *
   * @param inverse whether it was walked from its quote to its base
   */
  record Hop(Quote quote, boolean inverse) {}
}
