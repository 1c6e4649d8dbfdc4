package io.tallystick.valuation;

import java.math.BigDecimal;
import java.time.Instant;
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
    // Written out: a long history has many, and they are sorted more than once.
    int order = source.compareTo(other.source);
    order = order != 0 ? order : base.compareTo(other.base);
    order = order != 0 ? order : quote.compareTo(other.quote);
    order = order != 0 ? order : from.compareTo(other.from);
    order = order != 0 ? order : until.compareTo(other.until);
    order = order != 0 ? order : origin.compareTo(other.origin);
    return order != 0 ? order : price.compareTo(other.price);
  }
}
