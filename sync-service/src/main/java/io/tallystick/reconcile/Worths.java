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
import io.tallystick.valuation.Prices;
import io.tallystick.valuation.Valuation;
import io.tallystick.valuation.Valued;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.time.Instant;
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
  private final Connections connections;
  private final Pace pace;

  Worths(Valuation valuation, Connections connections, Pace pace) {
    this.valuation = valuation;
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

  /** The scale that a client asked for; null when it asked for none. */
  @Nullable Scale scale(
      TenantTx tx, ReadPermit permit, @Nullable String currency, @Nullable Instant asOf)
      throws SQLException {
    if (currency == null) {
      return null;
    }
    if (!Prices.CURRENCIES.contains(currency)) {
      throw Problem.invalid(
          "value_in", "Write one of: " + String.join(", ", Prices.CURRENCIES) + ".");
    }
    List<String> places = new ArrayList<>();
    for (ReadPermit.Covered covered : permit.connections()) {
      Link link = connections.find(tx, permit.holder(), covered.connection());
      if (link != null) {
        places.add(Valuation.place(link.venue(), link.environment()));
      }
    }
    Instant at = asOf == null ? pace.instant() : asOf;
    return new Scale(valuation.prices(tx, places, at, at), currency, at);
  }
}
