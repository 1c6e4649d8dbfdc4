package io.tallystick.sandbox.wallet;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tallystick.sandbox.account.Deposit;
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
import java.util.Optional;

/**
 * {@code GET /sapi/v1/capital/deposit/hisrec}: deposits in every state, newest first (Binance
 * wallet docs, "Deposit history"). Rows of years ago have fewer fields.
 */
public final class DepositHistory implements SignedEndpoint {
  private static final int DAYS = 90;
  private static final long CONFIRMING = 90_000;

  @Override
  public String path() {
    return "/sapi/v1/capital/deposit/hisrec";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.text("coin"),
        Parameter.number("status"),
        Parameter.time("startTime"),
        Parameter.time("endTime"),
        Parameter.number("offset"),
        Parameter.limit(1000),
        Parameter.text("txId"),
        Parameter.flag("includeSource"));
  }

  @Override
  public Charge charge(Sent sent) {
    return Charge.sapi(1);
  }

  @Override
  public Answer answer(Arguments arguments, RegisteredKey key) {
    Span span = Span.of(arguments, DAYS);
    Optional<Refusal> wrong = span.wrong(DAYS);
    if (wrong.isPresent()) {
      return wrong.get();
    }
    List<Deposit> found =
        key.account().deposits().reversed().stream()
            .filter(d -> span.covers(d.insertTime()))
            .filter(d -> arguments.text("coin").map(d.coin()::equals).orElse(true))
            .filter(d -> arguments.text("txId").map(d.txId()::equals).orElse(true))
            .filter(d -> arguments.numberOr("status", d.status()) == d.status())
            .toList();
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    for (Deposit deposit : Span.page(found, arguments)) {
      row(rows.addObject(), deposit, arguments.flag("includeSource"));
    }
    return new Answer.Document(rows);
  }

  private static void row(ObjectNode row, Deposit deposit, boolean source) {
    if (!deposit.old()) {
      row.put("id", deposit.id());
    }
    row.put("amount", Units.trimmed(deposit.amount())).put("coin", deposit.coin());
    if (!deposit.old()) {
      row.put("network", deposit.network());
    }
    row.put("status", deposit.status())
        .put("address", deposit.address())
        .put("addressTag", "")
        .put("txId", deposit.txId())
        .put("insertTime", deposit.insertTime());
    if (!deposit.old() && deposit.credited()) {
      row.put("completeTime", deposit.insertTime() + CONFIRMING);
    }
    row.put("transferType", deposit.internal() ? 1 : 0)
        .put("confirmTimes", deposit.credited() ? "12/12" : "3/12");
    if (!deposit.old()) {
      row.put("unlockConfirm", 12)
          .put("walletType", deposit.wallet().walletType())
          .put("travelRuleStatus", 0);
      if (source) {
        row.put("sourceAddress", "");
      }
    }
  }
}
