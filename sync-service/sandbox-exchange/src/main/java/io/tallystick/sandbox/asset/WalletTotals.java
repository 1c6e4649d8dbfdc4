package io.tallystick.sandbox.asset;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.Holding;
import io.tallystick.sandbox.account.Wallet;
import io.tallystick.sandbox.market.Asset;
import io.tallystick.sandbox.market.Market;
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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code GET /sapi/v1/asset/wallet/balance}: what every wallet is worth at the sandbox's own usual
 * prices, opened or not, without the {@code LD} tokens that would count Earn twice (Binance wallet
 * docs, "Query user wallet balance"). The list of names is not established beyond "Spot".
 */
public final class WalletTotals implements SignedEndpoint {
  private static final Map<String, List<Wallet>> WALLETS =
      new TreeMap<>(
          Map.of(
              "Spot", List.of(Wallet.SPOT),
              "Funding", List.of(Wallet.FUNDING),
              "Cross Margin", List.of(Wallet.CROSS_MARGIN),
              "Isolated Margin", List.of(),
              "USD-M Futures", List.of(Wallet.USD_M_FUTURES),
              "COIN-M Futures", List.of(),
              "Earn", List.of(Wallet.EARN_FLEXIBLE, Wallet.EARN_LOCKED),
              "Options", List.of(),
              "Trading Bots", List.of(),
              "Copy Trading", List.of()));

  private final Market market;

  /** Over the prices of this market. */
  public WalletTotals(Market market) {
    this.market = market;
  }

  @Override
  public String path() {
    return "/sapi/v1/asset/wallet/balance";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(Parameter.text("quoteAsset"), Parameter.flag("needBalanceDetail"));
  }

  @Override
  public Charge charge(Sent sent) {
    return Charge.sapi(60);
  }

  @Override
  public Answer answer(Arguments arguments, RegisteredKey key) {
    Optional<Asset> quote = market.asset(arguments.text("quoteAsset").orElse("BTC"));
    if (quote.isEmpty()) {
      return Refusal.invalid("quoteAsset");
    }
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    WALLETS.forEach((name, wallets) -> {
      Map<String, Holding> held = held(key.account(), wallets);
      long value =
          held.entrySet().stream()
              .mapToLong(e -> worth(e.getKey(), e.getValue().total(), quote.get()))
              .sum();
      ObjectNode row = rows.addObject();
      row.put("activate", !wallets.isEmpty())
          .put("balance", Units.trimmed(value))
          .put("walletName", name);
      if (arguments.flag("needBalanceDetail")) {
        ArrayNode details = row.putArray("assetBalances");
        held.forEach((asset, holding) -> detail(details.addObject(), asset, holding));
      }
    });
    return new Answer.Document(rows);
  }

  private void detail(ObjectNode row, String asset, Holding held) {
    Asset btc = market.asset("BTC").orElseThrow();
    row.put("asset", asset)
        .put("assetName", market.asset(asset).map(Asset::title).orElse(asset))
        .put("free", Units.trimmed(held.free()))
        .put("locked", Units.trimmed(held.locked()))
        .put("freeze", Units.trimmed(held.freeze()))
        .put("withdrawing", Units.trimmed(held.withdrawing()))
        .put("btcValuation", Units.trimmed(worth(asset, held.total(), btc)));
  }

  private static Map<String, Holding> held(Account account, List<Wallet> wallets) {
    Map<String, Holding> held = new TreeMap<>();
    for (Wallet wallet : wallets) {
      account
          .holdings(wallet)
          .forEach((asset, more) -> {
            if (more.total() > 0) {
              held.merge(
                  asset, more, (a, b) -> a.plus(b.free(), b.locked(), b.freeze(), b.withdrawing()));
            }
          });
    }
    return held;
  }

  private long worth(String asset, long units, Asset quote) {
    return market.asset(asset).map(a -> Units.scaled(units, a.usd(), quote.usd())).orElse(0L);
  }
}
