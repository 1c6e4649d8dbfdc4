package io.tallystick.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.tallystick.sandbox.Sandbox;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.Fill;
import io.tallystick.sandbox.account.LiveDesk;
import io.tallystick.sandbox.account.Wallet;
import io.tallystick.sandbox.market.Listing;
import io.tallystick.sandbox.market.Units;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import org.awaitility.Awaitility;

/** Something is sold at the exchange while the service listens, and a client soon reads of it. */
final class Sale {
  private static final Duration TO_LISTEN = Duration.ofSeconds(30);
  private static final Duration TO_BE_READ = Duration.ofSeconds(10);

  private Sale() {}

  /** Sells at a sandbox in this process, and waits until the client reads of it. */
  static void seen(Sandbox sandbox, Account account, Api client, String connection) {
    heard(sandbox, account, TO_LISTEN);
    read(client, connection, sell(sandbox, account).id());
  }

  /** Waits until somebody listens to the account. */
  static void heard(Sandbox sandbox, Account account, Duration within) {
    Awaitility.await("somebody listens")
        .atMost(within)
        .until(() -> sandbox.exchange().sockets().subscriptions(account) == 1);
  }

  /** Sells a little of what the account has most of. */
  static Fill sell(Sandbox sandbox, Account account) {
    Listing listing =
        account.symbols().stream()
            .filter(one -> sandbox.exchange().market().listed(one.symbol()).isPresent())
            .max(
                Comparator.comparingLong(
                    one -> account.holding(Wallet.SPOT, one.base().name()).free()))
            .orElseThrow();
    LiveDesk.Wish wish = new LiveDesk.Wish(false, Units.ONE, 10_000, 10, listing.quote().name());
    return sandbox.exchange().floor().trade(account, listing, wish).orElseThrow();
  }

  /** Sells at a sandbox elsewhere, told by its control interface. */
  static void seen(Api sandbox, String account, Api client, String connection) throws IOException {
    Awaitility.await("somebody listens")
        .atMost(TO_LISTEN)
        .until(() -> sandbox.get("/sandbox/socket").expect(200).path("connections").asInt() == 1);
    String path = "/sandbox/accounts/" + account;
    sandbox.post(path + "/deposits", Map.of("coin", "BTC", "amount", "1")).expect(200);
    JsonNode fill =
        sandbox
            .post(
                path + "/trades",
                Map.of(
                    "symbol", "BTCUSDT",
                    "side", "SELL",
                    "price", "50000",
                    "quantity", "0.25",
                    "fee", "1.5",
                    "fee_asset", "USDT"))
            .expect(200);
    read(client, connection, fill.path("id").asLong());
  }

  private static void read(Api client, String connection, long id) {
    Awaitility.await("the sale is read")
        .atMost(TO_BE_READ)
        .pollInterval(Duration.ofMillis(20))
        .until(() ->
            client
                .get("/v1/trades?limit=1&connection=" + connection)
                .expect(200)
                .path("items")
                .path(0)
                .path("trade_id")
                .asText()
                .equals(Long.toString(id)));
  }
}
