package io.tallystick.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tallystick.sandbox.exchange.ApiKey;
import io.tallystick.sandbox.fault.Fault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Over a real port: faults of the line, and the control interface. */
class LineTest {
  private static Sandbox sandbox;
  private static HttpClient http;

  @BeforeAll
  static void start() {
    sandbox =
        Sandbox.start(SandboxSettings.defaults().withDemo().with(e -> e.withSymbols(300, 20)));
    http = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    http.close();
    sandbox.close();
  }

  @AfterEach
  void behave() {
    sandbox.faults().clear();
    sandbox.exchange().meter().reset();
    sandbox.exchange().clock().offset(0);
    sandbox.exchange().clock().drift(0);
  }

  @Test
  void answers_that_replace_the_good_one_arrive_as_asked() throws Exception {
    next(new Fault.TooMany("37"));
    HttpResponse<String> many = time();
    assertEquals(429, many.statusCode());
    assertEquals("37", many.headers().firstValue("Retry-After").orElseThrow());
    next(new Fault.TooMany(""));
    assertTrue(time().headers().firstValue("Retry-After").isEmpty());
    next(new Fault.Banned(90));
    assertTrue(time().body().contains("IP banned until "));
    next(new Fault.Firewall());
    assertEquals(403, time().statusCode());
    next(new Fault.Region());
    HttpResponse<String> region = time();
    assertEquals(451, region.statusCode());
    assertTrue(region.body().contains("\"code\":0"));
    for (int status : new int[] {500, 502, 504}) {
      next(new Fault.ServerError(status));
      assertEquals(status, time().statusCode());
    }
    next(new Fault.Page());
    assertTrue(time().body().startsWith("<html>"));
    next(new Fault.Redirect("http://other.invalid/"));
    assertEquals(302, time().statusCode());
    next(new Fault.Refuse(400, -1007, "slow"));
    assertTrue(time().body().contains("-1007"));
    next(new Fault.Replace(200, "application/json", "{\"a\":NaN}"));
    assertEquals("{\"a\":NaN}", time().body());
    assertEquals(200, time().statusCode(), "every fault is used up");
  }

  @Test
  void broken_lines_break() throws Exception {
    next(new Fault.CutBody());
    assertThrows(IOException.class, LineTest::time);
    next(new Fault.WrongLength(20));
    assertThrows(IOException.class, LineTest::time);
    next(new Fault.Reset());
    assertThrows(IOException.class, LineTest::time);
    next(new Fault.HalfJson());
    HttpResponse<String> half = time();
    assertEquals(200, half.statusCode());
    assertThrows(IOException.class, () -> Caller.JSON.readTree(half.body()));
    assertEquals(200, time().statusCode());
  }

  @Test
  void slow_and_dripping_answers_meet_the_callers_patience() throws Exception {
    next(new Fault.Slow(60_000));
    assertThrows(HttpTimeoutException.class, () -> time(Duration.ofMillis(300)));
    next(new Fault.Slow(20));
    assertEquals(200, time().statusCode());
    next(new Fault.Drip(1));
    assertTrue(time().body().endsWith("}"), "a drip ends after all");
  }

  @Test
  void huge_and_packed_answers_are_as_large_as_asked() throws Exception {
    next(new Fault.HugeBody(3_000_000));
    assertEquals(3_000_000, time().body().length());
    next(new Fault.GzipBomb(50_000_000));
    HttpResponse<java.io.InputStream> packed =
        http.send(
            HttpRequest.newBuilder(uri("/api/v3/time")).build(),
            HttpResponse.BodyHandlers.ofInputStream());
    assertEquals("gzip", packed.headers().firstValue("Content-Encoding").orElseThrow());
    long unpacked = 0;
    try (GZIPInputStream stream = new GZIPInputStream(packed.body())) {
      unpacked = stream.transferTo(java.io.OutputStream.nullOutputStream());
    }
    assertEquals(50_000_000, unpacked);
  }

  @Test
  void rows_can_be_spoilt_one_by_one_and_pages_can_come_twice() throws Exception {
    Caller caller = Caller.hmac(sandbox.exchange(), DemoAccount.READ_ONLY);
    String trades = "/api/v3/myTrades";
    sandbox.faults().next(1, trades, new Fault.SetField(1, "qty", "\"1e99999999\""));
    JsonNode rows = caller.json(trades, "symbol=BTCUSDT&limit=3&fromId=0");
    assertEquals("1e99999999", rows.get(1).get("qty").asText());
    sandbox.faults().next(1, trades, new Fault.DropField(2, "id"));
    JsonNode lacking = caller.json(trades, "symbol=BTCUSDT&limit=3&fromId=0");
    assertFalse(lacking.get(2).has("id"));
    JsonNode good = caller.json(trades, "symbol=BTCUSDT&limit=3&fromId=0");
    long next = good.get(2).get("id").asLong() + 1;
    sandbox.faults().next(1, trades, new Fault.DuplicatePage());
    assertEquals(good, caller.json(trades, "symbol=BTCUSDT&limit=3&fromId=" + next));
    long third = sandbox.calls().next() + 2;
    sandbox.faults().atCall(third, new Fault.ServerError(500));
    assertEquals(200, caller.get("/api/v3/account", "").status());
    assertEquals(200, caller.get("/api/v3/account", "").status());
    assertEquals(500, caller.get("/api/v3/account", "").status());
    assertEquals("ServerError", sandbox.calls().since(third).getFirst().fault());
  }

  @Test
  void a_clock_that_jumps_or_drifts_is_felt_by_the_next_signature() throws Exception {
    Caller caller = Caller.hmac(sandbox.exchange(), DemoAccount.READ_ONLY);
    long before = sandbox.exchange().clock().millis();
    sandbox.faults().next(1, "/api/v3/account", new Fault.ClockJump(90_000));
    assertEquals("400 -1021", Caller.verdict(caller.get("/api/v3/account", "", before)));
    assertEquals("200", Caller.verdict(caller.get("/api/v3/account", "")));
    assertTrue(sandbox.exchange().clock().offset() >= 90_000);
    control("POST", "clock", "{\"offset_ms\":-90000}");
    assertEquals("400 -1021", Caller.verdict(caller.get("/api/v3/account", "", before)));
    JsonNode told = control("POST", "clock", "{\"offset_ms\":0,\"drift_ppm\":16667}");
    assertTrue(told.get("time").asLong() >= before);
  }

  @Test
  void the_control_interface_does_what_the_java_interface_does() throws Exception {
    JsonNode made = control("POST", "accounts", "{\"name\":\"w\",\"size\":\"small\",\"seed\":3}");
    assertTrue(made.get("fills").asInt() >= 150);
    JsonNode key =
        control(
            "POST",
            "keys",
            "{\"account\":\"w\",\"rights\":{\"enableWithdrawals\":true},\"addresses\":[]}");
    String apiKey = key.get("api_key").asText();
    Caller caller = Caller.hmac(sandbox.exchange(), new ApiKey(apiKey, key.get("secret").asText()));
    JsonNode rights = caller.json("/sapi/v1/account/apiRestrictions", "");
    assertTrue(rights.get("enableWithdrawals").asBoolean());
    control("POST", "keys/" + apiKey + "/rights", "{\"enableWithdrawals\":false,\"enableX\":true}");
    rights = caller.json("/sapi/v1/account/apiRestrictions", "");
    assertFalse(rights.get("enableWithdrawals").asBoolean());
    assertTrue(rights.get("enableX").asBoolean());
    JsonNode trade =
        control(
            "POST",
            "accounts/w/trades",
            "{\"symbol\":\"BTCUSDT\",\"side\":\"BUY\",\"price\":\"60000\","
                + "\"quantity\":\"0.001\",\"fee\":\"0.000001\",\"fee_asset\":\"BTC\"}");
    JsonNode newest = caller.json("/api/v3/myTrades", "symbol=BTCUSDT&limit=1");
    assertEquals(trade.get("id"), newest.get(0).get("id"));
    control(
        "POST",
        "accounts/w/withhold",
        "{\"symbol\":\"BTCUSDT\",\"id\":" + trade.get("id") + ",\"buyer\":true}");
    JsonNode without = caller.json("/api/v3/myTrades", "symbol=BTCUSDT&limit=1");
    assertFalse(trade.get("id").equals(without.get(0).get("id")));
    JsonNode deposit =
        control(
            "POST",
            "accounts/w/deposits",
            "{\"coin\":\"BTC\",\"amount\":\"1.5\",\"status\":0,\"wallet\":\"funding\"}");
    control("POST", "accounts/w/deposit-status", "{\"id\":" + deposit.get("id") + ",\"status\":1}");
    assertEquals(
        "1.50000000", control("GET", "accounts/w", "").at("/wallets/funding/BTC").asText());
    control("POST", "keys/" + apiKey + "/revoke", "");
    assertEquals("401 -2015", Caller.verdict(caller.get("/api/v3/account", "")));
    control("POST", "limits", "{\"weight\":50}");
    assertEquals(50, sandbox.exchange().meter().limits().weight());
    control("POST", "limits", "{\"weight\":6000}");
    control("POST", "faults", "{\"kind\":\"server_error\",\"status\":503,\"times\":2}");
    assertEquals(503, time().statusCode());
    control("DELETE", "faults", "");
    assertEquals(200, time().statusCode());
    JsonNode log = control("GET", "calls?since=0", "");
    assertFalse(log.get("calls").isEmpty());
    assertFalse(log.toString().contains(apiKey));
    assertTrue(control("GET", "summary", "").at("/by_path/~1api~1v3~1time").asInt() > 0);
  }

  @Test
  void an_account_with_every_surface_is_opened_and_its_plans_are_served_on_request()
      throws Exception {
    JsonNode made =
        control(
            "POST", "accounts", "{\"name\":\"f\",\"size\":\"full\",\"plan_runs\":6,\"dust\":120}");
    assertTrue(made.at("/wallets/earn_flexible/USDT").asText().length() > 3);
    JsonNode key = control("POST", "keys", "{\"account\":\"f\"}");
    ApiKey pair = new ApiKey(key.get("api_key").asText(), key.get("secret").asText());
    Caller caller = Caller.hmac(sandbox.exchange(), pair);
    String plans = "/sapi/v1/lending/auto-invest/plan/list";
    assertEquals("404 -1", Caller.verdict(caller.get(plans, "planType=SINGLE")));
    control("POST", "accounts/f/auto-invest", "{\"answers\":\"served\"}");
    assertEquals(3, caller.json(plans, "planType=SINGLE").get("plan").size());
    assertEquals(100, caller.json("/sapi/v1/asset/dribblet", "").get("total").asInt());
  }

  @Test
  void control_calls_that_do_not_fit_say_why() throws Exception {
    for (String[] wrong :
        new String[][] {
          {"POST", "accounts", "{}"},
          {"POST", "accounts", "no json"},
          {"POST", "accounts/nobody/trades", "{}"},
          {"POST", "accounts/demo/trades", "{\"symbol\":\"NOSUCH\"}"},
          {"POST", "accounts/demo/deposits", "{\"coin\":\"BTC\",\"amount\":1.5}"},
          {"POST", "keys", "{\"account\":\"demo\",\"public_key\":\"junk\"}"},
          {"POST", "accounts/demo/auto-invest", "{\"answers\":\"perhaps\"}"},
          {"POST", "keys/unknown/revoke", ""},
          {"POST", "faults", "{\"kind\":\"no such\"}"},
          {"GET", "nothing", ""},
        }) {
      HttpResponse<String> answer = send(wrong[0], "/sandbox/" + wrong[1], wrong[2]);
      assertEquals(400, answer.statusCode(), String.join(" ", wrong));
      assertTrue(answer.body().contains("error"), answer.body());
    }
  }

  private static void next(Fault fault) {
    sandbox.faults().next(1, "/api/v3/time", fault);
  }

  private static HttpResponse<String> time() throws IOException, InterruptedException {
    return time(Duration.ofSeconds(20));
  }

  private static HttpResponse<String> time(Duration patience)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(uri("/api/v3/time")).timeout(patience).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode control(String method, String path, String body) throws Exception {
    HttpResponse<String> answer = send(method, "/sandbox/" + path, body);
    assertEquals(200, answer.statusCode(), answer.body());
    return Caller.JSON.readTree(answer.body());
  }

  private static HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(uri(path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static URI uri(String path) {
    return URI.create(sandbox.baseUrl() + path);
  }
}
