package io.tallystick.sandbox.earn;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auto.service.AutoService;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.EarnEvent;
import io.tallystick.sandbox.account.Holding;
import io.tallystick.sandbox.account.Wallet;
import io.tallystick.sandbox.market.Units;
import io.tallystick.sandbox.protocol.Answer;
import io.tallystick.sandbox.protocol.Arguments;
import io.tallystick.sandbox.protocol.Charge;
import io.tallystick.sandbox.protocol.Parameter;
import io.tallystick.sandbox.protocol.Range;
import io.tallystick.sandbox.protocol.RegisteredKey;
import io.tallystick.sandbox.protocol.Sent;
import io.tallystick.sandbox.protocol.SignedEndpoint;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * {@code GET …/flexible/position}: what flexible products hold now, interest included; spot shows
 * the same once more as {@code LD} tokens (Binance Simple Earn docs, "Get Flexible Product
 * Position").
 */
@AutoService(SignedEndpoint.class)
public final class FlexiblePositions implements SignedEndpoint {
  @Override
  public String path() {
    return "/sapi/v1/simple-earn/flexible/position";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.text("asset"),
        Parameter.text("productId"),
        Parameter.count("current", 0),
        Parameter.count("size", 100));
  }

  @Override
  public Charge charge(Sent sent) {
    return Charge.sapi(150);
  }

  @Override
  public Answer answer(Arguments arguments, RegisteredKey key) {
    List<Map.Entry<String, Holding>> held =
        key.account().holdings(Wallet.EARN_FLEXIBLE).entrySet().stream()
            .filter(e -> e.getValue().total() > 0)
            .filter(e -> arguments.text("asset").map(e.getKey()::equals).orElse(true))
            .filter(e -> arguments.text("productId").map((e.getKey() + "001")::equals).orElse(true))
            .toList();
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode rows = body.putArray("rows");
    Range.current(held, arguments)
        .forEach(e -> row(rows.addObject(), key.account(), e.getKey(), e.getValue().total()));
    return new Answer.Document(body.put("total", held.size()));
  }

  private static void row(ObjectNode row, Account account, String asset, long total) {
    row.put("totalAmount", Units.text(total));
    // The only numbers of this answer that are not texts.
    row.putObject("tierAnnualPercentageRate")
        .put("0-5" + asset, new BigDecimal("0.05"))
        .put("5-10" + asset, new BigDecimal("0.03"));
    long bonus = sum(account, asset, EarnEvent.Interest.BONUS);
    long real = sum(account, asset, EarnEvent.Interest.REALTIME);
    row.put("latestAnnualPercentageRate", "0.05000000")
        .put("asset", asset)
        .put("canRedeem", true)
        .put("collateralAmount", "0")
        .put("productId", asset + "001")
        .put("yesterdayRealTimeRewards", "0")
        .put("cumulativeBonusRewards", Units.text(bonus))
        .put("cumulativeRealTimeRewards", Units.text(real))
        .put("cumulativeTotalRewards", Units.text(bonus + real))
        .put("autoSubscribe", false);
  }

  private static long sum(Account account, String asset, EarnEvent.Interest interest) {
    return account.events(EarnEvent.FlexibleReward.class).stream()
        .filter(e -> e.asset().equals(asset) && e.interest() == interest)
        .mapToLong(EarnEvent.FlexibleReward::amount)
        .sum();
  }
}
