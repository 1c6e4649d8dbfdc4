package io.tallystick.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.Fill;
import io.tallystick.sandbox.account.LiveDesk;
import io.tallystick.sandbox.account.Wallet;
import io.tallystick.sandbox.exchange.Exchange;
import io.tallystick.sandbox.exchange.ExchangeSettings;
import io.tallystick.sandbox.market.Listing;
import io.tallystick.sandbox.market.Units;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** What a user of the sandbox lets happen now, hides or changes later. */
class LiveDeskTest {
  private final Exchange exchange =
      new Exchange(
          ExchangeSettings.defaults()
              .withClock(InstantSource.fixed(Instant.parse("2026-11-15T12:00:30Z"))));
  private final Account demo = DemoAccount.open(exchange);
  private final Caller caller = Caller.hmac(exchange, DemoAccount.READ_ONLY);

  @Test
  void what_happens_now_shows_at_once_and_a_withheld_row_keeps_its_effect() {
    long now = exchange.clock().millis();
    Listing btc = exchange.market().listed("BTCUSDT").orElseThrow();
    long before = demo.holding(Wallet.SPOT, "BTC").total();
    Fill fill =
        LiveDesk.trade(
                demo, btc, new LiveDesk.Wish(true, 60_000 * Units.ONE, 100_000, 100, "BTC"), now)
            .orElseThrow();
    assertEquals(before + 99_900, demo.holding(Wallet.SPOT, "BTC").total());
    JsonNode newest = caller.json("/api/v3/myTrades", "symbol=BTCUSDT&limit=1");
    assertEquals(fill.id(), newest.get(0).get("id").asLong());
    assertEquals("0.00100000", newest.get(0).get("qty").asText());
    demo.withhold("BTCUSDT", fill.id(), true);
    assertTrue(caller.json("/api/v3/myTrades", "symbol=BTCUSDT&fromId=" + fill.id()).isEmpty());
    assertEquals(before + 99_900, demo.holding(Wallet.SPOT, "BTC").total());
    demo.showAll();
    assertTrue(demo.changeFee("BTCUSDT", fill.id(), true, 150));
    assertEquals(before + 99_850, demo.holding(Wallet.SPOT, "BTC").total());
    var deposit =
        LiveDesk.deposit(
            demo, exchange.market().asset("BTC").orElseThrow(), Units.ONE, Wallet.SPOT, 0, now);
    assertEquals(before + 99_850, demo.holding(Wallet.SPOT, "BTC").total());
    assertTrue(demo.changeDeposit(deposit.id(), 1));
    assertEquals(before + 99_850 + Units.ONE, demo.holding(Wallet.SPOT, "BTC").total());
    var withdrawal =
        LiveDesk.withdraw(
                demo,
                exchange.market().asset("BTC").orElseThrow(),
                Units.ONE / 10,
                Wallet.SPOT,
                0,
                now)
            .orElseThrow();
    long total = demo.holding(Wallet.SPOT, "BTC").total();
    assertEquals(before + 99_850 + Units.ONE, total, "pending is still inside");
    assertTrue(demo.changeWithdrawal(withdrawal.id(), 6));
    assertEquals(total - withdrawal.total(), demo.holding(Wallet.SPOT, "BTC").total());
    assertTrue(
        LiveDesk.trade(
                demo,
                btc,
                new LiveDesk.Wish(true, 60_000 * Units.ONE, 1_000 * Units.ONE, 0, "BNB"),
                now)
            .isEmpty(),
        "nobody buys with money that is not there");
  }
}
