package io.tallystick.sandbox.spot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tallystick.sandbox.account.Order;
import io.tallystick.sandbox.market.Market;
import io.tallystick.sandbox.protocol.Answer;
import io.tallystick.sandbox.protocol.Arguments;
import io.tallystick.sandbox.protocol.Charge;
import io.tallystick.sandbox.protocol.Parameter;
import io.tallystick.sandbox.protocol.Refusal;
import io.tallystick.sandbox.protocol.RegisteredKey;
import io.tallystick.sandbox.protocol.Sent;
import io.tallystick.sandbox.protocol.SignedEndpoint;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code GET /api/v3/order}: one order by its id or its client's name. Without fill and ended more
 * than ninety days ago, it is archived (Binance Spot REST docs, "Query order").
 */
public final class OneOrder implements SignedEndpoint {
  private static final long NINETY_DAYS = 90 * 86_400_000L;

  private final Market market;

  /** Over the symbols of this market. */
  public OneOrder(Market market) {
    this.market = market;
  }

  @Override
  public String path() {
    return "/api/v3/order";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.symbol(), Parameter.number("orderId"), Parameter.text("origClientOrderId"));
  }

  @Override
  public Charge charge(Sent sent) {
    return Charge.api(4);
  }

  @Override
  public Answer answer(Arguments arguments, RegisteredKey key) {
    String symbol = arguments.required("symbol");
    if (market.listed(symbol).isEmpty()) {
      return Refusal.invalidSymbol();
    }
    OptionalLong id = arguments.number("orderId");
    Optional<String> name = arguments.text("origClientOrderId");
    if (id.isEmpty() && name.isEmpty()) {
      return Refusal.of(
          -1102, "Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null!");
    }
    Optional<Order> found =
        key.account().orders(symbol).stream()
            .filter(o ->
                id.isPresent()
                    ? o.orderId() == id.getAsLong()
                    : OrderRow.clientOrderId(o).equals(name.orElseThrow()))
            .findFirst();
    if (found.isEmpty()) {
      return Refusal.of(-2013, "Order does not exist.");
    }
    Order order = found.get();
    if (name.isPresent() && !OrderRow.clientOrderId(order).equals(name.get())) {
      return Refusal.of(-2039, "Client order ID is not correct for this order ID.");
    }
    if (order.endedUnfilled() && arguments.now() - order.updateTime() > NINETY_DAYS) {
      return Refusal.of(
          -2026, "Order was canceled or expired with no executed qty over 90 days ago.");
    }
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    OrderRow.add(rows, symbol, order, arguments);
    return new Answer.Document(rows.get(0));
  }
}
