package io.tallystick.report.layout;

import io.tallystick.costbasis.Amount;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a report knows beside its events and lines.
 *
 * @param open what nobody has said, from the reading of the books
 * @param assumed what rests on a person's word or a rule
 * @param trial sums of the books by account and asset
 * @param brokers what brokers told the tax authority
 * @param worths what was held was worth at the ends of years
 * @param places the connections, with what each venue reported when the report was made
 * @param prices how an amount was valued, in words; see {@link #price}
 * @param ids what the venue or the chain calls an entry, in words, by the entry's own id
 */
public record Beside(
    List<Open> open,
    List<Assumed> assumed,
    List<Account> trial,
    List<Broker> brokers,
    List<Worth> worths,
    List<Place> places,
    Map<String, String> prices,
    Map<String, String> ids) {

  /** Nothing. */
  public static final Beside NOTHING =
      new Beside(
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          Map.<String, String>of(),
          Map.<String, String>of());

  /** Copies the collections. */
  public Beside {
    open = List.copyOf(open);
    assumed = List.copyOf(assumed);
    trial = List.copyOf(trial);
    brokers = List.copyOf(brokers);
    worths = List.copyOf(worths);
    places = List.copyOf(places);
    prices = Map.copyOf(prices);
    ids = Map.copyOf(ids);
  }

  /** Something that is not known, and what to do about it. */
  public record Open(
      String kind, String entry, Instant at, String asset, BigDecimal quantity, String remedy) {}

  /** Something that the figures of an entry rest on, and that no evidence says. */
  public record Assumed(String entry, String what) {}

  /** What came into an account and left it. */
  public record Account(String account, String asset, BigDecimal in, BigDecimal out) {}

  /**
   * What a broker told the tax authority of a year's sales of an asset; see Form 1099-DA.
   *
   * @param basis box 1g; null when it was not supplied
   */
  public record Broker(
      String wallet,
      int year,
      String asset,
      BigDecimal units,
      BigDecimal proceeds,
      boolean basisReported,
      @Nullable BigDecimal basis) {}

  /**
   * What one unit of an asset was worth.
   *
   * @param end the first instant after the year at whose end; null for the end of the books
   * @param price null when nobody said
   * @param source the quotes that it was made of, in words
   * @param at from when on the first of them stood; null when there is none
   */
  public record Worth(
      @Nullable Instant end,
      String asset,
      @Nullable BigDecimal price,
      String source,
      @Nullable Instant at) {
    /** What a quantity is worth; null when the price is not known. */
    @Nullable Amount of(BigDecimal quantity) {
      return price == null ? null : Amount.of(price.multiply(quantity));
    }
  }

  /**
   * A connection.
   *
   * @param wallet its public id
   * @param venue where it is, such as {@code binance/production}
   * @param held what the venue reported; empty when the reader may not know of balances
   */
  public record Place(String wallet, String venue, List<Held> held) {
    /** Copies the list. */
    public Place {
      held = List.copyOf(held);
    }
  }

  /**
   * What a venue reported of an asset over all wallets of a connection.
   *
   * @param quantity null when it did not report one of the wallets
   * @param at when the newest of it was first seen; null when there is none
   */
  public record Held(String asset, @Nullable BigDecimal quantity, @Nullable Instant at) {}

  /** The name under which {@link #prices} tells how an event's units of an asset were valued. */
  public static String valued(String event, String asset) {
    return event + " " + asset;
  }

  /** How an event's units of an asset were valued, in words; blank when nobody said. */
  String price(String event, String asset) {
    return prices.getOrDefault(valued(event, asset), "");
  }

  /** What the venue or the chain calls an entry, in words; blank when nobody said. */
  String id(String entry) {
    int number = entry.indexOf('#');
    return ids.getOrDefault(number < 0 ? entry : entry.substring(0, number), "");
  }

  /** The venue of a wallet; blank for units that are outside. */
  String venue(String wallet) {
    return places.stream()
        .filter(one -> one.wallet().equals(wallet))
        .map(Place::venue)
        .findFirst()
        .orElse("");
  }

  /** What a broker told of it; null when there is no such statement. */
  @Nullable Broker broker(String wallet, int year, String asset) {
    return brokers.stream()
        .filter(
            one -> one.wallet().equals(wallet) && one.year() == year && one.asset().equals(asset))
        .findFirst()
        .orElse(null);
  }

  /** What an asset was worth at the end of a year; null when nobody said. */
  @Nullable Worth worth(String asset, @Nullable Instant end) {
    return worths.stream()
        .filter(one -> one.asset().equals(asset) && Objects.equals(one.end(), end))
        .filter(one -> one.price() != null)
        .findFirst()
        .orElse(null);
  }

  /** Whether nothing has a price then, as at the end of a year that is not over. */
  boolean unpriced(@Nullable Instant end) {
    return worths.stream().noneMatch(one -> Objects.equals(one.end(), end) && one.price() != null);
  }

  /**
   * What the venues reported of an asset; null when one of them did not.
   *
   * @param wallet one connection's; all of them when it is blank
   */
  @Nullable Held held(String wallet, String asset) {
    List<Place> wanted =
        places.stream().filter(one -> wallet.isEmpty() || one.wallet().equals(wallet)).toList();
    BigDecimal sum = BigDecimal.ZERO;
    Instant at = null;
    for (Place place : wanted) {
      Held held =
          place.held().stream().filter(one -> one.asset().equals(asset)).findFirst().orElse(null);
      if (place.held().isEmpty()) {
        return null;
      }
      // What a connection never had, its venue need not report.
      if (held != null && held.quantity() == null) {
        return null;
      }
      if (held != null) {
        sum = sum.add(held.quantity());
        at = at == null || (held.at() != null && held.at().isAfter(at)) ? held.at() : at;
      }
    }
    return wanted.isEmpty() || at == null ? null : new Held(asset, sum, at);
  }
}
