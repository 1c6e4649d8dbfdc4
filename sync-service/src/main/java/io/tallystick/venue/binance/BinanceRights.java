package io.tallystick.venue.binance;

import com.fasterxml.jackson.databind.JsonNode;
import io.tallystick.venue.Denial;
import io.tallystick.venue.KeyVerdict;
import io.tallystick.venue.binance.wire.StrictJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The verdict on a key (Wallet docs, Get API Key Permission), closed by default: what may change
 * state must be plainly off, what nobody documented must not be on, and what is missing proves
 * nothing.
 */
final class BinanceRights {
  private static final String READING = "enableReading";
  private static final String ADDRESS = "ipRestrict";

  /** Rights that may change state, with the venue's label of the switch. */
  private static final Map<String, String> FORBIDDEN = forbidden();

  /** Rights that only read, and facts that are no rights. */
  private static final Set<String> HARMLESS =
      Set.of(READING, ADDRESS, "enableFixReadOnly", "createTime", "tradingAuthorityExpirationTime");

  /** In every known shape since 2021; the others came later and may be absent. */
  private static final Set<String> ALWAYS_TOLD =
      Set.of(
          "enableWithdrawals",
          "enableInternalTransfer",
          "permitsUniversalTransfer",
          "enableSpotAndMarginTrading",
          "enableMargin",
          "enableFutures",
          "enableVanillaOptions");

  private BinanceRights() {}

  private static Map<String, String> forbidden() {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("enableWithdrawals", "Enable Withdrawals");
    labels.put("enableInternalTransfer", "Enable Internal Transfer");
    labels.put("permitsUniversalTransfer", "Permits Universal Transfer");
    labels.put("enableSpotAndMarginTrading", "Enable Spot & Margin Trading");
    labels.put("enableMargin", "Enable Margin Loan, Repay & Transfer");
    labels.put("enableFutures", "Enable Futures");
    labels.put("enableVanillaOptions", "Enable European Options");
    labels.put("enablePortfolioMarginTrading", "Enable Portfolio Margin Trading");
    labels.put("enableFixApiTrade", "Enable FIX API Trading");
    return labels;
  }

  /** The rights that are refused, in the order in which they are listed. */
  static Set<String> forbiddenRights() {
    return FORBIDDEN.keySet();
  }

  /** The verdict on the body of a good answer. */
  static KeyVerdict verdict(byte[] body) {
    JsonNode tree = StrictJson.tree(body);
    if (tree == null || !tree.isObject()) {
      return new KeyVerdict.Unverifiable("Binance's answer about the key's rights is unreadable.");
    }
    List<KeyVerdict.Excess> excess = excess(tree);
    if (!excess.isEmpty()) {
      return new KeyVerdict.TooPowerful(excess);
    }
    String missing = firstMissing(tree);
    if (missing != null) {
      return new KeyVerdict.Unverifiable(
          "Binance's answer about the key's rights does not tell " + missing + ".");
    }
    if (!isTrue(tree.get(READING))) {
      return new KeyVerdict.Rejected(Denial.KEY_OR_ADDRESS_OR_RIGHT);
    }
    List<String> on = new ArrayList<>();
    tree.properties()
        .forEach(right -> {
          if (isTrue(right.getValue()) && !right.getKey().equals(ADDRESS)) {
            on.add(right.getKey());
          }
        });
    return new KeyVerdict.ReadOnly(on, isTrue(tree.get(ADDRESS)));
  }

  private static List<KeyVerdict.Excess> excess(JsonNode tree) {
    List<KeyVerdict.Excess> excess = new ArrayList<>();
    FORBIDDEN.forEach((right, label) -> {
      JsonNode value = tree.get(right);
      if (value != null && !isFalse(value)) {
        excess.add(new KeyVerdict.Excess(right, true, remedy(label)));
      }
    });
    for (Map.Entry<String, JsonNode> member : tree.properties()) {
      String name = member.getKey();
      boolean known = FORBIDDEN.containsKey(name) || HARMLESS.contains(name);
      if (!known && mayBeOn(name, member.getValue())) {
        excess.add(new KeyVerdict.Excess(name, false, remedyOfUnknown(name)));
      }
    }
    return excess;
  }

  /**
   * Whether a member nobody documented may be a right that is on. Plain false and null are off;
   * numbers and text are facts unless the name speaks of a right or the text says yes; a list or an
   * object could hold rights, so only an empty one is harmless.
   */
  private static boolean mayBeOn(String name, JsonNode value) {
    if (isFalse(value) || value.isNull()) {
      return false;
    }
    if (value.isContainerNode()) {
      return !value.isEmpty();
    }
    return value.isBoolean()
        || value.asText().equalsIgnoreCase("true")
        || name.matches("(?i)(enable|permit|allow|can).*");
  }

  private static @Nullable String firstMissing(JsonNode tree) {
    for (String right : new TreeSet<>(ALWAYS_TOLD)) {
      if (!tree.has(right)) {
        return right;
      }
    }
    return null;
  }

  private static boolean isTrue(@Nullable JsonNode value) {
    return value != null && value.isBoolean() && value.booleanValue();
  }

  private static boolean isFalse(JsonNode value) {
    return value.isBoolean() && !value.booleanValue();
  }

  private static String remedy(String label) {
    return "On Binance open Account, API Management, choose Edit restrictions on this key, clear \""
        + label
        + "\" and save; or make a new key that has \"Enable Reading\" only.";
  }

  private static String remedyOfUnknown(String name) {
    return "Binance reports a right that is not in its documents as we know them ("
        + shown(name)
        + "). On Binance open Account, API Management and clear every restriction of this key"
        + " but \"Enable Reading\"; if it stays, make a new key or ask the operator.";
  }

  private static String shown(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9_.-]", "?");
    return plain.length() > 64 ? plain.substring(0, 64) : plain;
  }
}
