package io.tallystick.venue.binance.reading;

import io.tallystick.kernel.Decimals;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The attributes of an entry that are kept sealed, without the absent ones. */
public final class Details {
  private final Map<String, String> details = new LinkedHashMap<>();

  /** What was given for what, for events that may not have moved it yet. */
  public static Details exchange(String from, BigDecimal given, String to, BigDecimal received) {
    return new Details()
        .with("given_asset", from)
        .with("given", Decimals.text(given))
        .with("received_asset", to)
        .with("received", Decimals.text(received));
  }

  /** Adds an attribute, unless it is absent. */
  public Details with(String name, @Nullable String value) {
    if (value != null) {
      details.put(name, value);
    }
    return this;
  }

  /** The attributes by name. */
  public Map<String, String> asMap() {
    return details;
  }
}
