package io.tallystick.sandbox.earn;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.Wallet;
import io.tallystick.sandbox.market.Asset;
import io.tallystick.sandbox.market.Market;
import io.tallystick.sandbox.market.Units;
import io.tallystick.sandbox.protocol.Answer;
import io.tallystick.sandbox.protocol.Arguments;
import io.tallystick.sandbox.protocol.Charge;
import io.tallystick.sandbox.protocol.RegisteredKey;
import io.tallystick.sandbox.protocol.Sent;
import io.tallystick.sandbox.protocol.SignedEndpoint;

/**
 * {@code GET /sapi/v1/simple-earn/account}: what Earn is worth at the sandbox's own usual prices
 * (Binance Simple Earn docs, "Simple Account").
 */
public final class EarnAccount implements SignedEndpoint {
  private final Market market;

  /** Over the prices of this market. */
  public EarnAccount(Market market) {
    this.market = market;
  }

  @Override
  public String path() {
    return "/sapi/v1/simple-earn/account";
  }

  @Override
  public Charge charge(Sent sent) {
    return Charge.sapi(150);
  }

  @Override
  public Answer answer(Arguments arguments, RegisteredKey key) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    for (String quote : new String[] {"BTC", "USDT"}) {
      long flexible = worth(key.account(), Wallet.EARN_FLEXIBLE, quote);
      long locked = worth(key.account(), Wallet.EARN_LOCKED, quote);
      body.put("totalAmountIn" + quote, Units.text(flexible + locked))
          .put("totalFlexibleAmountIn" + quote, Units.text(flexible))
          .put("totalLockedIn" + quote, Units.text(locked));
    }
    return new Answer.Document(body);
  }

  private long worth(Account account, Wallet wallet, String quote) {
    long price = market.asset(quote).map(Asset::usd).orElseThrow();
    return account.holdings(wallet).entrySet().stream()
        .mapToLong(e -> Units.scaled(e.getValue().total(), usd(e.getKey()), price))
        .sum();
  }

  private long usd(String asset) {
    return market.asset(asset).map(Asset::usd).orElse(0L);
  }
}
