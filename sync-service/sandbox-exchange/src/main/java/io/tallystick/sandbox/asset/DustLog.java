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
import io.tallystick.sandbox.protocol.RegisteredKey;
import io.tallystick.sandbox.protocol.Sent;
import io.tallystick.sandbox.protocol.SignedEndpoint;
import java.util.List;

/**
 * {@code GET /sapi/v1/asset/dribblet}: the last hundred conversions and nothing before them,
 * whatever the window; {@code serviceChargeAmount} is within {@code transferedAmount}, as in real
 * answers (Binance wallet docs, "Dust log"; the misspelt names are real).
 */
@AutoService(SignedEndpoint.class)
public final class DustLog implements SignedEndpoint {
  private static final int KEPT = 100;

  @Override
  public String path() {
    return "/sapi/v1/asset/dribblet";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.text("accountType"), Parameter.time("startTime"), Parameter.time("endTime"));
  }

  @Override
  public Charge charge(Sent sent) {
    return Charge.sapi(1);
  }

  @Override
  public Answer answer(Arguments arguments, RegisteredKey key) {
    boolean spot = arguments.text("accountType").orElse("SPOT").equals("SPOT");
    long start = arguments.numberOr("startTime", 0);
    long end = arguments.numberOr("endTime", Long.MAX_VALUE);
    List<SwapEvent.Dust> last =
        Range.page(key.account().events(SwapEvent.Dust.class).reversed(), 1, KEPT);
    List<SwapEvent.Dust> found =
        last.stream().filter(e -> spot && e.time() >= start && e.time() <= end).toList();
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("total", found.size());
    ArrayNode rows = body.putArray("userAssetDribblets");
    found.forEach(e -> row(rows.addObject(), e));
    return new Answer.Document(body);
  }

  private static void row(ObjectNode row, SwapEvent.Dust event) {
    long gross = event.parts().stream().mapToLong(SwapEvent.DustPart::gross).sum();
    long charge = event.parts().stream().mapToLong(SwapEvent.DustPart::charge).sum();
    row.put("operateTime", event.time())
        .put("totalTransferedAmount", Units.text(gross))
        .put("totalServiceChargeAmount", Units.text(charge))
        .put("transId", event.transId());
    ArrayNode details = row.putArray("userAssetDribbletDetails");
    for (SwapEvent.DustPart part : event.parts()) {
      ObjectNode detail = details.addObject();
      detail
          .put("transId", part.transId())
          .put("serviceChargeAmount", Units.trimmed(part.charge()))
          .put("amount", Units.trimmed(part.amount()))
          .put("operateTime", event.time())
          .put("transferedAmount", Units.trimmed(part.gross()))
          .put("fromAsset", part.asset());
      if (!event.old()) {
        detail.put("targetAsset", event.target());
      }
    }
  }
}
