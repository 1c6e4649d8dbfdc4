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
 * {@code GET /sapi/v1/asset/assetDividend}: newest first and no page; whoever wants more than
 * {@code limit} rows asks again with an earlier {@code endTime}. {@code direction} exists since 27
 * January 2026 (Binance wallet docs, "Asset dividend record").
 */
@AutoService(SignedEndpoint.class)
public final class Dividends implements SignedEndpoint {
  private static final long DIRECTIONS_SHOWN = Instant.parse("2026-01-27T00:00:00Z").toEpochMilli();

  @Override
  public String path() {
    return "/sapi/v1/asset/assetDividend";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.text("asset"),
        Parameter.time("startTime"),
        Parameter.time("endTime"),
        Parameter.limit(500));
  }

  @Override
  public Charge charge(Sent sent) {
    return Charge.sapi(10);
  }

  @Override
  public Answer answer(Arguments arguments, RegisteredKey key) {
    // Without times the newest rows of all, as clients that send none get them.
    Range range =
        arguments.has("startTime") || arguments.has("endTime")
            ? Range.of(arguments, 180)
            : new Range(0, arguments.now());
    if (arguments.has("startTime") && range.beyond(180)) {
      return Refusal.window(180);
    }
    List<IncomeEvent.Dividend> found =
        range.newest(key.account().events(IncomeEvent.Dividend.class)).stream()
            .filter(e -> arguments.text("asset").map(e.asset()::equals).orElse(true))
            .toList();
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode rows = body.putArray("rows");
    Range.page(found, 1, arguments.numberOr("limit", 20)).forEach(e -> row(rows.addObject(), e));
    return new Answer.Document(body.put("total", found.size()));
  }

  private static void row(ObjectNode row, IncomeEvent.Dividend event) {
    row.put("id", event.number())
        .put("amount", Units.text(event.amount()))
        .put("asset", event.asset())
        .put("divTime", event.time())
        .put("enInfo", event.text())
        .put("tranId", event.tranId());
    if (event.time() >= DIRECTIONS_SHOWN) {
      row.put("direction", event.debit() ? -1 : 1);
    }
  }
}
