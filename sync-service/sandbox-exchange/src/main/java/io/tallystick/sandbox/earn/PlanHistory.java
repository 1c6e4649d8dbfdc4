package io.tallystick.sandbox.earn;

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
 * {@code GET /sapi/v1/lending/auto-invest/history/list}: runs of recurring buys, if the venue still
 * tells them (Binance auto-invest docs of 2025, "Query subscription transaction history"). Flags
 * are texts here.
 */
@AutoService(SignedEndpoint.class)
public final class PlanHistory implements SignedEndpoint {
  @Override
  public String path() {
    return "/sapi/v1/lending/auto-invest/history/list";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.number("planId"),
        Parameter.time("startTime"),
        Parameter.time("endTime"),
        Parameter.text("targetAsset"),
        Parameter.text("planType"),
        Parameter.count("size", 100),
        Parameter.count("current", 0));
  }

  @Override
  public Charge charge(Sent sent) {
    return Charge.sapi(1);
  }

  @Override
  public Answer answer(Arguments arguments, RegisteredKey key) {
    switch (key.account().planAnswers()) {
      case NOT_FOUND -> {
        return Refusal.notFound();
      }
      case RETIRED -> {
        return Refusal.retired();
      }
      case SERVED -> {}
    }

    Range range = Range.of(arguments, 30);
    if (range.beyond(30)) {
      return Refusal.window(30);
    }
    List<SwapEvent.PlanRun> found =
        range.newest(key.account().events(SwapEvent.PlanRun.class)).stream()
            .filter(e -> arguments.numberOr("planId", e.planId()) == e.planId())
            .filter(e -> arguments.text("targetAsset").map(e.target()::equals).orElse(true))
            .toList();
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    Range.current(found, arguments).forEach(e -> row(rows.addObject(), e));
    return new Answer.Document(rows);
  }

  private static void row(ObjectNode row, SwapEvent.PlanRun run) {
    boolean done = !run.moves().isEmpty();
    row.put("id", run.number())
        .put("targetAsset", run.target())
        .put("planType", "SINGLE")
        .put("planName", run.target())
        .put("planId", run.planId())
        .put("transactionDateTime", run.time())
        .put("transactionStatus", run.status());
    if (!done) {
      row.put("failedType", "INSUFFICIENT_BALANCE");
    }
    row.put("sourceAsset", run.source())
        .put("sourceAssetAmount", Units.trimmed(run.spent()))
        .put("targetAssetAmount", Units.trimmed(done ? run.bought() : 0))
        .put("sourceWallet", "SPOT_WALLET")
        .put("flexibleUsed", "false")
        .put("transactionFee", Units.trimmed(run.fee()))
        .put("transactionFeeUnit", run.source())
        .put("executionPrice", Units.trimmed(Units.scaled(run.spent(), Units.ONE, run.bought())))
        .put("executionType", "RECURRING")
        .put("subscriptionCycle", "WEEKLY");
  }
}
