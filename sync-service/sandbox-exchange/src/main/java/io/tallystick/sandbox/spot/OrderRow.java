package io.tallystick.sandbox.spot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tallystick.sandbox.account.Order;
import io.tallystick.sandbox.market.Units;
import io.tallystick.sandbox.protocol.Arguments;

/**
 * An order as all order endpoints show it; the misspelling {@code cummulativeQuoteQty} is the
 * venue's (Binance Spot REST docs, "Query order").
 */
final class OrderRow {
  private static final String ZERO = "0.00000000";

  private OrderRow() {}

  /** The client's own name of the order; the exchange makes one up where none was sent. */
  static String clientOrderId(Order order) {
    return "web_" + Long.toHexString(order.orderId() * 0x9E3779B97F4A7C15L);
  }

  static void add(ArrayNode rows, String symbol, Order order, Arguments arguments) {
    rows.addObject()
        .put("symbol", symbol)
        .put("orderId", order.orderId())
        .put("orderListId", -1)
        .put("clientOrderId", clientOrderId(order))
        .put("price", Units.text(order.price()))
        .put("origQty", Units.text(order.quantity()))
        .put("executedQty", Units.text(order.executed()))
        .put("cummulativeQuoteQty", Units.text(order.quote()))
        .put("status", order.status())
        .put("timeInForce", "GTC")
        .put("type", order.type())
        .put("side", order.buyer() ? "BUY" : "SELL")
        .put("stopPrice", ZERO)
        .put("icebergQty", ZERO)
        .put("time", arguments.shown(order.time()))
        .put("updateTime", arguments.shown(order.updateTime()))
        .put("isWorking", true)
        .put("workingTime", arguments.shown(order.time()))
        .put("origQuoteOrderQty", ZERO)
        .put("selfTradePreventionMode", "NONE");
  }
}
