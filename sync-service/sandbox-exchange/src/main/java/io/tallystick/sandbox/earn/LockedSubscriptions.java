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
 * {@code GET …/locked/history/subscriptionRecord}: here {@code purchaseId} is a text; at most
 * thirty days at a time (Binance Simple Earn docs, "Get Locked Subscription Record").
 */
@AutoService(SignedEndpoint.class)
public final class LockedSubscriptions implements SignedEndpoint {
  @Override
  public String path() {
    return "/sapi/v1/simple-earn/locked/history/subscriptionRecord";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.text("asset"),
        Parameter.text("purchaseId"),
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
    List<EarnEvent.LockedSubscription> found =
        range.newest(key.account().events(EarnEvent.LockedSubscription.class)).stream()
            .filter(e -> arguments.text("asset").map(e.asset()::equals).orElse(true))
            .filter(e ->
                arguments
                    .text("purchaseId")
                    .map(String.valueOf(e.purchaseId())::equals)
                    .orElse(true))
            .toList();
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode rows = body.putArray("rows");
    Range.current(found, arguments).forEach(e -> row(rows.addObject(), e));
    return new Answer.Document(body.put("total", found.size()));
  }

  private static void row(ObjectNode row, EarnEvent.LockedSubscription event) {
    boolean both = event.fromSpot() > 0 && event.fromFunding() > 0;
    String source = both ? "ALL" : event.fromFunding() > 0 ? "FUND" : "SPOT";

    row.put("positionId", event.positionId())
        .put("purchaseId", String.valueOf(event.purchaseId()))
        .put("projectId", event.projectId())
        .put("time", event.time())
        .put("asset", event.asset())
        .put("amount", Units.text(event.amount()))
        .put("lockPeriod", String.valueOf(event.days()))
        .put("type", event.type())
        .put("sourceAccount", source)
        .put("amtFromSpot", Units.trimmed(event.fromSpot()))
        .put("amtFromFunding", Units.trimmed(event.fromFunding()))
        .put("status", event.status());
  }
}
