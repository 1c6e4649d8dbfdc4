package io.tallystick.sandbox.exchange;

import io.tallystick.sandbox.asset.WalletTotals;
import io.tallystick.sandbox.earn.EarnAccount;
import io.tallystick.sandbox.market.Market;
import io.tallystick.sandbox.protocol.Endpoint;
import io.tallystick.sandbox.protocol.Meter;
import io.tallystick.sandbox.protocol.SignedEndpoint;
import io.tallystick.sandbox.spot.AllOrders;
import io.tallystick.sandbox.spot.ExchangeInfo;
import io.tallystick.sandbox.spot.Klines;
import io.tallystick.sandbox.spot.MyTrades;
import io.tallystick.sandbox.spot.OneOrder;
import io.tallystick.sandbox.spot.OpenOrders;
import io.tallystick.sandbox.spot.Ping;
import io.tallystick.sandbox.spot.ServerTime;
import io.tallystick.sandbox.spot.SpotAccount;
import io.tallystick.sandbox.wallet.ApiRestrictions;
import io.tallystick.sandbox.wallet.CoinConfig;
import io.tallystick.sandbox.wallet.DepositHistory;
import io.tallystick.sandbox.wallet.WalletAssets;
import io.tallystick.sandbox.wallet.WithdrawHistory;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/**
 * Every endpoint there is; a path that is not here does not exist. Named are those that need the
 * market or no key; all others are found by themselves.
 */
final class Registry {
  private final Map<String, Endpoint> endpoints = new LinkedHashMap<>();

  Registry(Market market, Supplier<Meter.Limits> limits) {
    List<Endpoint> all =
        List.of(
            new Ping(),
            new ServerTime(),
            new ExchangeInfo(market, limits),
            new Klines(market),
            new SpotAccount(),
            new MyTrades(market),
            new AllOrders(market),
            new OpenOrders(market),
            new OneOrder(market),
            new ApiRestrictions(),
            new CoinConfig(market),
            WalletAssets.spot(),
            WalletAssets.funding(),
            new DepositHistory(),
            new WithdrawHistory(),
            new WalletTotals(market),
            new EarnAccount(market));
    all.forEach(this::add);
    ServiceLoader.load(SignedEndpoint.class, SignedEndpoint.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(SignedEndpoint::path))
        .forEach(this::add);
  }

  private void add(Endpoint endpoint) {
    endpoints.put(endpoint.method() + " " + endpoint.path(), endpoint);
  }

  Optional<Endpoint> find(String method, String path) {
    return Optional.ofNullable(endpoints.get(method + " " + path));
  }

  List<String> names() {
    return List.copyOf(endpoints.keySet());
  }
}
