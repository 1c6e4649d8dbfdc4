package io.tallystick.sandbox.cash;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auto.service.AutoService;
import io.tallystick.sandbox.account.CashEvent;
import io.tallystick.sandbox.market.Units;
import io.tallystick.sandbox.protocol.Answer;
import io.tallystick.sandbox.protocol.Arguments;
import io.tallystick.sandbox.protocol.Charge;
import io.tallystick.sandbox.protocol.Parameter;
import io.tallystick.sandbox.protocol.Range;
import io.tallystick.sandbox.protocol.Refusal;
import io.tallystick.sandbox.protocol.RegisteredKey;
import io.tallystick.sandbox.protocol.Sent;
import io.tallystick.sandbox.protocol.SignedEndpoint;
import java.util.List;
import java.util.Optional;

/**
 * {@code GET /sapi/v1/c2c/orderMatch/listUserOrderHistory}: trades with other people in the last
 * six months, thirty days at a time; the times are called {@code startTimestamp} and {@code
 * endTimestamp} (Binance C2C docs, "Get C2C Trade History"). The other side's name is made up.
 */
@AutoService(SignedEndpoint.class)
public final class PeerTrades implements SignedEndpoint {
  private static final int REMEMBERED_DAYS = 180;

  @Override
  public String path() {
    return "/sapi/v1/c2c/orderMatch/listUserOrderHistory";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.text("tradeType"),
        Parameter.time("startTimestamp"),
        Parameter.time("endTimestamp"),
        Parameter.count("page", 0),
        Parameter.count("rows", 100));
  }

  @Override
  public Charge charge(Sent sent) {
    return Charge.sapi(1);
  }

  @Override
  public Answer answer(Arguments arguments, RegisteredKey key) {
    Optional<String> side = arguments.text("tradeType");
    if (side.isPresent() && !List.of("BUY", "SELL").contains(side.get())) {
      return Refusal.invalid("tradeType");
    }
    Range range = Range.of(arguments, "startTimestamp", "endTimestamp", 30);
    if (range.beyond(30)) {
      return Refusal.window(30);
    }
    List<CashEvent.PeerTrade> found =
        range
            .within(REMEMBERED_DAYS, arguments)
            .newest(key.account().events(CashEvent.PeerTrade.class))
            .stream()
            .filter(e -> side.isEmpty() || e.sell() == side.get().equals("SELL"))
            .toList();
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    Range.page(found, arguments.numberOr("page", 1), arguments.numberOr("rows", 100))
        .forEach(e -> row(rows.addObject(), e));
    return Envelope.around(rows, found.size());
  }

  /**
   * The fee of an own advertisement is {@code commission}, of another's {@code takerCommission}.
   */
  private static void row(ObjectNode row, CashEvent.PeerTrade event) {
    row.put("orderNumber", event.orderNumber())
        .put("advNo", "1" + event.orderNumber().substring(1))
        .put("tradeType", event.sell() ? "SELL" : "BUY")
        .put("asset", event.asset())
        .put("fiat", event.fiat())
        .put("fiatSymbol", event.fiat())
        .put("amount", Units.text(event.amount()))
        .put("totalPrice", Units.text(event.total()))
        .put("unitPrice", Units.trimmed(event.price()))
        .put("orderStatus", event.status())
        .put("createTime", event.time())
        .put("commission", Units.trimmed(event.maker() ? event.fee() : 0))
        .put("counterPartNickName", "Nickname-" + event.orderNumber().substring(12))
        .put("payMethodName", "BANK")
        .put("additionalKycVerify", 0)
        .put("takerCommissionRate", event.maker() || event.fee() == 0 ? "0" : "0.001")
        .put("takerCommission", Units.trimmed(event.maker() ? 0 : event.fee()))
        .put("takerAmount", Units.trimmed(event.amount() - (event.maker() ? 0 : event.fee())))
        .put("advertisementRole", event.maker() ? "MAKER" : "TAKER");
  }
}
