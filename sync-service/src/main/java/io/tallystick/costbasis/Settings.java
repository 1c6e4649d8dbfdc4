package io.tallystick.costbasis;

import java.time.MonthDay;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Everything that decides a computation beside its events. Made from plain text entries, so that a
 * report can store, hash and show exactly what it was computed with.
 */
public final class Settings {

  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("currency", "USD"),
          Map.entry("cash", ""),
          Map.entry("method", "FIFO"),
          Map.entry("scope", "universal"),
          Map.entry("zone", "UTC"),
          Map.entry("year-start", "01-01"),
          Map.entry("term", "NONE"),
          Map.entry("swap-fee", "DISPOSE"),
          Map.entry("withheld-fee", "OWN_LOT"),
          Map.entry("network-fee", "DISPOSE"),
          Map.entry("swap-value", "RECEIVED"),
          Map.entry("wrap", "BY_RATIO"),
          Map.entry("airdrop", "INCOME"),
          Map.entry("airdrop-for-service", "INCOME"),
          Map.entry("fork", "INCOME"),
          Map.entry("gift", "true"),
          Map.entry("donation", "true"),
          Map.entry("gift-received", "VALUE"),
          Map.entry("shortfall", "UNKNOWN"),
          Map.entry("same-instant", "BY_PHASE"),
          Map.entry("unit-cost", "EXACT"));

  private final Map<String, String> entries;
  private final String currency;
  private final Set<String> cash;
  private final Method method;
  private final Scope scope;
  private final TaxCalendar calendar;
  private final Rules rules;

  private Settings(Map<String, String> entries) {
    this.entries = entries;
    this.currency = text("currency");
    Set<String> cashAssets = new TreeSet<>(Set.of(text("cash").trim().split("\\s*,\\s*")));
    cashAssets.remove("");
    cashAssets.add(currency);
    this.cash = Collections.unmodifiableSet(cashAssets);
    this.method = choice(Method.class, "method");
    this.scope = Scope.of(text("scope"));
    this.calendar =
        new TaxCalendar(
            ZoneId.of(text("zone")),
            MonthDay.parse("--" + text("year-start")),
            choice(TermRule.class, "term"));
    this.rules =
        new Rules(
            choice(Rules.SwapFee.class, "swap-fee"),
            choice(Rules.WithheldFee.class, "withheld-fee"),
            choice(Rules.NetworkFee.class, "network-fee"),
            choice(Rules.SwapValue.class, "swap-value"),
            choice(Rules.Wrap.class, "wrap"),
            new Rules.Receipts(
                choice(Rules.Receipt.class, "airdrop"),
                choice(Rules.Receipt.class, "airdrop-for-service"),
                choice(Rules.Receipt.class, "fork")),
            new Rules.Gifts(
                flag("gift"), flag("donation"), choice(Rules.GiftReceived.class, "gift-received")),
            choice(Rules.Shortfall.class, "shortfall"),
            choice(Rules.SameInstant.class, "same-instant"),
            choice(Rules.UnitCost.class, "unit-cost"));
    if (!method.allowsWallets() && !(scope instanceof Scope.Universal)) {
      throw new IllegalArgumentException(
          "method " + method + " matches over all wallets: its scope is universal");
    }
  }

  /**
   * Settings from entries; what is not given takes the generic default (see {@link #entries()}).
   * Throws IllegalArgumentException on an unknown key or value, or a method and scope that exclude
   * one another.
   */
  public static Settings of(Map<String, String> given) {
    return new Settings(merged(DEFAULTS, given));
  }

  /** These settings with some entries replaced; throws as {@link #of}. */
  public Settings with(Map<String, String> overrides) {
    return new Settings(merged(entries, overrides));
  }

  private static Map<String, String> merged(Map<String, String> under, Map<String, String> over) {
    Map<String, String> all = new TreeMap<>(under);
    over.forEach((key, value) -> {
      if (!DEFAULTS.containsKey(key)) {
        throw new IllegalArgumentException("no such setting: " + key);
      }
      all.put(key, value);
    });
    return Collections.unmodifiableMap(all);
  }

  private String text(String key) {
    String value = entries.get(key);
    if (value == null) {
      throw new IllegalArgumentException("setting without a value: " + key);
    }
    return value;
  }

  private boolean flag(String key) {
    return switch (text(key)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(key + " is true or false");
    };
  }

  private <E extends Enum<E>> E choice(Class<E> type, String key) {
    return Enum.valueOf(type, text(key).toUpperCase(Locale.ROOT));
  }

  /** Every entry, defaults included, sorted by key: two settings are equal when these are. */
  public Map<String, String> entries() {
    return entries;
  }

  /** The reporting currency. */
  public String currency() {
    return currency;
  }

  /** Assets that are money here and have no lots; the reporting currency is always one. */
  public Set<String> cash() {
    return cash;
  }

  /** The matching method. */
  public Method method() {
    return method;
  }

  /** The scope of matching. */
  public Scope scope() {
    return scope;
  }

  /** Days, years and holding periods. */
  public TaxCalendar calendar() {
    return calendar;
  }

  /** The other choices. */
  public Rules rules() {
    return rules;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Settings that && entries.equals(that.entries);
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  @Override
  public String toString() {
    return entries.toString();
  }
}
