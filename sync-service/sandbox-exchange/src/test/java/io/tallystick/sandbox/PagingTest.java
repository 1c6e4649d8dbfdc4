package io.tallystick.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.account.Fill;
import io.tallystick.sandbox.account.Variety;
import io.tallystick.sandbox.exchange.Exchange;
import io.tallystick.sandbox.exchange.ExchangeSettings;
import io.tallystick.sandbox.market.Listing;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the lists give, page by page, and that all of it together explains the balances. */
class PagingTest {
  private static final Instant NOW = Instant.parse("2026-11-15T12:00:30Z");
  private static final long DAY = 86_400_000;

  private Exchange exchange;
  private Account demo;
  private Caller caller;

  @BeforeEach
  void open() {
    exchange = new Exchange(ExchangeSettings.defaults().withClock(InstantSource.fixed(NOW)));
    exchange.meter().limits(exchange.meter().limits().withWeight(1_000_000));
    // A trader only: what else moves money has lists and tests of its own.
    AccountPlan trader = AccountPlan.demo(DemoAccount.NAME, 2026).with(Variety.NONE);
    demo = DemoAccount.open(exchange, trader);
    caller = Caller.hmac(exchange, DemoAccount.READ_ONLY);
  }

  @Test
  void everything_that_the_api_serves_adds_up_to_every_balance() {
    Map<String, BigDecimal> spot = new TreeMap<>();
    Map<String, BigDecimal> funding = new TreeMap<>();
    int fills = 0;
    for (JsonNode symbol : Caller.json(caller.open("/api/v3/exchangeInfo")).get("symbols")) {
      for (JsonNode t : trades(symbol.get("symbol").asText(), 7)) {
        fills++;
        BigDecimal sign = t.get("isBuyer").asBoolean() ? BigDecimal.ONE : BigDecimal.ONE.negate();
        add(spot, symbol.get("baseAsset").asText(), sign.multiply(number(t, "qty")));
        add(spot, symbol.get("quoteAsset").asText(), sign.negate().multiply(number(t, "quoteQty")));
        add(spot, t.get("commissionAsset").asText(), number(t, "commission").negate());
        assertEquals(
            0, number(t, "price").multiply(number(t, "qty")).compareTo(number(t, "quoteQty")));
      }
    }
    for (JsonNode d : windows("/sapi/v1/capital/deposit/hisrec")) {
      if (d.get("status").asInt() == 1 || d.get("status").asInt() == 6) {
        add(
            d.path("walletType").asInt(0) == 0 ? spot : funding,
            d.get("coin").asText(),
            number(d, "amount"));
      }
    }
    for (JsonNode w : windows("/sapi/v1/capital/withdraw/history")) {
      if (w.get("status").asInt() == 6) {
        add(
            w.path("walletType").asInt(0) == 0 ? spot : funding,
            w.get("coin").asText(),
            number(w, "amount").add(number(w, "transactionFee")).negate());
      }
    }
    assertEquals(demo.fillCount(), fills);
    assertEquals(held("/sapi/v3/asset/getUserAsset"), positive(spot));
    assertEquals(held("/sapi/v1/asset/get-funding-asset"), positive(funding));
    JsonNode shown = caller.json("/api/v3/account", "").get("balances");
    JsonNode user = Caller.json(caller.post("/sapi/v3/asset/getUserAsset", ""));
    for (JsonNode balance : shown) {
      BigDecimal elsewhere = BigDecimal.ZERO;
      for (JsonNode row : user) {
        if (row.get("asset").equals(balance.get("asset"))) {
          elsewhere = number(row, "freeze").add(number(row, "withdrawing"));
        }
      }
      BigDecimal told = number(balance, "free").add(number(balance, "locked")).add(elsewhere);
      BigDecimal sum = spot.getOrDefault(balance.get("asset").asText(), BigDecimal.ZERO);
      assertEquals(0, sum.compareTo(told), balance + " " + sum);
    }
  }

  @Test
  void zeros_are_shown_unless_they_are_omitted() {
    JsonNode all = caller.json("/api/v3/account", "").get("balances");
    JsonNode some = caller.json("/api/v3/account", "omitZeroBalances=true").get("balances");
    assertTrue(some.size() < all.size());
    some.forEach(b -> assertTrue(number(b, "free").add(number(b, "locked")).signum() > 0));
  }

  @Test
  void from_id_includes_that_id_and_the_oldest_come_first() {
    List<Fill> fills = demo.fills("BTCUSDT");
    long third = fills.get(2).id();
    JsonNode page = caller.json("/api/v3/myTrades", "symbol=BTCUSDT&limit=2&fromId=" + third);
    assertEquals(third, page.get(0).get("id").asLong());
    assertEquals(2, page.size());
    JsonNode newest = caller.json("/api/v3/myTrades", "symbol=BTCUSDT&limit=2");
    assertEquals(fills.getLast().id(), newest.get(1).get("id").asLong());
    long from = fills.get(5).time();
    JsonNode after = caller.json("/api/v3/myTrades", "symbol=BTCUSDT&limit=1&startTime=" + from);
    assertEquals(from, after.get(0).get("time").asLong(), "both bounds count");
    JsonNode until = caller.json("/api/v3/myTrades", "symbol=BTCUSDT&limit=1&endTime=" + from);
    assertEquals(from, until.get(0).get("time").asLong());
    JsonNode exact =
        caller.json("/api/v3/myTrades", "symbol=BTCUSDT&startTime=" + from + "&endTime=" + from);
    assertFalse(exact.isEmpty());
    long order = fills.get(4).orderId();
    caller
        .json("/api/v3/myTrades", "symbol=BTCUSDT&orderId=" + order)
        .forEach(t -> assertEquals(order, t.get("orderId").asLong()));
  }

  @Test
  void orders_are_paged_by_id_and_the_open_ones_are_listed_apart() {
    int all = 0;
    int open = 0;
    for (Listing listing : demo.symbols()) {
      String symbol = listing.symbol().replace("币安人生", "%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9F");
      List<Long> ids = new ArrayList<>();
      long from = 0;
      while (true) {
        JsonNode page =
            caller.json("/api/v3/allOrders", "symbol=" + symbol + "&limit=50&orderId=" + from);
        page.forEach(o -> ids.add(o.get("orderId").asLong()));
        if (page.size() < 50) {
          break;
        }
        from = ids.getLast() + 1;
      }
      all += ids.size();
      open += caller.json("/api/v3/openOrders", "symbol=" + symbol).size();
      assertEquals(demo.orders(listing.symbol()).size(), ids.size());
    }
    assertTrue(all > 500);
    JsonNode waiting = caller.json("/api/v3/openOrders", "");
    assertEquals(open, waiting.size());
    assertTrue(open >= 4);
    JsonNode one = waiting.get(0);
    JsonNode alone =
        caller.json(
            "/api/v3/order",
            "symbol=" + one.get("symbol").asText() + "&orderId=" + one.get("orderId").asText());
    assertEquals(one, alone);
  }

  @Test
  void an_order_that_ended_unfilled_long_ago_is_archived() {
    var old =
        demo.orders("BTCUSDT").stream()
            .filter(o -> o.endedUnfilled() && NOW.toEpochMilli() - o.updateTime() > 90 * DAY)
            .findFirst()
            .orElseThrow();
    assertEquals(
        "400 -2026",
        Caller.verdict(caller.get("/api/v3/order", "symbol=BTCUSDT&orderId=" + old.orderId())));
  }

  @Test
  void exchange_info_lists_what_is_there_and_nothing_that_is_gone() {
    JsonNode info = Caller.json(caller.open("/api/v3/exchangeInfo"));
    assertTrue(info.get("symbols").size() >= 1_500);
    assertTrue(exchange.market().removed().size() >= 100);
    Map<String, Integer> statuses = new HashMap<>();
    List<String> names = new ArrayList<>();
    info.get("symbols")
        .forEach(s -> {
          statuses.merge(s.get("status").asText(), 1, Integer::sum);
          names.add(s.get("symbol").asText());
        });
    assertTrue(statuses.keySet().containsAll(List.of("TRADING", "BREAK", "HALT")), "" + statuses);
    assertTrue(names.containsAll(List.of("币安人生USDT", "1INCHUSDT", "1000SATSUSDT", "4USDT")));
    exchange.market().removed().forEach(l -> assertFalse(names.contains(l.symbol())));
    JsonNode hidden =
        Caller.json(caller.open("/api/v3/exchangeInfo?permissions=%5B%22TRD_GRP_004%22%5D"));
    assertFalse(hidden.get("symbols").isEmpty());
    hidden.get("symbols").forEach(s -> assertFalse(names.contains(s.get("symbol").asText())));
    JsonNode halted = Caller.json(caller.open("/api/v3/exchangeInfo?symbolStatus=HALT"));
    assertEquals(statuses.get("HALT"), halted.get("symbols").size());
    JsonNode two =
        Caller.json(
            caller.open(
                "/api/v3/exchangeInfo?symbols=%5B%22BTCUSDT%22,%22ETHBTC%22%5D"
                    + "&showPermissionSets=false"));
    assertEquals(2, two.get("symbols").size());
    assertTrue(two.at("/symbols/0/permissionSets").isEmpty());
    assertEquals(
        "400 -1128",
        Caller.verdict(caller.open("/api/v3/exchangeInfo?symbol=BTCUSDT&symbolStatus=HALT")));
    assertEquals(
        "400 -1122", Caller.verdict(caller.open("/api/v3/exchangeInfo?symbolStatus=GONE")));
    assertEquals(
        "400 -1151",
        Caller.verdict(
            caller.open("/api/v3/exchangeInfo?symbols=%5B%22BTCUSDT%22,%22BTCUSDT%22%5D")));
  }

  @Test
  void capital_lists_filter_and_page_newest_first() {
    long start = NOW.toEpochMilli() - 60 * DAY;
    JsonNode all = caller.json("/sapi/v1/capital/deposit/hisrec", "startTime=" + start);
    assertTrue(all.size() >= 2);
    for (int i = 1; i < all.size(); i++) {
      assertTrue(
          all.get(i - 1).get("insertTime").asLong() >= all.get(i).get("insertTime").asLong());
    }
    JsonNode second =
        caller.json("/sapi/v1/capital/deposit/hisrec", "limit=1&offset=1&startTime=" + start);
    assertEquals(all.get(1), second.get(0));
    caller
        .json("/sapi/v1/capital/deposit/hisrec", "status=0&startTime=" + start)
        .forEach(d -> assertEquals(0, d.get("status").asInt()));
    JsonNode sent = caller.json("/sapi/v1/capital/withdraw/history", "");
    String ids = sent.get(0).get("id").asText() + "%2C" + sent.get(1).get("id").asText();
    assertEquals(2, caller.json("/sapi/v1/capital/withdraw/history", "idList=" + ids).size());
  }

  private List<JsonNode> trades(String symbol, int limit) {
    String name = symbol.replace("币安人生", "%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9F");
    List<JsonNode> rows = new ArrayList<>();
    long from = 0;
    while (true) {
      JsonNode page =
          caller.json("/api/v3/myTrades", "symbol=" + name + "&limit=" + limit + "&fromId=" + from);
      if (page.isEmpty()) {
        return rows;
      }
      page.forEach(rows::add);
      long last = rows.getLast().get("id").asLong();
      // The other side of a self-trade may stand on the next page: read the last id whole.
      rows.removeIf(r -> page.size() == limit && r.get("id").asLong() == last);
      if (page.size() < limit) {
        return rows;
      }
      from = last;
    }
  }

  private List<JsonNode> windows(String path) {
    List<JsonNode> rows = new ArrayList<>();
    long end = NOW.toEpochMilli();
    for (int i = 0; i < 12; i++) {
      long start = end - 89 * DAY;
      caller.json(path, "startTime=" + start + "&endTime=" + end).forEach(rows::add);
      end = start - 1;
      exchange.meter().reset();
    }
    return rows;
  }

  private Map<String, BigDecimal> held(String path) {
    Map<String, BigDecimal> sums = new TreeMap<>();
    for (JsonNode row : Caller.json(caller.post(path, ""))) {
      for (String part : List.of("free", "locked", "freeze", "withdrawing")) {
        add(sums, row.get("asset").asText(), number(row, part));
      }
    }
    return positive(sums);
  }

  private static Map<String, BigDecimal> positive(Map<String, BigDecimal> sums) {
    Map<String, BigDecimal> kept = new TreeMap<>();
    sums.forEach((asset, sum) -> {
      if (sum.signum() != 0) {
        kept.put(asset, sum.stripTrailingZeros());
      }
    });
    return kept;
  }

  private static void add(Map<String, BigDecimal> sums, String asset, BigDecimal amount) {
    sums.merge(asset, amount, BigDecimal::add);
  }

  private static BigDecimal number(JsonNode row, String field) {
    return new BigDecimal(row.get(field).asText());
  }
}
