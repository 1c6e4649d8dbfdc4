package io.tallystick.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.exchange.Exchange;
import io.tallystick.sandbox.exchange.ExchangeSettings;
import io.tallystick.sandbox.market.Listing;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every answer of the sandbox has the documented shape, and the shapes can tell when not. */
class ShapesTest {
  private static final Instant NOW = Instant.parse("2026-11-15T12:00:30Z");
  private static final long DAY = 86_400_000;

  private final Shapes shapes = Shapes.load();
  private final Exchange exchange =
      new Exchange(ExchangeSettings.defaults().withClock(InstantSource.fixed(NOW)));
  private final Account demo = DemoAccount.open(exchange);
  private final Caller caller = Caller.hmac(exchange, DemoAccount.READ_ONLY);

  @Test
  void every_endpoint_has_a_shape_and_every_shape_an_endpoint() {
    assertEquals(new HashSet<>(exchange.endpoints()), shapes.endpoints());
  }

  @Test
  void every_answer_of_the_demo_account_fits() {
    exchange.meter().limits(exchange.meter().limits().withWeight(1_000_000));
    Set<String> seen = new HashSet<>();
    for (String path : List.of("/api/v3/ping", "/api/v3/time", "/api/v3/exchangeInfo")) {
      check("GET " + path, Caller.json(caller.open(path)), seen);
    }
    for (String path :
        List.of(
            "/api/v3/account",
            "/api/v3/openOrders",
            "/sapi/v1/account/apiRestrictions",
            "/sapi/v1/capital/config/getall")) {
      check("GET " + path, caller.json(path, ""), seen);
    }
    for (String path : List.of("/sapi/v3/asset/getUserAsset", "/sapi/v1/asset/get-funding-asset")) {
      check("POST " + path, Caller.json(caller.post(path, "")), seen);
    }
    for (Listing listing : demo.symbols()) {
      String name =
          "symbol=" + listing.symbol().replace("币安人生", "%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9F");
      check("GET /api/v3/myTrades", caller.json("/api/v3/myTrades", name + "&fromId=0"), seen);
      check("GET /api/v3/allOrders", caller.json("/api/v3/allOrders", name), seen);
    }
    check(
        "GET /api/v3/klines",
        Caller.json(caller.open("/api/v3/klines?symbol=BTCUSDT&interval=1h&limit=3")),
        seen);
    long order = demo.orders("BTCUSDT").getLast().orderId();
    check(
        "GET /api/v3/order", caller.json("/api/v3/order", "symbol=BTCUSDT&orderId=" + order), seen);
    for (int i = 0; i < 12; i++) {
      long end = NOW.toEpochMilli() - i * 89 * DAY;
      String window = "includeSource=true&startTime=" + (end - 89 * DAY) + "&endTime=" + end;
      for (String path :
          List.of("/sapi/v1/capital/deposit/hisrec", "/sapi/v1/capital/withdraw/history")) {
        exchange.meter().reset();
        check("GET " + path, caller.json(path, window), seen);
      }
    }
    // The ordinary surfaces beside these are read whole in FullAccountTest.
    assertEquals(15, seen.size());
  }

  @Test
  void optional_fields_are_really_absent_somewhere() {
    List<Map.Entry<String, String>> absent =
        List.of(
            Map.entry("/sapi/v1/capital/deposit/hisrec", "id"),
            Map.entry("/sapi/v1/capital/deposit/hisrec", "network"),
            Map.entry("/sapi/v1/capital/deposit/hisrec", "walletType"),
            Map.entry("/sapi/v1/capital/withdraw/history", "network"),
            Map.entry("/sapi/v1/capital/withdraw/history", "withdrawOrderId"),
            Map.entry("/sapi/v1/capital/withdraw/history", "txId"));
    for (Map.Entry<String, String> wanted : absent) {
      List<JsonNode> rows = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        long end = NOW.toEpochMilli() - i * 89 * DAY;
        exchange.meter().reset();
        caller
            .json(wanted.getKey(), "startTime=" + (end - 89 * DAY) + "&endTime=" + end)
            .forEach(rows::add);
      }
      assertTrue(rows.stream().anyMatch(r -> !r.has(wanted.getValue())), wanted.toString());
      assertTrue(rows.stream().anyMatch(r -> r.has(wanted.getValue())), wanted.toString());
    }
  }

  @Test
  void a_wrong_type_a_missing_field_and_a_new_field_are_seen() {
    Shape trades = shapes.of("GET /api/v3/myTrades").orElseThrow();
    JsonNode rows = caller.json("/api/v3/myTrades", "symbol=BTCUSDT&limit=2");
    assertTrue(trades.problems(rows).isEmpty());
    ((ObjectNode) rows.get(0)).put("price", 1);
    ((ObjectNode) rows.get(0)).remove("qty");
    ((ObjectNode) rows.get(1)).put("surprise", true);
    assertEquals(
        List.of("$[0].price is no decimal", "$[0].qty is absent", "$[1].surprise is unknown"),
        trades.problems(rows));
    assertFalse(trades.problems(rows.get(0)).isEmpty());
  }

  private void check(String endpoint, JsonNode answer, Set<String> seen) {
    assertEquals(List.of(), shapes.of(endpoint).orElseThrow().problems(answer), endpoint);
    seen.add(endpoint);
  }
}
