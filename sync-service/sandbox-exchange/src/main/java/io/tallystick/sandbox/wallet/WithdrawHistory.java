package io.tallystick.sandbox.wallet;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tallystick.sandbox.account.Withdrawal;
import io.tallystick.sandbox.market.Units;
import io.tallystick.sandbox.protocol.Answer;
import io.tallystick.sandbox.protocol.Arguments;
import io.tallystick.sandbox.protocol.Charge;
import io.tallystick.sandbox.protocol.Parameter;
import io.tallystick.sandbox.protocol.Refusal;
import io.tallystick.sandbox.protocol.RegisteredKey;
import io.tallystick.sandbox.protocol.Sent;
import io.tallystick.sandbox.protocol.SignedEndpoint;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code GET /sapi/v1/capital/withdraw/history}: withdrawals in every state, newest first, with
 * times as text in UTC and whole seconds (Binance wallet docs, "Withdraw history"). The receiver
 * gets {@code amount}; {@code transactionFee} is taken on top.
 */
public final class WithdrawHistory implements SignedEndpoint {
  private static final int DAYS = 90;
  private static final int DAYS_BY_ORDER = 7;
  private static final int MOST_IDS = 45;
  private static final long SENDING = 1_200_000;
  private static final DateTimeFormatter TEXT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  @Override
  public String path() {
    return "/sapi/v1/capital/withdraw/history";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.text("coin"),
        Parameter.text("withdrawOrderId"),
        Parameter.number("status"),
        Parameter.number("offset"),
        Parameter.limit(1000),
        Parameter.text("idList"),
        Parameter.time("startTime"),
        Parameter.time("endTime"));
  }

  @Override
  public Charge charge(Sent sent) {
    return new Charge(Charge.Pool.SAPI_UID_SECOND, 18_000);
  }

  @Override
  public Answer answer(Arguments arguments, RegisteredKey key) {
    Optional<String> order = arguments.text("withdrawOrderId");
    int days = order.isPresent() ? DAYS_BY_ORDER : DAYS;
    Span span = Span.of(arguments, days);
    Optional<Refusal> wrong = span.wrong(days);
    if (wrong.isPresent()) {
      return wrong.get();
    }
    Set<String> ids =
        Set.of(
            arguments.text("idList").stream()
                .flatMap(text -> List.of(text.split(",")).stream())
                .distinct()
                .toArray(String[]::new));
    if (ids.size() > MOST_IDS) {
      return Refusal.invalid("idList");
    }
    List<Withdrawal> found =
        key.account().withdrawals().reversed().stream()
            .filter(w -> span.covers(w.applyTime()))
            .filter(w -> arguments.text("coin").map(w.coin()::equals).orElse(true))
            .filter(w -> order.isEmpty() || (!w.old() && order.get().equals(orderId(w))))
            .filter(w -> ids.isEmpty() || ids.contains(w.id()))
            .filter(w -> arguments.numberOr("status", w.status()) == w.status())
            .toList();
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    Span.page(found, arguments).forEach(w -> row(rows.addObject(), w));
    return new Answer.Document(rows);
  }

  /** The name that the holder's own client gave it; only some did. */
  private static String orderId(Withdrawal withdrawal) {
    return withdrawal.internal() ? "" : "order-" + withdrawal.id().substring(0, 8);
  }

  private static void row(ObjectNode row, Withdrawal withdrawal) {
    row.put("id", withdrawal.id())
        .put("amount", Units.trimmed(withdrawal.amount()))
        .put("transactionFee", Units.trimmed(withdrawal.fee()))
        .put("coin", withdrawal.coin())
        .put("status", withdrawal.status())
        .put("address", withdrawal.address());
    if (!withdrawal.txId().isEmpty()) {
      row.put("txId", withdrawal.txId());
    }
    row.put("applyTime", TEXT.format(Instant.ofEpochMilli(withdrawal.applyTime())));
    if (!withdrawal.old()) {
      row.put("network", withdrawal.network());
    }
    row.put("transferType", withdrawal.internal() ? 1 : 0);
    if (withdrawal.old()) {
      return;
    }
    if (!orderId(withdrawal).isEmpty()) {
      row.put("withdrawOrderId", orderId(withdrawal));
    }
    row.put("info", "")
        .put("confirmNo", withdrawal.completed() ? 12 : 0)
        .put("walletType", withdrawal.wallet().walletType())
        .put("txKey", "");
    if (withdrawal.completed()) {
      row.put("completeTime", TEXT.format(Instant.ofEpochMilli(withdrawal.applyTime() + SENDING)));
    }
  }
}
