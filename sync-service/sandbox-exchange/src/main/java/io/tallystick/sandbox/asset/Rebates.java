package io.tallystick.sandbox.asset;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auto.service.AutoService;
import io.tallystick.sandbox.account.IncomeEvent;
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
import java.time.Instant;
import java.util.List;

/**
 * {@code GET /sapi/v1/rebate/taxQuery}: two hundred rows a page in an envelope of its own; rows
 * have no id (Binance rebate docs, "Get spot rebate history records").
 */
@AutoService(SignedEndpoint.class)
public final class Rebates implements SignedEndpoint {
  private static final int PAGE = 200;
  private static final long FIRST = Instant.parse("2020-06-10T00:00:00Z").toEpochMilli();

  @Override
  public String path() {
    return "/sapi/v1/rebate/taxQuery";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.time("startTime"), Parameter.time("endTime"), Parameter.count("page", 0));
  }

  @Override
  public Charge charge(Sent sent) {
    return Charge.account(12_000);
  }

  @Override
  public Answer answer(Arguments arguments, RegisteredKey key) {
    Range range = Range.of(arguments, 7);
    if (range.beyond(30)) {
      return Refusal.window(30);
    }
    List<IncomeEvent.Rebate> found =
        range.newest(key.account().events(IncomeEvent.Rebate.class)).stream()
            .filter(e -> e.time() >= FIRST)
            .toList();
    long page = arguments.numberOr("page", 1);
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("status", "OK").put("type", "GENERAL").put("code", "000000000");
    ObjectNode data = body.putObject("data");
    data.put("page", page)
        .put("totalRecords", found.size())
        .put("totalPageNum", (found.size() + PAGE - 1) / PAGE);
    ArrayNode rows = data.putArray("data");
    for (IncomeEvent.Rebate event : Range.page(found, page, PAGE)) {
      rows.addObject()
          .put("asset", event.asset())
          .put("type", event.type())
          .put("amount", Units.trimmed(event.amount()))
          .put("updateTime", event.time());
    }
    return new Answer.Document(body);
  }
}
