package io.tallystick.sandbox.spot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.Look;
import io.tallystick.sandbox.account.Wallet;
import io.tallystick.sandbox.market.Units;
import io.tallystick.sandbox.protocol.Answer;
import io.tallystick.sandbox.protocol.Arguments;
import io.tallystick.sandbox.protocol.Charge;
import io.tallystick.sandbox.protocol.Parameter;
import io.tallystick.sandbox.protocol.RegisteredKey;
import io.tallystick.sandbox.protocol.Sent;
import io.tallystick.sandbox.protocol.SignedEndpoint;
import java.util.List;

/**
 * {@code GET /api/v3/account}: the spot wallet, with every asset it ever held (Binance Spot REST
 * docs, "Account information"). What is frozen or on its way out is not shown here.
 */
public final class SpotAccount implements SignedEndpoint {
  @Override
  public String path() {
    return "/api/v3/account";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(Parameter.flag("omitZeroBalances"));
  }

  @Override
  public Charge charge(Sent sent) {
    return Charge.api(20);
  }

  @Override
  public Answer answer(Arguments arguments, RegisteredKey key) {
    Account account = key.account();
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("makerCommission", 10).put("takerCommission", 10);
    body.put("buyerCommission", 0).put("sellerCommission", 0);
    body.putObject("commissionRates")
        .put("maker", "0.00100000")
        .put("taker", "0.00100000")
        .put("buyer", "0.00000000")
        .put("seller", "0.00000000");
    // These speak of the account, not of the key: a read-only key sees canTrade true as well.
    body.put("canTrade", true).put("canWithdraw", true).put("canDeposit", true);
    body.put("brokered", false).put("requireSelfTradePrevention", false);
    body.put("preventSor", false).put("updateTime", arguments.shown(account.updateTime()));
    body.put("accountType", "SPOT");
    ArrayNode balances = body.putArray("balances");
    boolean omit = arguments.flag("omitZeroBalances");
    Look.of(account, Wallet.SPOT)
        .forEach((asset, held) -> {
          if (!omit || held.free() + held.locked() > 0) {
            balances
                .addObject()
                .put("asset", asset)
                .put("free", Units.text(held.free()))
                .put("locked", Units.text(held.locked()));
          }
        });
    body.putArray("permissions").add("SPOT");
    body.put("uid", account.uid());
    return new Answer.Document(body);
  }
}
