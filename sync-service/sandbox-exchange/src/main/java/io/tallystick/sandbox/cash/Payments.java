package io.tallystick.sandbox.cash;

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

/**
 * {@code GET /sapi/v1/pay/transactions}: payments of the last eighteen months, ninety days and a
 * hundred rows at a time without pages; trades with other people show up here too, as {@code C2C}
 * (Binance Pay docs, "Get Pay Trade History"). Names, addresses and numbers are made up.
 */
@AutoService(SignedEndpoint.class)
public final class Payments implements SignedEndpoint {
  private static final int REMEMBERED_DAYS = 540;

  @Override
  public String path() {
    return "/sapi/v1/pay/transactions";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(Parameter.time("startTime"), Parameter.time("endTime"), Parameter.limit(100));
  }

  @Override
  public Charge charge(Sent sent) {
    return Charge.account(3000);
  }

  @Override
  public Answer answer(Arguments arguments, RegisteredKey key) {
    Range range = Range.of(arguments, 90);
    if (range.beyond(90)) {
      return Refusal.window(90);
    }
    List<CashEvent.Payment> found =
        range
            .within(REMEMBERED_DAYS, arguments)
            .newest(key.account().events(CashEvent.Payment.class));
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    Range.page(found, 1, arguments.numberOr("limit", 100)).forEach(e -> row(rows.addObject(), e));
    return Envelope.around(rows);
  }

  /** Wallet 1 is funding and 2 is spot here: not the numbers of the capital lists. */
  private static void row(ObjectNode row, CashEvent.Payment event) {
    long funding = event.amount() - event.fromSpot();
    row.put("orderType", event.orderType())
        .put("transactionId", event.transactionId())
        .put("transactionTime", event.time())
        .put("amount", Units.trimmed(event.amount()))
        .put("currency", event.currency())
        .put("walletType", funding != 0 ? 1 : 2);
    ArrayNode wallets = row.putArray("walletTypes");
    ObjectNode funds = row.putArray("fundsDetail").addObject();
    funds.put("currency", event.currency()).put("amount", Units.trimmed(Math.abs(event.amount())));
    ObjectNode costs = funds.putObject("walletAssetCost");
    if (funding != 0) {
      wallets.add(1);
      costs.put("1", Units.trimmed(Math.abs(funding)));
    }
    if (event.fromSpot() != 0) {
      wallets.add(2);
      costs.put("2", Units.trimmed(Math.abs(event.fromSpot())));
    }
    row.putObject("payerInfo")
        .put("name", "Pat Payer")
        .put("type", "USER")
        .put("binanceId", "12345678");
    ObjectNode receiver = row.putObject("receiverInfo");
    receiver
        .put("name", "Rae Receiver")
        .put("type", "MERCHANT")
        .put("email", "rae@example.org")
        .put("binanceId", "34355667")
        .put("accountId", "21326891")
        .put("countryCode", "1")
        .put("phoneNumber", "5550100")
        .put("mobileCode", "US");
    receiver
        .putObject("extend")
        .put("institutionName", "")
        .put("cardNumber", "")
        .put("digitalWalletId", "");
  }
}
