package io.tallystick.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.exchange.Exchange;
import io.tallystick.sandbox.exchange.ExchangeSettings;
import io.tallystick.sandbox.exchange.KeyGrant;
import io.tallystick.sandbox.protocol.Meter;
import io.tallystick.sandbox.wire.Reply;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Budgets in calendar windows, 429 with the time to wait, and the ban of whoever insists. */
class WeightsTest {
  private static final long START = Instant.parse("2026-11-15T12:00:10.250Z").toEpochMilli();

  private final AtomicLong now = new AtomicLong(START);
  private Exchange exchange;
  private Caller caller;

  @BeforeEach
  void open() {
    exchange =
        new Exchange(
            ExchangeSettings.defaults()
                .withClock(() -> Instant.ofEpochMilli(now.get()))
                .withSymbols(200, 10)
                .withLimits(Meter.Limits.documented().withWeight(100)));
    Account account = exchange.addAccount(AccountPlan.small("small", 7));
    caller = Caller.hmac(exchange, exchange.addKey(account, KeyGrant.hmac()).orElseThrow());
  }

  @Test
  void every_api_call_tells_what_was_used_even_when_it_is_refused() {
    assertEquals("1", used(caller.open("/api/v3/ping")));
    assertEquals("21", used(caller.get("/api/v3/account", "")));
    assertEquals("26", used(caller.get("/api/v3/myTrades", "symbol=BTCUSDT&orderId=1")));
    assertEquals("46", used(caller.get("/api/v3/myTrades", "symbol=NOSUCH")));
    assertEquals("52", used(caller.get("/api/v3/openOrders", "symbol=BTCUSDT")));
    now.set(START + 49_750);
    assertEquals("1", used(caller.open("/api/v3/ping")), "a new calendar minute");
    assertEquals("81", used(caller.get("/api/v3/openOrders", "")));
  }

  @Test
  void too_much_gives_429_until_the_minute_ends_and_insisting_gives_a_growing_ban() {
    for (int i = 0; i < 5; i++) {
      assertEquals(200, caller.get("/api/v3/account", "").status());
    }
    Reply first = caller.get("/api/v3/account", "");
    assertEquals("429 -1003", Caller.verdict(first));
    assertEquals("50", first.headers().get("Retry-After"), "to the end of the minute, rounded up");
    for (int i = 0; i < 5; i++) {
      assertEquals(429, caller.open("/api/v3/ping").status());
    }
    Reply ban = caller.open("/api/v3/ping");
    assertEquals("418 -1003", Caller.verdict(ban));
    assertEquals("120", ban.headers().get("Retry-After"));
    long until = START + 120_000;
    assertTrue(ban.body().text().contains("IP banned until " + until), ban.body().text());
    now.set(until - 1);
    assertEquals(
        418, caller.get("/sapi/v1/account/apiRestrictions", "").status(), "all paths are banned");
    now.set(until);
    assertEquals(200, caller.open("/api/v3/ping").status());
    for (int i = 0; i < 6; i++) {
      caller.get("/api/v3/account", "");
    }
    Reply again = caller.open("/api/v3/ping");
    for (int i = 0; i < 10 && again.status() == 429; i++) {
      again = caller.open("/api/v3/ping");
    }
    assertEquals("240", again.headers().get("Retry-After"), "the second ban is longer");
    assertEquals(
        200,
        caller.with("X-Sandbox-Client-Ip", "203.0.113.7").open("/api/v3/ping").status(),
        "another address is another budget");
    assertTrue(exchange.calls().earnedRefusals() > 10);
  }

  @Test
  void wallet_endpoints_have_budgets_of_their_own() {
    Reply rights = caller.get("/sapi/v1/account/apiRestrictions", "");
    assertEquals("1", rights.headers().get("X-SAPI-USED-IP-WEIGHT-1M"));
    Reply coins = caller.get("/sapi/v1/capital/config/getall", "");
    assertEquals("10", coins.headers().get("X-SAPI-USED-IP-WEIGHT-1M"));
    assertEquals("1", used(caller.open("/api/v3/ping")), "nothing of it counts on /api");
    for (int i = 1; i <= 10; i++) {
      Reply page = caller.get("/sapi/v1/capital/withdraw/history", "");
      assertEquals(String.valueOf(i * 18_000), page.headers().get("X-SAPI-USED-UID-WEIGHT-1S"));
    }
    Reply eleventh = caller.get("/sapi/v1/capital/withdraw/history", "");
    assertEquals("429 -1003", Caller.verdict(eleventh));
    assertEquals("1", eleventh.headers().get("Retry-After"));
    now.addAndGet(1_000);
    assertEquals(200, caller.get("/sapi/v1/capital/withdraw/history", "").status());
  }

  @Test
  void limits_can_change_and_exchange_info_tells_them() {
    exchange.meter().limits(Meter.Limits.documented().withWeight(600));
    assertEquals(
        600,
        Caller.json(caller.open("/api/v3/exchangeInfo?symbol=BTCUSDT"))
            .at("/rateLimits/0/limit")
            .asInt());
  }

  private static String used(Reply reply) {
    return reply.headers().get("X-MBX-USED-WEIGHT-1M");
  }
}
