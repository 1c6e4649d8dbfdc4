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
import org.jspecify.annotations.Nullable;

/** Gives out the prices that are known, and takes new ones in. Asks nobody; see the loader. */
@ApplicationScoped
public class Valuation {
  /** The origin of the euro reference rates of the European Central Bank. */
  public static final String ECB = "ecb/production";

  /** The origin of the rates that a sandbox made up. */
  public static final String ECB_SANDBOX = "ecb/sandbox";

  // As far back as a rate may be looked for; all other prices count while they stand.
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
    PriceStore.During during = new PriceStore.During(from.minus(LEAD), from, to);
    return new Prices(PriceStore.during(tx, places, bank(places), codes(assets), during));
  }

  private static List<String> origins(Collection<String> places) {
    List<String> origins = new ArrayList<>(places);
    origins.add(bank(places));
    return origins;
  }

  private static String bank(Collection<String> places) {
    return places.stream().anyMatch(place -> place.endsWith("/sandbox")) ? ECB_SANDBOX : ECB;
  }

  private static Set<String> codes(Collection<String> assets) {
    Set<String> codes = new TreeSet<>(assets);
    codes.addAll(Prices.BRIDGES);
    codes.addAll(Prices.CURRENCIES);
    return codes;
  }

  /** What is known now of the prices that {@link #prices} would give out. */
  public PriceMarks marks(TenantTx tx, Collection<String> places, Collection<String> assets)
      throws SQLException {
    List<String> origins = origins(places);
    Set<String> codes = codes(assets);
    PriceStore.Arrivals seen = PriceStore.arrivals(tx, origins, codes);
    return new PriceMarks(
        origins, List.copyOf(codes), seen.count(), seen.newest(), PriceStore.files(tx));
  }

  /**
   * From when on a price may be another one than it was at the marks; null when none is, {@code
   * Instant.MIN} when nobody can say.
   */
  public @Nullable Instant changed(TenantTx tx, PriceMarks then) throws SQLException {
    PriceStore.Arrivals now = PriceStore.arrivals(tx, then.origins(), then.assets());
    List<String> files = new ArrayList<>(PriceStore.files(tx));
    boolean gone = !files.containsAll(then.files());
    files.removeAll(then.files());
    Instant supplied = files.isEmpty() ? null : PriceStore.begin(tx, files);
    if (now.count() == then.arrivals() && !gone) {
      return supplied;
    }
    PriceStore.Later later = PriceStore.later(tx, then);
    Instant published = later.from();
    // One with a smaller number was committed later: it is not among those behind the newest.
    if (gone || published == null || now.count() - later.count() != then.arrivals()) {
      return Instant.MIN;
    }
    return supplied == null || published.isBefore(supplied) ? published : supplied;
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
