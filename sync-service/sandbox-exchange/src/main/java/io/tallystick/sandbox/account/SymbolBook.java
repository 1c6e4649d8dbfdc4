package io.tallystick.sandbox.account;

import io.tallystick.sandbox.market.Listing;
import java.util.ArrayList;
import java.util.List;

/** The account's fills and orders of one symbol, in the order of their ids. */
public final class SymbolBook {
  private final Listing listing;
  private final List<Fill> fills = new ArrayList<>();
  private final List<Order> orders = new ArrayList<>();
  private long lastTradeId;
  private long lastOrderId;

  SymbolBook(Listing listing, long firstTradeId, long firstOrderId) {
    this.listing = listing;
    this.lastTradeId = firstTradeId;
    this.lastOrderId = firstOrderId;
  }

  /** The symbol. */
  public Listing listing() {
    return listing;
  }

  long nextTradeId(long gap) {
    lastTradeId += gap;
    return lastTradeId;
  }

  long nextOrderId(long gap) {
    lastOrderId += gap;
    return lastOrderId;
  }

  void add(Fill fill) {
    fills.add(fill);
  }

  void add(Order order) {
    orders.add(order);
  }

  List<Fill> fills() {
    return fills;
  }

  List<Order> orders() {
    return orders;
  }

  /** What an open order locks: the rest of its base, or that rest at its limit in quote. */
  long lock(Order order) {
    long rest = order.quantity() - order.executed();
    return order.buyer()
        ? listing.cost(order.price() / listing.tick(), rest / listing.step())
        : rest;
  }
}
