package io.tallystick.valuation;

import io.tallystick.tenancy.TenantTx;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Gives out the prices that are known, and takes new ones in. Asks nobody; see the loader. */
@ApplicationScoped
public class Valuation {
  /** The origin of the euro reference rates of the European Central Bank. */
  public static final String ECB = "ecb/production";

  // As far back as a rate may be looked for.
  private static final Duration LEAD = Duration.ofDays(8);

  Valuation() {}

  /** The origin of a venue's candles: its place. */
  public static String place(String venue, String environment) {
    return venue + "/" + environment;
  }

  /**
   * The prices of assets for instants of a time.
   *
   * @param places whose candles count, as {@link #place} calls them; a sandbox has its own rates
   */
  public Prices prices(
      TenantTx tx, Collection<String> places, Collection<String> assets, Instant from, Instant to)
      throws SQLException {
    Set<String> codes = new TreeSet<>(assets);
    codes.addAll(Prices.BRIDGES);
    codes.addAll(Prices.CURRENCIES);
    List<String> origins = new ArrayList<>(places);
    boolean played = places.stream().anyMatch(place -> place.endsWith("/sandbox"));
    origins.add(played ? "ecb/sandbox" : ECB);
    return new Prices(PriceStore.during(tx, origins, codes, from.minus(LEAD), to));
  }

  /** Keeps what a venue or a bank published; returns how many quotes were new. */
  public int publish(TenantTx tx, Collection<Quote> quotes) throws SQLException {
    return PriceStore.publish(tx, quotes);
  }

  /** Keeps a person's file for his tenant; returns how many quotes were new. */
  int supply(TenantTx tx, Collection<Quote> quotes) throws SQLException {
    return PriceStore.supply(tx, quotes);
  }
}
