package io.tallystick.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.exchange.ApiKey;
import io.tallystick.sandbox.exchange.Exchange;
import io.tallystick.sandbox.exchange.ExchangeSettings;
import io.tallystick.sandbox.exchange.KeyGrant;
import io.tallystick.sandbox.wire.Request;
import java.security.KeyPair;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the venue refuses, the sandbox refuses: same code, same status. */
class StrictnessTest {
  private static final Instant NOW = Instant.parse("2026-11-15T12:00:30Z");
  private static final long MS = NOW.toEpochMilli();

  private static Exchange exchange;
  private static Account account;

  private ApiKey key;
  private Caller caller;

  @BeforeAll
  static void open() {
    exchange =
        new Exchange(
            ExchangeSettings.defaults().withClock(InstantSource.fixed(NOW)).withSymbols(300, 30));
    account = exchange.addAccount(AccountPlan.small("small", 7));
  }

  @BeforeEach
  void takeAFreshKey() {
    exchange.meter().reset();
    key = exchange.addKey(account, KeyGrant.hmac()).orElseThrow();
    caller = Caller.hmac(exchange, key);
  }

  @ParameterizedTest(name = "{0}?{1} -> {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/v3/account||200",
        "/api/v3/account|omitZeroBalances=true|200",
        "/api/v3/account|omitZeroBalances=1|400 -1130",
        "/api/v3/account|unknown=1|400 -1104",
        "/api/v3/account|omitZeroBalances=|400 -1105",
        "/api/v3/account|recvWindow=60000|200",
        "/api/v3/account|recvWindow=5000.125|200",
        "/api/v3/account|recvWindow=60001|400 -1131",
        "/api/v3/account|recvWindow=abc|400 -1100",
        "/api/v3/myTrades||400 -1102",
        "/api/v3/myTrades|symbol=|400 -1102",
        "/api/v3/myTrades|symbol=btcusdt|400 -1100",
        "/api/v3/myTrades|symbol=NOSUCH|400 -1121",
        "/api/v3/myTrades|symbol=BTCUSDT&symbol=BTCUSDT|400 -1101",
        "/api/v3/myTrades|symbol=BTCUSDT&limit=1000|200",
        "/api/v3/myTrades|symbol=BTCUSDT&limit=1001|400 -1102",
        "/api/v3/myTrades|symbol=BTCUSDT&limit=0|400 -1130",
        "/api/v3/myTrades|symbol=BTCUSDT&limit=ten|400 -1100",
        "/api/v3/myTrades|symbol=BTCUSDT&fromId=0&startTime=1|400 -1128",
        "/api/v3/myTrades|symbol=BTCUSDT&fromId=0&endTime=1|400 -1128",
        "/api/v3/myTrades|symbol=BTCUSDT&orderId=1&startTime=1|400 -1128",
        "/api/v3/myTrades|symbol=BTCUSDT&orderId=1&fromId=1|200",
        "/api/v3/myTrades|symbol=BTCUSDT&startTime=1700000000000&endTime=1700086400000|200",
        "/api/v3/myTrades|symbol=BTCUSDT&startTime=1700000000000&endTime=1700086400001|400 -1127",
        "/api/v3/myTrades|symbol=BTCUSDT&startTime=1700000000000000&endTime=1700086400000000|200",
        "/api/v3/myTrades|symbol=BTCUSDT&startTime=2&endTime=1|400 -1130",
        "/api/v3/allOrders|symbol=BTCUSDT&orderId=1&endTime=5|400 -1128",
        "/api/v3/allOrders|symbol=BTCUSDT&startTime=1&endTime=86400002|400 -1127",
        "/api/v3/openOrders|symbol=NOSUCH|400 -1121",
        "/api/v3/order|symbol=BTCUSDT|400 -1102",
        "/api/v3/order|symbol=BTCUSDT&orderId=1|400 -2013",
        "/sapi/v1/account/apiRestrictions|ignored=1|200",
        "/sapi/v1/capital/deposit/hisrec|startTime=1700000000000&endTime=1707775999999|200",
        "/sapi/v1/capital/deposit/hisrec|startTime=1700000000000&endTime=1707776000000|400 -4047",
        "/sapi/v1/capital/deposit/hisrec|startTime=1700000000000|400 -4047",
        "/sapi/v1/capital/deposit/hisrec|limit=1001|400 -1102",
        "/sapi/v1/capital/withdraw/history|startTime=1700000000000&endTime=1707776000000|400 -4047",
        "/sapi/v1/capital/withdraw/history"
            + "|withdrawOrderId=x&startTime=1700000000000&endTime=1700604800000|400 -4047",
        "/api/v3/nowhere||404 -1",
        "/api/v1/account||404 -1",
        "/api/v3/order/test||404 -1",
      })
  void parameters_are_judged_as_documented(String path, String parameters, String expected) {
    String sent = parameters == null ? "" : parameters;
    assertEquals(expected, Caller.verdict(caller.get(path, sent)));
  }

  @Test
  void what_trades_withdraws_or_transfers_does_not_exist() {
    for (String path :
        new String[] {
          "/api/v3/order", "/api/v3/sor/order", "/sapi/v1/capital/withdraw/apply",
          "/sapi/v1/asset/transfer", "/sapi/v1/asset/dust", "/api/v3/account"
        }) {
      assertEquals("404 -1", Caller.verdict(caller.post(path, "symbol=BTCUSDT")), path);
    }
    assertEquals(
        "404 -1", Caller.verdict(caller.raw("DELETE", "/api/v3/order", caller.timestamp(), "")));
    assertTrue(
        exchange.endpoints().stream().allMatch(e -> e.startsWith("GET ") || e.contains("/asset/")));
  }

  @Test
  void a_removed_symbol_is_refused_like_one_that_never_was() {
    String removed = exchange.market().removed().getFirst().symbol();
    assertEquals("400 -1121", Caller.verdict(caller.get("/api/v3/myTrades", "symbol=" + removed)));
    assertEquals(
        "400 -1121", Caller.verdict(caller.open("/api/v3/exchangeInfo?symbol=" + removed)));
  }

  @Test
  void a_symbol_in_another_script_must_be_encoded_before_signing() {
    String encoded = "symbol=%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9FUSDT";
    assertEquals("200", Caller.verdict(caller.get("/api/v3/myTrades", encoded)));
    assertEquals("400 -1022", Caller.verdict(caller.get("/api/v3/myTrades", "symbol=币安人生USDT")));
    assertEquals("400 -1022", Caller.verdict(caller.get("/api/v3/myTrades", "symbol=A+B")));
    assertEquals("400 -1100", Caller.verdict(caller.get("/api/v3/myTrades", "symbol=%E5%B8")));
  }

  @ParameterizedTest(name = "{0} ms -> {1}")
  @CsvSource({"0,200", "999,200", "1000,400 -1021", "-5000,200", "-5001,400 -1021"})
  void the_timestamp_may_be_a_second_ahead_and_a_window_behind(long off, String expected) {
    assertEquals(expected, Caller.verdict(caller.get("/api/v3/account", "", MS + off)));
    assertEquals(
        expected, Caller.verdict(caller.get("/api/v3/account", "", (MS + off) * 1000)), "micros");
  }

  @Test
  void a_wider_window_reaches_back_but_never_ahead() {
    assertEquals(
        "200", Caller.verdict(caller.get("/api/v3/account", "recvWindow=60000", MS - 60_000)));
    assertEquals(
        "400 -1021", Caller.verdict(caller.get("/api/v3/account", "recvWindow=60000", MS + 1_000)));
    assertEquals("400 -1021", Caller.verdict(caller.get("/api/v3/account", "", 1)));
    assertEquals("400 -1102", Caller.verdict(caller.raw("GET", "/api/v3/account", "a=1", "")));
  }

  @Test
  void keys_are_refused_for_each_of_their_reasons() {
    ApiKey wrong = new ApiKey(key.key(), "x".repeat(64));
    assertEquals(
        "400 -1022", Caller.verdict(Caller.hmac(exchange, wrong).get("/api/v3/account", "")));
    ApiKey unknown = new ApiKey("Z".repeat(64), key.secret());
    assertEquals(
        "401 -2015", Caller.verdict(Caller.hmac(exchange, unknown).get("/api/v3/account", "")));
    assertEquals(
        "401 -2014",
        Caller.verdict(caller.with("X-MBX-APIKEY", "short").get("/api/v3/account", "")));
    assertEquals(
        "401 -2014",
        Caller.verdict(
            exchange.handle(Request.of("GET", "/api/v3/account?timestamp=1", Map.of()))));
    assertEquals("400 -1102", Caller.verdict(caller.open("/api/v3/account?" + caller.timestamp())));
    exchange.changeKey(key.key(), k -> k.with(k.rights().with("enableReading", false)));
    assertEquals("401 -2015", Caller.verdict(caller.get("/api/v3/account", "")));
    exchange.changeKey(key.key(), k -> k.with(k.rights().with("enableReading", true)));
    exchange.changeKey(key.key(), k -> k.with(Set.of("203.0.113.9")));
    assertEquals("401 -2015", Caller.verdict(caller.get("/api/v3/account", "")));
    Caller there = caller.with("X-Sandbox-Client-Ip", "203.0.113.9");
    assertEquals("200", Caller.verdict(there.get("/api/v3/account", "")));
    assertTrue(there.json("/sapi/v1/account/apiRestrictions", "").get("ipRestrict").asBoolean());
    exchange.changeKey(key.key(), k -> k.revoked(true));
    assertEquals("401 -2015", Caller.verdict(there.get("/api/v3/account", "")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ed25519", "RSA"})
  void public_keys_sign_in_base64_that_is_encoded(String algorithm) {
    KeyPair pair = KeyPairs.of(algorithm);
    ApiKey made = exchange.addKey(account, KeyGrant.of(pair.getPublic())).orElseThrow();
    assertTrue(made.secret().isEmpty());
    String name = algorithm.equals("RSA") ? "SHA256withRSA" : algorithm;
    Caller signer = Caller.asymmetric(exchange, made.key(), name, pair.getPrivate());
    assertEquals("200", Caller.verdict(signer.get("/api/v3/account", "")));
    assertEquals("200", Caller.verdict(signer.post("/sapi/v3/asset/getUserAsset", "")));
    Caller forger =
        Caller.signing(
            exchange,
            made.key(),
            payload ->
                Caller.encoded(Caller.signature(name, pair.getPrivate(), payload + "&more=1")));
    assertEquals("400 -1022", Caller.verdict(forger.get("/api/v3/account", "")));
  }

  @Test
  void rights_are_told_by_their_documented_names_and_new_names_may_come() {
    JsonNode rights = caller.json("/sapi/v1/account/apiRestrictions", "");
    assertTrue(rights.get("enableReading").asBoolean());
    for (String name : io.tallystick.sandbox.protocol.Rights.NAMES) {
      assertEquals(name.equals("enableReading"), rights.get(name).asBoolean(), name);
    }
    exchange.changeKey(key.key(), k -> k.with(k.rights().with("enablePredictionTrading", true)));
    assertTrue(
        caller
            .json("/sapi/v1/account/apiRestrictions", "")
            .get("enablePredictionTrading")
            .asBoolean());
  }

  @Test
  void a_post_takes_its_parameters_from_query_or_body_and_the_query_wins() {
    String asset = "BTC";
    JsonNode one = Caller.json(caller.post("/sapi/v3/asset/getUserAsset", "asset=" + asset));
    assertEquals(1, one.size());
    JsonNode query =
        Caller.json(
            caller.raw(
                "POST",
                "/sapi/v3/asset/getUserAsset",
                "asset=BTC&" + caller.timestamp(),
                "asset=ETH"));
    assertEquals("BTC", query.get(0).get("asset").asText());
    assertEquals("404 -1", Caller.verdict(caller.get("/sapi/v3/asset/getUserAsset", "")));
  }

  @Test
  void microseconds_are_shown_on_request_on_api_only() {
    Caller micros = caller.with("X-MBX-TIME-UNIT", "microsecond");
    assertEquals(MS * 1000, Caller.json(micros.open("/api/v3/time")).get("serverTime").asLong());
    JsonNode trades = micros.json("/api/v3/myTrades", "symbol=BTCUSDT&limit=1");
    assertTrue(trades.get(0).get("time").asLong() > 1_000_000_000_000_000L);
    assertEquals(
        "400 -1194", Caller.verdict(caller.with("X-MBX-TIME-UNIT", "HOUR").open("/api/v3/time")));
    assertEquals(
        "200",
        Caller.verdict(
            caller.with("X-MBX-TIME-UNIT", "HOUR").get("/sapi/v1/account/apiRestrictions", "")));
  }

  @Test
  void public_endpoints_take_nothing_that_they_do_not_know() {
    assertEquals("200", Caller.verdict(caller.open("/api/v3/ping")));
    assertEquals("400 -1101", Caller.verdict(caller.open("/api/v3/ping?x=1")));
    assertEquals("400 -1104", Caller.verdict(caller.open("/api/v3/exchangeInfo?x=1")));
    assertEquals("404 -1", Caller.verdict(caller.open("/api/v3/ping/")));
    assertEquals("404 -1", Caller.verdict(caller.open("/API/v3/ping")));
  }

  @Test
  void the_call_log_keeps_what_was_asked_and_no_secret() {
    caller.get("/api/v3/myTrades", "symbol=BTCUSDT&fromId=5");
    String log = exchange.calls().all().toString();
    assertTrue(log.contains("fromId=5") && log.contains("BTCUSDT"), log);
    assertFalse(log.contains(key.key()) || log.contains(key.secret()), log);
    assertFalse(log.contains("signature"), log);
  }
}
