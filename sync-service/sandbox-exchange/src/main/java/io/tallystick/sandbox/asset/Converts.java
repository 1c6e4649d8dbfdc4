package io.tallystick.sandbox.asset;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auto.service.AutoService;
import io.tallystick.sandbox.account.SwapEvent;
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
 * {@code GET /sapi/v1/convert/tradeFlow}: no cursor; {@code moreData} says that rows were left out,
 * and only a narrower window shows them (Binance Convert docs, "Get Convert Trade History").
 */
@AutoService(SignedEndpoint.class)
public final class Converts implements SignedEndpoint {
  @Override
  public String path() {
    return "/sapi/v1/convert/tradeFlow";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.time("startTime").mandatory(),
        Parameter.time("endTime").mandatory(),
        Parameter.limit(1000));
  }

  @Override
  public Charge charge(Sent sent) {
    return Charge.account(3000);
  }

  @Override
  public Answer answer(Arguments arguments, RegisteredKey key) {
    Range range = Range.of(arguments, 30);
    if (range.beyond(30)) {
      return Refusal.window(30);
    }
    List<SwapEvent.Convert> found = range.newest(key.account().events(SwapEvent.Convert.class));
    long limit = arguments.numberOr("limit", 100);
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode rows = body.putArray("list");
    Range.page(found, 1, limit).forEach(e -> row(rows.addObject(), e));
    body.put("startTime", range.start())
        .put("endTime", range.end())
        .put("limit", limit)
        .put("moreData", found.size() > limit);
    return new Answer.Document(body);
  }

  private static void row(ObjectNode row, SwapEvent.Convert event) {
    row.put("quoteId", event.quoteId())
        .put("orderId", event.orderId())
        .put("orderStatus", event.status())
        .put("fromAsset", event.from())
        .put("fromAmount", Units.trimmed(event.fromAmount()))
        .put("toAsset", event.to())
        .put("toAmount", Units.trimmed(event.toAmount()))
        .put("ratio", Units.trimmed(Units.scaled(event.toAmount(), Units.ONE, event.fromAmount())))
        .put(
            "inverseRatio",
            Units.trimmed(Units.scaled(event.fromAmount(), Units.ONE, event.toAmount())))
        .put("createTime", event.time());
    if (event.live()) {
      // Seen in live answers, absent from the documents.
      row.put("orderType", "MARKET").put("side", "BUY");
    }
  }
}
