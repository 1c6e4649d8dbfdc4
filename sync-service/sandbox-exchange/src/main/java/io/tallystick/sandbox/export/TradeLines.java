package io.tallystick.sandbox.export;

import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.Fill;
import io.tallystick.sandbox.account.Order;
import io.tallystick.sandbox.market.Listing;
import io.tallystick.sandbox.market.Units;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Spot fills, which carry no id, and orders, which carry no fee. */
final class TradeLines {
  private static final List<String> TRADES =
      List.of("Time", "Pair", "Side", "Price", "Executed", "Amount", "Fee");
  private static final String ORDERS =
      "Time,OrderNo,Pair,Type¹,Side,Order Price,Order Amount,Time,Executed²,Average Price,"
          + "Trading total³,Status";

  private final Account account;
  private final Style style;

  TradeLines(Account account, Style style) {
    this.account = account;
    this.style = style;
  }

  static List<String> tradeHeader(Style style) {
    return style.isCurrent() ? TRADES : dated(TRADES);
  }

  static List<String> orderHeader(Style style) {
    List<String> current = List.of(ORDERS.split(","));
    return style.isCurrent() ? current : dated(List.of(ORDERS.replaceAll("[¹²³]", "").split(",")));
  }

  private static List<String> dated(List<String> header) {
    List<String> dated = new ArrayList<>(header);
    dated.set(0, "Date(UTC)");
    return dated;
  }

  List<Line> trades() {
    List<Line> lines = new ArrayList<>();
    for (Listing listing : account.symbols()) {
      for (Fill fill : account.fills(listing.symbol())) {
        lines.add(
            Line.of(
                fill.time(),
                style.time(fill.time()),
                listing.symbol(),
                side(fill.buyer()),
                style.grouped(fill.price()),
                style.glued(fill.quantity(), listing.base().name()),
                style.glued(fill.quote(), listing.quote().name()),
                style.glued(fill.fee(), fill.feeAsset())));
      }
    }
    return lines;
  }

  /** Orders that wait untouched are on another page. */
  List<Line> orders() {
    List<Line> lines = new ArrayList<>();
    for (Listing listing : account.symbols()) {
      for (Order order : account.orders(listing.symbol())) {
        if (!order.status().equals("NEW")) {
          lines.add(order(listing, order));
        }
      }
    }
    return lines;
  }

  private Line order(Listing listing, Order order) {
    String base = listing.base().name();
    return Line.of(
        order.time(),
        style.time(order.time()),
        Long.toString(order.orderId()),
        listing.symbol(),
        type(order),
        side(order.buyer()),
        style.number(order.price()),
        style.number(order.quantity()) + base,
        style.time(order.updateTime()),
        style.number(order.executed()) + base,
        average(order),
        style.number(order.quote()) + listing.quote().name(),
        order.status());
  }

  private String type(Order order) {
    return style.isCurrent() && !order.type().contains("_")
        ? order.type().charAt(0) + order.type().substring(1).toLowerCase(java.util.Locale.ROOT)
        : order.type();
  }

  private static String average(Order order) {
    return order.executed() == 0
        ? "0"
        : Units.decimal(order.quote())
            .divide(Units.decimal(order.executed()), 8, RoundingMode.DOWN)
            .stripTrailingZeros()
            .toPlainString();
  }

  private static String side(boolean buyer) {
    return buyer ? "BUY" : "SELL";
  }
}
