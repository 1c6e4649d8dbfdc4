package io.tallystick.sandbox.asset;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auto.service.AutoService;
import io.tallystick.sandbox.account.CashEvent;
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
import java.util.Set;

/**
 * {@code GET /sapi/v1/asset/transfer}: one of 33 types a call, the last six months only, the last
 * seven days unless said otherwise (Binance wallet docs, "Query user universal transfer history").
 */
@AutoService(SignedEndpoint.class)
public final class Transfers implements SignedEndpoint {
  private static final int REMEMBERED_DAYS = 180;
  private static final Set<String> TYPES =
      Set.of(
          "MAIN_UMFUTURE",
          "MAIN_CMFUTURE",
          "MAIN_MARGIN",
          "MAIN_FUNDING",
          "MAIN_OPTION",
          "MAIN_PORTFOLIO_MARGIN",
          "MAIN_ISOLATED_MARGIN",
          "UMFUTURE_MAIN",
          "CMFUTURE_MAIN",
          "MARGIN_MAIN",
          "FUNDING_MAIN",
          "OPTION_MAIN",
          "PORTFOLIO_MARGIN_MAIN",
          "ISOLATED_MARGIN_MAIN",
          "UMFUTURE_MARGIN",
          "MARGIN_UMFUTURE",
          "CMFUTURE_MARGIN",
          "MARGIN_CMFUTURE",
          "ISOLATEDMARGIN_MARGIN",
          "MARGIN_ISOLATEDMARGIN",
          "ISOLATEDMARGIN_ISOLATEDMARGIN",
          "FUNDING_UMFUTURE",
          "UMFUTURE_FUNDING",
          "FUNDING_CMFUTURE",
          "CMFUTURE_FUNDING",
          "FUNDING_MARGIN",
          "MARGIN_FUNDING",
          "UMFUTURE_OPTION",
          "OPTION_UMFUTURE",
          "MARGIN_OPTION",
          "OPTION_MARGIN",
          "FUNDING_OPTION",
          "OPTION_FUNDING");

  @Override
  public String path() {
    return "/sapi/v1/asset/transfer";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.text("type").mandatory(),
        Parameter.time("startTime"),
        Parameter.time("endTime"),
        Parameter.count("current", 0),
        Parameter.count("size", 100),
        Parameter.text("fromSymbol"),
        Parameter.text("toSymbol"));
  }

  @Override
  public Charge charge(Sent sent) {
    return Charge.sapi(1);
  }

  @Override
  public Answer answer(Arguments arguments, RegisteredKey key) {
    String type = arguments.required("type");
    if (!TYPES.contains(type)) {
      return Refusal.invalid("type");
    }
    if (type.startsWith("ISOLATEDMARGIN_") && !arguments.has("fromSymbol")) {
      return Refusal.missing("fromSymbol");
    }
    if (type.endsWith("_ISOLATEDMARGIN") && !arguments.has("toSymbol")) {
      return Refusal.missing("toSymbol");
    }
    // How wide a window may be is not established: any is taken, but nothing older is told.
    Range asked =
        arguments.has("startTime") && !arguments.has("endTime")
            ? new Range(arguments.numberOr("startTime", 0), arguments.now())
            : Range.of(arguments, 7);
    List<CashEvent.Transfer> found =
        asked
            .within(REMEMBERED_DAYS, arguments)
            .newest(key.account().events(CashEvent.Transfer.class))
            .stream()
            .filter(e -> e.type().equals(type))
            .toList();
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("total", found.size());
    ArrayNode rows = body.putArray("rows");
    Range.current(found, arguments).forEach(e -> row(rows.addObject(), e));
    return new Answer.Document(body);
  }

  private static void row(ObjectNode row, CashEvent.Transfer event) {
    row.put("asset", event.asset())
        .put("amount", Units.trimmed(event.amount()))
        .put("type", event.type())
        .put("status", event.status())
        .put("tranId", event.tranId())
        .put("timestamp", event.time());
  }
}
