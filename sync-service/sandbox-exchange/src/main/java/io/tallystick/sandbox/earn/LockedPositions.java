package io.tallystick.sandbox.earn;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auto.service.AutoService;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.EarnEvent;
import io.tallystick.sandbox.market.Units;
import io.tallystick.sandbox.protocol.Answer;
import io.tallystick.sandbox.protocol.Arguments;
import io.tallystick.sandbox.protocol.Charge;
import io.tallystick.sandbox.protocol.Parameter;
import io.tallystick.sandbox.protocol.Range;
import io.tallystick.sandbox.protocol.RegisteredKey;
import io.tallystick.sandbox.protocol.Sent;
import io.tallystick.sandbox.protocol.SignedEndpoint;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code GET …/locked/position}: what is locked now. {@code positionId} is a number here and a text
 * as a parameter; dates are numbers since 20 May 2026 (Binance Simple Earn docs, "Get Locked
 * Product Position").
 */
@AutoService(SignedEndpoint.class)
public final class LockedPositions implements SignedEndpoint {
  private static final long DAY = 86_400_000;

  @Override
  public String path() {
    return "/sapi/v1/simple-earn/locked/position";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.text("asset"),
        Parameter.text("positionId"),
        Parameter.text("projectId"),
        Parameter.count("current", 0),
        Parameter.count("size", 100));
  }

  @Override
  public Charge charge(Sent sent) {
    return Charge.sapi(150);
  }

  @Override
  public Answer answer(Arguments arguments, RegisteredKey key) {
    List<EarnEvent.LockedSubscription> held =
        held(key.account()).stream()
            .filter(e -> arguments.text("asset").map(e.asset()::equals).orElse(true))
            .filter(e -> arguments.text("projectId").map(e.projectId()::equals).orElse(true))
            .filter(e ->
                arguments
                    .text("positionId")
                    .map(String.valueOf(e.positionId())::equals)
                    .orElse(true))
            .toList();
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode rows = body.putArray("rows");
    Range.current(held, arguments).forEach(e -> row(rows.addObject(), key.account(), e));
    return new Answer.Document(body.put("total", held.size()));
  }

  private static List<EarnEvent.LockedSubscription> held(Account account) {
    Set<Long> ended =
        account.events(EarnEvent.LockedRedemption.class).stream()
            .map(EarnEvent.LockedRedemption::positionId)
            .collect(Collectors.toSet());
    return account.events(EarnEvent.LockedSubscription.class).stream()
        .filter(e -> !e.moves().isEmpty() && !ended.contains(e.positionId()))
        .toList();
  }

  private static void row(ObjectNode row, Account account, EarnEvent.LockedSubscription event) {
    long paid =
        account.events(EarnEvent.LockedReward.class).stream()
            .filter(r -> r.positionId() == event.positionId())
            .mapToLong(EarnEvent.LockedReward::amount)
            .sum();
    long due = event.time() + event.days() * DAY;
    row.put("positionId", event.positionId())
        .put("projectId", event.projectId())
        .put("asset", event.asset())
        .put("amount", Units.text(event.amount()))
        .put("purchaseTime", event.time())
        .put("duration", String.valueOf(event.days()))
        .put("accrualDays", "1")
        .put("rewardAsset", event.asset())
        .put("APY", "0.0890")
        .put("rewardAmt", Units.text(paid))
        .put("nextPay", "0")
        .put("nextPayDate", due)
        .put("payPeriod", "5")
        .put("redeemAmountEarly", Units.text(event.amount() - paid))
        .put("rewardsEndDate", due)
        .put("deliverDate", due)
        .put("redeemPeriod", "0")
        .put("redeemingAmt", "0")
        .put("redeemTo", "SPOT")
        .put("canRedeemEarly", true)
        .put("canFastRedemption", false)
        .put("autoSubscribe", false)
        .put("type", event.type())
        .put("status", "HOLDING")
        .put("canReStake", false);
  }
}
