package io.tallystick.report;

import io.tallystick.costbasis.Profile;
import io.tallystick.costbasis.Rounding;
import io.tallystick.costbasis.Settings;
import io.tallystick.kernel.Problem;
import io.tallystick.report.reading.Input;
import io.tallystick.tenancy.Caller;
import io.tallystick.valuation.Prices;
import java.time.DateTimeException;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What may be ordered, and by whom. */
final class Orders {
  private static final Set<String> PURPOSES = Set.of("tax", "accounting");

  private Orders() {}

  /** Refuses callers whose purpose has nothing to do with reports. */
  static void purpose(Caller caller) {
    if (!PURPOSES.contains(caller.purpose())) {
      throw new Problem(
          Problem.Kind.FORBIDDEN, "Reports are for clients whose purpose is tax or accounting.");
    }
  }

  /** The profile of a name. */
  static Profile profile(String id) {
    if (!Profile.IDS.contains(id)) {
      throw Problem.invalid("profile", "Write one of: " + String.join(", ", Profile.IDS) + ".");
    }
    return Profile.of(id);
  }

  /** The settings of a profile with some replaced; every currency with rates is money. */
  static Settings settings(Profile profile, Map<String, String> overrides) {
    Map<String, String> chosen = new HashMap<>(overrides);
    chosen.putIfAbsent("cash", String.join(",", Prices.CURRENCIES));
    try {
      Settings settings = profile.settings(chosen);
      if (!Prices.CURRENCIES.contains(settings.currency())) {
        throw Problem.invalid("settings.currency", "This currency has no reference rates.");
      }
      return settings;
    } catch (IllegalArgumentException | DateTimeException e) {
      throw Problem.invalid("settings", "A setting is unknown, or these do not go together.");
    }
  }

  /** Refuses two of one connection, year and asset: nothing tells the sales of each apart. */
  static void apart(List<Input.Statement> statements) {
    Set<String> told = new HashSet<>();
    for (int n = 0; n < statements.size(); n++) {
      Input.Statement one = statements.get(n);
      if (!told.add(one.wallet() + " " + one.year() + " " + one.asset())) {
        throw Problem.invalid(
            "broker_statements[" + n + "]",
            ("%s of %d at %s is told before: sales are not divided between statements. Leave both"
                    + " out, and put the rows of %s into the boxes of the form by hand.")
                .formatted(one.asset(), one.year(), one.wallet(), one.asset()));
      }
    }
  }

  /** The rounding of lines: the profile's, in the minor unit of the currency that was chosen. */
  static Rounding rounding(Profile profile, Settings settings) {
    Rounding own = profile.rounding();
    return settings.currency().equals(profile.settings().currency())
        ? own
        : new Rounding(
            Currency.getInstance(settings.currency()).getDefaultFractionDigits(),
            own.proceeds(),
            own.costs());
  }
}
