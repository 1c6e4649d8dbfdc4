package io.tallystick.sandbox.asset;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auto.service.AutoService;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.Look;
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
import java.util.Locale;

/**
 * {@code GET /sapi/v1/accountSnapshot}: balances at the end of each day in UTC, of the last month;
 * a failure of the venue is told in {@code code}, 200 for none (Binance wallet docs, "Daily account
 * snapshot").
 */
@AutoService(SignedEndpoint.class)
public final class Snapshots implements SignedEndpoint {
  private static final int DAYS = 30;
  private static final long DAY = 86_400_000;

  @Override
  public String path() {
    return "/sapi/v1/accountSnapshot";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.text("type").mandatory(),
        Parameter.time("startTime"),
        Parameter.time("endTime"),
        Parameter.limit(30));
  }

  @Override
  public Charge charge(Sent sent) {
    return Charge.sapi(2400);
  }

  @Override
  public Answer answer(Arguments arguments, RegisteredKey key) {
    String type = arguments.required("type");
    if (!List.of("SPOT", "MARGIN", "FUTURES").contains(type)) {
      return Refusal.invalid("type");
    }
    long limit = arguments.numberOr("limit", 7);
    if (limit < 7) {
      return Refusal.invalid("limit");
    }
    Range asked = Range.of(arguments, (int) limit);
    boolean tooWide = arguments.has("startTime") && asked.end() - asked.start() >= DAYS * DAY;
    if (tooWide || asked.end() < asked.start()) {
      return Refusal.window(DAYS);
    }
    Range range = asked.within(DAYS, arguments);
    long ended = Math.min(range.end(), arguments.now());
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("code", 200).put("msg", "");
    ArrayNode days = body.putArray("snapshotVos");
    long last = Math.floorDiv(ended + 1_000, DAY) * DAY - 1_000;
    int shown = 0;
    for (long at = last; at >= range.start() && shown < limit; at -= DAY) {
      // Oldest first, as the documents show it.
      ObjectNode day = days.insertObject(0);
      data(day.putObject("data"), type, key.account(), at);
      day.put("type", type.toLowerCase(Locale.ROOT)).put("updateTime", at);
      shown++;
    }
    return new Answer.Document(body);
  }

  private static void data(ObjectNode data, String type, Account account, long at) {
    switch (type) {
      case "SPOT" -> {
        ArrayNode balances = data.putArray("balances");
        Look.spotAt(account, at)
            .forEach((asset, held) -> {
              if (held.total() > 0) {
                balances
                    .addObject()
                    .put("asset", asset)
                    .put("free", Units.trimmed(held.free()))
                    .put("locked", Units.trimmed(held.locked()));
              }
            });
        data.put("totalAssetOfBtc", "0");
      }
      case "MARGIN" -> {
        data.put("marginLevel", "999")
            .put("totalAssetOfBtc", "0")
            .put("totalLiabilityOfBtc", "0")
            .put("totalNetAssetOfBtc", "0")
            .putArray("userAssets");
      }
      default -> {
        data.putArray("assets");
        data.putArray("position");
      }
    }
  }
}
