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
import io.tallystick.sandbox.protocol.Refusal;
import io.tallystick.sandbox.protocol.RegisteredKey;
import io.tallystick.sandbox.protocol.Sent;
import io.tallystick.sandbox.protocol.SignedEndpoint;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * {@code GET /sapi/v1/lending/auto-invest/plan/list}: the plans behind the recurring buys, if the
 * venue still tells them (Binance auto-invest docs of 2025, "Get list of plans"). The next run is a
 * week after the last.
 */
@AutoService(SignedEndpoint.class)
public final class PlanList implements SignedEndpoint {
  private static final long WEEK = 604_800_000;

  @Override
  public String path() {
    return "/sapi/v1/lending/auto-invest/plan/list";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(Parameter.text("planType").mandatory());
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

    Map<Long, List<SwapEvent.PlanRun>> plans =
        key.account().events(SwapEvent.PlanRun.class).stream()
            .collect(
                Collectors.groupingBy(
                    SwapEvent.PlanRun::planId, TreeMap::new, Collectors.toList()));
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("planValueInUSD", "0").put("planValueInBTC", "0").put("pnlInUSD", "0").put("roi", "0");
    ArrayNode rows = body.putArray("plan");
    if (arguments.required("planType").equals("SINGLE")) {
      plans.values().forEach(runs -> row(rows.addObject(), runs));
    }
    return new Answer.Document(body);
  }

  private static void row(ObjectNode row, List<SwapEvent.PlanRun> runs) {
    SwapEvent.PlanRun first = runs.getFirst();
    SwapEvent.PlanRun last = runs.getLast();
    List<SwapEvent.PlanRun> done = runs.stream().filter(r -> !r.moves().isEmpty()).toList();
    long bought = done.stream().mapToLong(SwapEvent.PlanRun::bought).sum();
    long spent = done.stream().mapToLong(SwapEvent.PlanRun::spent).sum();
    row.put("planId", first.planId())
        .put("planType", "SINGLE")
        .put("editAllowed", "true")
        .put("creationDateTime", first.time() - 1_000)
        .put("firstExecutionDateTime", first.time())
        .put("nextExecutionDateTime", last.time() + WEEK)
        .put("status", "ONGOING")
        .put("lastUpdatedDateTime", last.time())
        .put("targetAsset", first.target())
        .put("totalTargetAmount", Units.trimmed(bought))
        .put("sourceAsset", first.source())
        .put("totalInvestedInUSD", Units.trimmed(spent))
        .put("subscriptionAmount", Units.trimmed(last.spent()))
        .put("subscriptionCycle", "WEEKLY")
        .put("subscriptionStartDay", "1")
        .put("subscriptionStartWeekday", "MON")
        .put("subscriptionStartTime", "1")
        .put("sourceWallet", "SPOT_WALLET")
        .put("flexibleAllowedToUse", "false")
        .put("planValueInUSD", "0")
        .put("pnlInUSD", "0")
        .put("roi", "0");
  }
}
