package io.tallystick.sandbox.spot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tallystick.sandbox.account.Fill;
import io.tallystick.sandbox.market.Market;
import io.tallystick.sandbox.market.Units;
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
import java.util.OptionalLong;

/**
 * {@code GET /api/v3/myTrades}: the fills of one symbol. {@code fromId} includes that id and goes
 * with no time; a self-trade gives two rows (Binance Spot REST docs, "Account trade list").
 */
public final class MyTrades implements SignedEndpoint {
  private final Market market;

  /** Over the symbols of this market. */
  public MyTrades(Market market) {
    this.market = market;
  }

  @Override
  public String path() {
    return "/api/v3/myTrades";
  }

  @Override
  public List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(Window.parameters());
    all.add(Parameter.symbol());
    all.add(Parameter.number("orderId"));
    all.add(Parameter.number("fromId"));
    return all;
  }

  @Override
  public Charge charge(Sent sent) {
    return Charge.api(sent.has("orderId") ? 5 : 20);
  }

  @Override
  public Answer answer(Arguments arguments, RegisteredKey key) {
    String symbol = arguments.required("symbol");
    if (market.listed(symbol).isEmpty()) {
      return Refusal.invalidSymbol();
    }
    if (Window.timed(arguments) && (arguments.has("fromId") || arguments.has("orderId"))) {
      return Refusal.combination();
    }
    Optional<Refusal> wrong = Window.wrong(arguments);
    if (wrong.isPresent()) {
      return wrong.get();
    }
    List<Fill> fills = key.account().fills(symbol);
    OptionalLong order = arguments.number("orderId");
    if (order.isPresent()) {
      fills = fills.stream().filter(f -> f.orderId() == order.getAsLong()).toList();
    }
    List<Fill> page =
        arguments.has("fromId")
            ? Window.head(from(fills, arguments.numberOr("fromId", 0)), arguments)
            : Window.cut(fills, arguments, Fill::time);
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    page.forEach(fill -> row(rows, symbol, fill, arguments));
    return new Answer.Document(rows);
  }

  /** Ids rise, so the first of them is found by halving. */
  private static List<Fill> from(List<Fill> fills, long id) {
    int low = 0;
    int high = fills.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (fills.get(middle).id() < id) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return fills.subList(low, fills.size());
  }

  private static void row(ArrayNode rows, String symbol, Fill fill, Arguments arguments) {
    rows.addObject()
        .put("symbol", symbol)
        .put("id", fill.id())
        .put("orderId", fill.orderId())
        .put("orderListId", -1)
        .put("price", Units.text(fill.price()))
        .put("qty", Units.text(fill.quantity()))
        .put("quoteQty", Units.text(fill.quote()))
        .put("commission", Units.text(fill.fee()))
        .put("commissionAsset", fill.feeAsset())
        .put("time", arguments.shown(fill.time()))
        .put("isBuyer", fill.buyer())
        .put("isMaker", fill.maker())
        .put("isBestMatch", true);
  }
}
