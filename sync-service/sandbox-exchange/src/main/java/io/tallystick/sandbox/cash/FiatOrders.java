package io.tallystick.sandbox.cash;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auto.service.AutoService;
import io.tallystick.sandbox.account.CashEvent;
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
 * {@code GET /sapi/v1/fiat/orders}: bank deposits (0) or withdrawals (1), four calls a minute and
 * account; the times are called {@code beginTime} and {@code endTime}, other names are ignored
 * without a word (Binance fiat docs, "Get Fiat Deposit/Withdraw History").
 */
@AutoService(SignedEndpoint.class)
public final class FiatOrders implements SignedEndpoint {
  @Override
  public String path() {
    return "/sapi/v1/fiat/orders";
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
    return Charge.account(45_000);
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
    List<CashEvent.FiatOrder> found =
        range.newest(key.account().events(CashEvent.FiatOrder.class)).stream()
            .filter(e -> e.withdrawal() == (type == 1))
            .toList();
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    Range.page(found, arguments.numberOr("page", 1), arguments.numberOr("rows", 100))
        .forEach(e -> row(rows.addObject(), e));
    return Envelope.around(rows, found.size());
  }

  private static void row(ObjectNode row, CashEvent.FiatOrder event) {
    row.put("orderNo", event.orderNo())
        .put("fiatCurrency", event.fiat())
        .put("indicatedAmount", Envelope.fiat(event.amount() + event.fee()))
        .put("amount", Envelope.fiat(event.amount()))
        .put("totalFee", Envelope.fiat(event.fee()))
        .put("method", event.method())
        .put("status", event.status())
        .put("createTime", event.time())
        .put("updateTime", event.time());
  }
}
