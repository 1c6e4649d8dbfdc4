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

/**
 * {@code GET /sapi/v1/fiat/payments}: crypto bought (0) or sold (1) for fiat; without rows there is
 * no {@code data} at all (Binance fiat docs, "Get Fiat Payments History").
 */
@AutoService(SignedEndpoint.class)
public final class FiatPayments implements SignedEndpoint {
  @Override
  public String path() {
    return "/sapi/v1/fiat/payments";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.number("transactionType").mandatory(),
        Parameter.time("beginTime"),
        Parameter.time("endTime"),
        Parameter.count("page", 0),
        Parameter.count("rows", 500));
  }

  @Override
  public Charge charge(Sent sent) {
    return Charge.sapi(1);
  }

  @Override
  public Answer answer(Arguments arguments, RegisteredKey key) {
    long type = arguments.numberOr("transactionType", 0);
    if (type > 1) {
      return Refusal.invalid("transactionType");
    }
    Range range = Range.of(arguments, "beginTime", "endTime", 30);
    if (range.end() < range.start()) {
      return Refusal.invalid("endTime");
    }
    List<CashEvent.FiatPayment> found =
        range.newest(key.account().events(CashEvent.FiatPayment.class)).stream()
            .filter(e -> e.sell() == (type == 1))
            .toList();
    if (found.isEmpty()) {
      return Envelope.empty();
    }
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    Range.page(found, arguments.numberOr("page", 1), arguments.numberOr("rows", 100))
        .forEach(e -> row(rows.addObject(), e));
    return Envelope.around(rows, found.size());
  }

  /** Source and obtained amount change sides with the direction, the currencies do not. */
  private static void row(ObjectNode row, CashEvent.FiatPayment event) {
    String fiat = Envelope.fiat(event.fiatAmount());
    String crypto = Units.trimmed(event.cryptoAmount());
    long net = event.sell() ? event.fiatAmount() : event.fiatAmount() - event.fee();
    row.put("orderNo", event.orderNo())
        .put("sourceAmount", event.sell() ? crypto : fiat)
        .put("fiatCurrency", event.fiat())
        .put("obtainAmount", event.sell() ? fiat : crypto)
        .put("cryptoCurrency", event.crypto())
        .put("totalFee", Envelope.fiat(event.fee()))
        .put("price", Units.trimmed(Units.scaled(net, Units.ONE, event.cryptoAmount())))
        .put("status", event.status());
    if (!event.sell()) {
      row.put("paymentMethod", event.method());
    }
    row.put("createTime", event.time()).put("updateTime", event.time());
  }
}
