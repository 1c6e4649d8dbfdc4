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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code GET /api/v3/allOrders}: every order of one symbol, whatever became of it; {@code orderId}
 * includes that id and goes with no time (Binance Spot REST docs, "All orders").
 */
public final class AllOrders implements SignedEndpoint {
  private final Market market;

  /** Over the symbols of this market. */
  public AllOrders(Market market) {
    this.market = market;
  }

  @Override
  public String path() {
    return "/api/v3/allOrders";
  }

  @Override
  public List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(Window.parameters());
    all.add(Parameter.symbol());
    all.add(Parameter.number("orderId"));
    return all;
  }

  @Override
  public Charge charge(Sent sent) {
    return Charge.api(20);
  }

  @Override
  public Answer answer(Arguments arguments, RegisteredKey key) {
    String symbol = arguments.required("symbol");
    if (market.listed(symbol).isEmpty()) {
      return Refusal.invalidSymbol();
    }
    if (Window.timed(arguments) && arguments.has("orderId")) {
      return Refusal.combination();
    }
    Optional<Refusal> wrong = Window.wrong(arguments);
    if (wrong.isPresent()) {
      return wrong.get();
    }
    List<Order> orders = key.account().orders(symbol);
    long from = arguments.numberOr("orderId", 0);
    List<Order> page =
        arguments.has("orderId")
            ? Window.head(orders.stream().filter(o -> o.orderId() >= from).toList(), arguments)
            : Window.cut(orders, arguments, Order::time);
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    page.forEach(order -> OrderRow.add(rows, symbol, order, arguments));
    return new Answer.Document(rows);
  }
}
