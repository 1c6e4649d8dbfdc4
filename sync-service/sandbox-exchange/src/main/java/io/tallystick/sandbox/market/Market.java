package io.tallystick.sandbox.market;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything the exchange lists and everything it has removed; the same for the same (seed,
 * counts).
 *
 * <p>A removed symbol is not told from one that never was. Assets of removed symbols keep existing:
 * balances of them remain in accounts.
 */
public final class Market {
  private final Map<String, Asset> assets;
  private final Map<String, Listing> listed;
  private final List<Listing> removed;

  private Market(Map<String, Asset> assets, List<Listing> listed, List<Listing> removed) {
    this.assets = Collections.unmodifiableMap(assets);
    Map<String, Listing> byName = new LinkedHashMap<>();
    listed.forEach(l -> byName.put(l.symbol(), l));
    this.listed = Collections.unmodifiableMap(byName);
    this.removed = List.copyOf(removed);
  }

  /**
   * Makes a market.
   *
   * @param seed which one
   * @param listed how many symbols {@code exchangeInfo} shows by default
   * @param removed how many were there once
   */
  public static Market of(long seed, int listed, int removed) {
    MarketBuilder builder = new MarketBuilder(seed);
    List<Listing> there = builder.listed(listed);
    List<Listing> gone = builder.removed(removed);
    return new Market(builder.assets(), there, gone);
  }

  /** Every asset, the well-known ones first. */
  public Collection<Asset> assets() {
    return assets.values();
  }

  /** The asset of this name. */
  public Optional<Asset> asset(String name) {
    return Optional.ofNullable(assets.get(name));
  }

  /** Every listed symbol, in the order of {@code exchangeInfo}. */
  public Collection<Listing> listed() {
    return listed.values();
  }

  /** The listed symbol of this name. */
  public Optional<Listing> listed(String symbol) {
    return Optional.ofNullable(listed.get(symbol));
  }

  /** The symbols that were removed. */
  public List<Listing> removed() {
    return removed;
  }
}
