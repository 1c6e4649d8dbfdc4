package io.tallystick.valuation;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;

/**
 * One observed price: what one unit of an asset cost in another.
 *
 * @param source where it was observed
 * @param base the asset that is priced
 * @param quote the asset or currency it is priced in
 * @param from the first instant it stands for, UTC
 * @param until the instant before which it stands
 * @param price units of {@code quote} for one unit of {@code base}; zero says "worthless"
 * @param origin what exactly was asked: a venue's place, a series, a file, or an entry
 */
public record Quote(
    Source source,
    String base,
    String quote,
    Instant from,
    Instant until,
    BigDecimal price,
    String origin)
    implements Comparable<Quote> {

  private static final Comparator<Quote> ORDER =
      Comparator.comparing(Quote::source)
          .thenComparing(Quote::base)
          .thenComparing(Quote::quote)
          .thenComparing(Quote::from)
          .thenComparing(Quote::until)
          .thenComparing(Quote::origin)
          .thenComparing(Quote::price);

  /** Where prices come from, the nearest to the trade first. */
  public enum Source {
    /** The trade's own terms. */
    TRADE,
    /** Candles of the venue itself. */
    VENUE,
    /** The daily reference rates of a central bank. */
    RATES,
    /** A file that a person supplied. */
    FILE;

    /** The name in the API and in price sets: lower case. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The source of this name; throws IllegalArgumentException when there is none. */
    public static Source of(String code) {
      return valueOf(code.toUpperCase(Locale.ROOT));
    }
  }

  /** Checks that it stands for some time and is no negative price. */
  public Quote {
    if (price.signum() < 0 || !from.isBefore(until) || base.equals(quote)) {
      throw new IllegalArgumentException("no quote: " + base + "/" + quote + " at " + from);
    }
  }

  @Override
  public int compareTo(Quote other) {
    return ORDER.compare(this, other);
  }
}
