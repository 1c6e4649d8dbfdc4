package io.tallystick.reconcile;

import io.tallystick.connection.Connections;
import io.tallystick.connection.Link;
import io.tallystick.consent.ReadPermit;
import io.tallystick.kernel.Pace;
import io.tallystick.kernel.Problem;
import io.tallystick.reconcile.BalanceViews.Placed;
import io.tallystick.reconcile.BalanceViews.ValueTotals;
import io.tallystick.reconcile.BalanceViews.WorthView;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.valuation.Candles;
import io.tallystick.valuation.Prices;
import io.tallystick.valuation.Valuation;
import io.tallystick.valuation.Valued;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Says what balances are worth, or that nobody knows; what is unpriced is in no total. */
@ApplicationScoped
class Worths {
  private static final int CENTS = 2;

  private final Valuation valuation;
  private final Candles candles;
  private final Connections connections;
  private final Pace pace;

  Worths(Valuation valuation, Candles candles, Connections connections, Pace pace) {
    this.valuation = valuation;
    this.candles = candles;
    this.connections = connections;
    this.pace = pace;
  }

  /** Prices in a currency at one instant. */
  record Scale(Prices prices, String currency, Instant at) {
    /** What a line is worth: what the venue reports of it, else what the postings add up to. */
    WorthView worth(Line line) {
      return switch (prices.value(line.asset(), currency, at)) {
        case Valued.Unpriced _ -> new WorthView(currency, null, null, null, null, null);
        case Valued.Priced priced ->
            new WorthView(
                currency,
                quantity(line).multiply(priced.price()).setScale(CENTS, RoundingMode.HALF_UP),
                priced.price(),
                priced.at(at),
                priced.source(),
                priced.path());
      };
    }

    /** Sums of all lines: what is priced, and what is not. */
    ValueTotals totals(List<Placed> lines) {
      BigDecimal sum = BigDecimal.ZERO;
      int priced = 0;
      Set<String> unpriced = new TreeSet<>();
      int missing = 0;
      for (Placed placed : lines) {
        Line line = placed.line();
        BigDecimal amount = worth(line).amount();
        if (amount != null) {
          priced++;
          sum = sum.add(amount);
        } else if (quantity(line).signum() == 0) {
          priced++;
        } else {
          missing++;
          unpriced.add(line.asset());
        }
      }
      return new ValueTotals(currency, sum, priced, missing, List.copyOf(unpriced));
    }

    private static BigDecimal quantity(Line line) {
      Line.Reported reported = line.reported();
      return reported == null ? line.derived() : reported.total();
    }
  }

  /**
   * Prices that are missing of what lies at one place.
   *
   * @param venue the venue's id
   * @param environment its environment
   */
  record Lack(String venue, String environment, String currency, List<Candles.Need> needs) {}

  /** Checks the currency that a client asked for. */
  static void currency(@Nullable String currency) {
    if (currency != null && !Prices.CURRENCIES.contains(currency)) {
      throw Problem.invalid(
          "value_in", "Write one of: " + String.join(", ", Prices.CURRENCIES) + ".");
    }
  }

  /**
   * The scale for these lines. The present is valued at the end of the last full hour: a price of
   * an hour that is not over would be another one when asked again.
   */
  Scale scale(TenantTx tx, ReadPermit permit, String currency, Moment moment) throws SQLException {
    Set<String> places = new TreeSet<>();
    for (Link link : links(tx, permit)) {
      places.add(Valuation.place(link.venue(), link.environment()));
    }
    Instant over = pace.instant().truncatedTo(ChronoUnit.HOURS).minusMillis(1);
    Instant asOf = moment.asOf();
    Instant at = asOf == null || asOf.isAfter(over) ? over : asOf;
    Set<String> assets = new TreeSet<>();
    moment.lines().forEach(placed -> assets.add(placed.line().asset()));
    return new Scale(valuation.prices(tx, places, assets, at, at), currency, at);
  }

  /** What is held at an instant; null for now. */
  record Moment(@Nullable Instant asOf, List<Placed> lines) {}

  /** The prices that the lines lack. */
  List<Lack> lacks(TenantTx tx, ReadPermit permit, Scale scale, List<Placed> lines)
      throws SQLException {
    List<Candles.Need> needs =
        scale.totals(lines).unpricedAssets().stream()
            .map(asset -> new Candles.Need(asset, scale.at()))
            .toList();
    List<Lack> lacks = new ArrayList<>();
    if (!needs.isEmpty()) {
      for (Link link : links(tx, permit)) {
        List<Candles.Need> wanted =
            candles.worthwhile(link.venue(), link.environment(), scale.currency(), needs);
        if (!wanted.isEmpty()) {
          lacks.add(new Lack(link.venue(), link.environment(), scale.currency(), wanted));
        }
      }
    }
    return lacks.stream().distinct().toList();
  }

  /** Asks the venues for what is missing, never inside a transaction; how many prices came. */
  int fetch(long tenant, List<Lack> lacks) {
    int came = 0;
    for (Lack lack : lacks) {
      came +=
          candles.fetch(tenant, lack.venue(), lack.environment(), lack.currency(), lack.needs());
    }
    return came;
  }

  private List<Link> links(TenantTx tx, ReadPermit permit) throws SQLException {
    List<Link> links = new ArrayList<>();
    for (ReadPermit.Covered covered : permit.connections()) {
      Link link = connections.find(tx, permit.holder(), covered.connection());
      if (link != null) {
        links.add(link);
      }
    }
    return links;
  }
}
