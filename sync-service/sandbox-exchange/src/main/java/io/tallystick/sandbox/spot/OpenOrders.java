package io.tallystick.sandbox.spot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tallystick.sandbox.account.Order;
import io.tallystick.sandbox.market.Listing;
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

/**
 * {@code GET /api/v3/openOrders}: the orders that wait, of one symbol or, for much more weight, of
 * all (Binance Spot REST docs, "Current open orders").
 */
public final class OpenOrders implements SignedEndpoint {
  private final Market market;

  /** Over the symbols of this market. */
  public OpenOrders(Market market) {
    this.market = market;
  }

  @Override
  public String path() {
    return "/api/v3/openOrders";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(Parameter.symbol().optional());
  }

  @Override
  public Charge charge(Sent sent) {
    return Charge.api(sent.has("symbol") ? 6 : 80);
  }

  @Override
  public Answer answer(Arguments arguments, RegisteredKey key) {
    Optional<String> symbol = arguments.text("symbol");
    if (symbol.isPresent() && market.listed(symbol.get()).isEmpty()) {
      return Refusal.invalidSymbol();
    }
    List<String> asked =
        symbol
            .map(List::of)
            .orElseGet(() ->
                key.account().symbols().stream()
                    .map(Listing::symbol)
                    .filter(s -> market.listed(s).isPresent())
                    .toList());
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    for (String name : asked) {
      key.account().orders(name).stream()
          .filter(Order::open)
          .forEach(order -> OrderRow.add(rows, name, order, arguments));
    }
    return new Answer.Document(rows);
  }
}
