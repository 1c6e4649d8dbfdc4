package io.tallystick.sandbox.earn;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auto.service.AutoService;
import io.tallystick.sandbox.account.EarnEvent;
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
 * {@code GET …/locked/history/redemptionRecord}: {@code amount} is what arrived, {@code
 * originalAmount} less {@code lossAmount}; {@code rewardAmt} tells interest again that was paid
 * before. At most thirty days at a time (Binance Simple Earn docs, "Get Locked Redemption Record").
 */
@AutoService(SignedEndpoint.class)
public final class LockedRedemptions implements SignedEndpoint {
  @Override
  public String path() {
    return "/sapi/v1/simple-earn/locked/history/redemptionRecord";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.text("asset"),
        Parameter.text("positionId"),
        Parameter.text("redeemId"),
        Parameter.time("startTime"),
        Parameter.time("endTime"),
        Parameter.count("current", 0),
        Parameter.count("size", 100));
  }

  @Override
  public Charge charge(Sent sent) {
    return Charge.sapi(150);
  }

  @Override
  public Answer answer(Arguments arguments, RegisteredKey key) {
    Range range = Range.of(arguments, 30);
    if (range.beyond(30)) {
      return Refusal.earnWindow();
    }
    List<EarnEvent.LockedRedemption> found =
        range.newest(key.account().events(EarnEvent.LockedRedemption.class)).stream()
            .filter(e -> arguments.text("asset").map(e.asset()::equals).orElse(true))
            .filter(e ->
                arguments
                    .text("positionId")
                    .map(String.valueOf(e.positionId())::equals)
                    .orElse(true))
            .filter(e ->
                arguments.text("redeemId").map(String.valueOf(e.redeemId())::equals).orElse(true))
            .toList();
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode rows = body.putArray("rows");
    Range.current(found, arguments).forEach(e -> row(rows.addObject(), e));
    return new Answer.Document(body.put("total", found.size()));
  }

  private static void row(ObjectNode row, EarnEvent.LockedRedemption event) {
    row.put("positionId", event.positionId())
        .put("redeemId", event.redeemId())
        .put("time", event.time())
        .put("asset", event.asset())
        .put("lockPeriod", String.valueOf(event.days()))
        .put("amount", Units.text(event.amount()))
        .put("originalAmount", Units.text(event.original()))
        .put("type", event.type())
        .put("deliverDate", event.time())
        .put("lossAmount", Units.text(event.loss()))
        .put("isComplete", event.status().equals("PAID"))
        .put("rewardAsset", event.asset())
        .put("rewardAmt", Units.text(event.rewards()))
        .put("status", event.status());
  }
}
