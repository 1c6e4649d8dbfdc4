package io.tallystick.sandbox.export;

import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.CashEvent;
import java.util.ArrayList;
import java.util.List;

/** Trades with other people, bank transfers and purchases, each under the venue's own number. */
final class PeopleLines {
  private static final String NICKNAME = "someone";

  private final Account account;
  private final Style style;

  PeopleLines(Account account, Style style) {
    this.account = account;
    this.style = style;
  }

  static List<String> tradeHeader(Style style) {
    // The misspelling is the venue's.
    return List.of(
        (style.isCurrent()
                ? "Order Number,Created Time,Order Type,Asset,Quantity,Total Price,Fiat Type,"
                    + "Counterparty,Status"
                : "Order Number,Order Type,Asset Type,Fiat Type,Total Price,Price,Quantity,"
                    + "Exchange rate,Maker Fee,Taker Fee,Couterparty,Status,Created Time")
            .split(","));
  }

  List<Line> trades() {
    List<Line> lines = new ArrayList<>();
    for (CashEvent.PeerTrade trade : account.events(CashEvent.PeerTrade.class)) {
      lines.add(style.isCurrent() ? today(trade) : former(trade));
    }
    return lines;
  }

  // The zone stands in every cell, with one minus.
  private Line today(CashEvent.PeerTrade trade) {
    return Line.of(
        trade.time(),
        trade.orderNumber(),
        style.longTime(trade.time()) + style.zoneMark().replace("--", "-"),
        trade.sell() ? "SELL" : "BUY",
        trade.asset(),
        style.number(trade.amount()),
        style.number(trade.total()),
        trade.fiat(),
        NICKNAME,
        status(trade.status()));
  }

  private Line former(CashEvent.PeerTrade trade) {
    return Line.of(
        trade.time(),
        trade.orderNumber(),
        trade.sell() ? "Sell" : "Buy",
        trade.asset(),
        trade.fiat(),
        style.grouped(trade.total()),
        style.grouped(trade.price()),
        style.number(trade.amount()),
        "",
        style.number(trade.maker() ? trade.fee() : 0),
        style.number(trade.maker() ? 0 : trade.fee()),
        NICKNAME,
        status(trade.status()),
        style.time(trade.time()));
  }

  private static String status(String status) {
    return switch (status) {
      case "COMPLETED" -> "Completed";
      case "CANCELLED", "CANCELLED_BY_SYSTEM" -> "Cancelled";
      default -> "Processing";
    };
  }

  static List<String> orderHeader(Style style, boolean withdrawal) {
    return style.isCurrent()
        ? List.of(
            "Time",
            "Method",
            withdrawal ? "Withdraw Amount" : "Deposit Amount",
            "Receive Amount",
            "Fee",
            "Status",
            "Transaction ID")
        : List.of(
            "Date(UTC)",
            "Coin",
            "Amount",
            "Status",
            "Payment Method",
            "Indicated Amount",
            "Fee",
            "Order ID");
  }

  List<Line> orders(boolean withdrawals) {
    List<Line> lines = new ArrayList<>();
    for (CashEvent.FiatOrder order : account.events(CashEvent.FiatOrder.class)) {
      if (order.withdrawal() == withdrawals) {
        lines.add(order(order));
      }
    }
    return lines;
  }

  private Line order(CashEvent.FiatOrder order) {
    String status = order.moves().isEmpty() ? order.status() : "Successful";
    long gross = order.amount() + order.fee();
    return style.isCurrent()
        ? Line.of(
            order.time(),
            style.time(order.time()),
            order.method(),
            style.spaced(gross, order.fiat()),
            style.spaced(order.amount(), order.fiat()),
            style.spaced(order.fee(), order.fiat()),
            status,
            order.orderNo())
        : Line.of(
            order.time(),
            style.time(order.time()),
            order.fiat(),
            style.number(order.amount()),
            status,
            order.method(),
            style.number(gross),
            style.number(order.fee()),
            order.orderNo());
  }

  static List<String> purchaseHeader(Style style) {
    return List.of(
        style.isCurrent() ? "Time" : "Date(UTC)",
        "Method",
        "Spend Amount",
        "Receive Amount",
        "Fee",
        "Price",
        "Status",
        "Transaction ID");
  }

  /** Sales are on another page. */
  List<Line> purchases() {
    List<Line> lines = new ArrayList<>();
    for (CashEvent.FiatPayment payment : account.events(CashEvent.FiatPayment.class)) {
      if (!payment.sell()) {
        lines.add(
            Line.of(
                payment.time(),
                style.time(payment.time()),
                payment.method(),
                style.spaced(payment.fiatAmount(), payment.fiat()),
                style.spaced(payment.cryptoAmount(), payment.crypto()),
                style.spaced(payment.fee(), payment.fiat()),
                style.number(payment.fiatAmount()),
                payment.moves().isEmpty() ? payment.status() : "Successful",
                payment.orderNo()));
      }
    }
    return lines;
  }
}
