package io.tallystick.venue.binance.streams;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The attributes of an entry that are kept sealed, without the absent ones. */
final class Details {
  private final Map<String, String> details = new LinkedHashMap<>();

  Details with(String name, @Nullable String value) {
    if (value != null) {
      details.put(name, value);
    }
    return this;
  }

  Map<String, String> asMap() {
    return details;
  }
}
