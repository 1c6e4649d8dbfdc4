package io.tallystick.sandbox.protocol;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A key's rights by the names of {@code apiRestrictions} (Binance wallet docs, "Get API key
 * permission"). A name that is not listed there may be added: venues do so.
 *
 * @param flags by name, in order; {@code ipRestrict} is not among them, it follows from the key
 */
public record Rights(Map<String, Boolean> flags) {

  /** The names of the newest documented set. */
  public static final List<String> NAMES =
      List.of(
          "enableReading",
          "enableWithdrawals",
          "enableInternalTransfer",
          "enableMargin",
          "enableFutures",
          "permitsUniversalTransfer",
          "enableVanillaOptions",
          "enableFixApiTrade",
          "enableFixReadOnly",
          "enableSpotAndMarginTrading",
          "enablePortfolioMarginTrading");

  /** Keeps the order of the names. */
  public Rights {
    flags = Collections.unmodifiableMap(new LinkedHashMap<>(flags));
  }

  /** Reading and nothing else. */
  public static Rights readOnly() {
    Map<String, Boolean> flags = new LinkedHashMap<>();
    NAMES.forEach(name -> flags.put(name, name.equals("enableReading")));
    return new Rights(flags);
  }

  /** The same with this right on or off; an unknown name is added at the end. */
  public Rights with(String name, boolean on) {
    Map<String, Boolean> more = new LinkedHashMap<>(flags);
    more.put(name, on);
    return new Rights(more);
  }

  /** Whether the key may read at all. */
  public boolean reads() {
    return flags.getOrDefault("enableReading", false);
  }
}
