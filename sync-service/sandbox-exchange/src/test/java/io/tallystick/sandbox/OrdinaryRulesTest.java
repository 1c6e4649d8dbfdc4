package io.tallystick.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.account.CashEvent;
import io.tallystick.sandbox.account.EarnEvent;
import io.tallystick.sandbox.account.PlanAnswers;
import io.tallystick.sandbox.account.SwapEvent;
import io.tallystick.sandbox.exchange.Exchange;
import io.tallystick.sandbox.exchange.ExchangeSettings;
import io.tallystick.sandbox.exchange.KeyGrant;
import io.tallystick.sandbox.wire.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights, windows, page sizes, memory and refusals of the ordinary surfaces. */
class OrdinaryRulesTest {
  private static final long START = Instant.parse("2026-11-02T12:00:10Z").toEpochMilli();
  private static final long DAY = 86_400_000;
  private static final String FLEXIBLE_REWARDS =
      "/sapi/v1/simple-earn/flexible/history/rewardsRecord";

  private final AtomicLong now = new AtomicLong(START);
  private Exchange exchange;
  private Account account;
  private Caller caller;

  @BeforeEach
  void open() {
    open(AccountPlan.full("full", 3));
  }

  private void open(AccountPlan plan) {
    exchange =
        new Exchange(ExchangeSettings.defaults().withClock(() -> Instant.ofEpochMilli(now.get())));
    account = exchange.addAccount(plan);
    caller = Caller.hmac(exchange, exchange.addKey(account, KeyGrant.hmac()).orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({
    "simple-earn/account, '', IP, 150",
    "simple-earn/flexible/position, '', IP, 150",
    "simple-earn/locked/position, '', IP, 150",
    "simple-earn/flexible/history/subscriptionRecord, '', IP, 150",
    "simple-earn/flexible/history/redemptionRecord, '', IP, 150",
    "simple-earn/flexible/history/rewardsRecord, '', IP, 150",
    "simple-earn/locked/history/subscriptionRecord, '', IP, 150",
    "simple-earn/locked/history/redemptionRecord, '', IP, 150",
    "simple-earn/locked/history/rewardsRecord, '', IP, 150",
    "convert/tradeFlow, startTime=1&endTime=2, UID, 3000",
    "asset/dribblet, '', IP, 1",
    "asset/assetDividend, '', IP, 10",
    "asset/transfer, type=MAIN_FUNDING, IP, 1",
    "asset/wallet/balance, '', IP, 60",
    "accountSnapshot, type=SPOT, IP, 2400",
    "fiat/orders, transactionType=0, UID, 45000",
    "fiat/payments, transactionType=0, IP, 1",
    "c2c/orderMatch/listUserOrderHistory, '', IP, 1",
    "pay/transactions, '', UID, 3000",
    "rebate/taxQuery, '', UID, 12000",
  })
  void every_list_costs_what_the_documents_say(String path, String asked, String mode, long cost) {
    Reply reply = caller.get("/sapi/v1/" + path, asked);
    assertEquals(200, reply.status(), reply.body().text());
    assertEquals(String.valueOf(cost), reply.headers().get("X-SAPI-USED-" + mode + "-WEIGHT-1M"));
    long most = (mode.equals("IP") ? 12_000 : 180_000) / cost;
    for (long i = 1; i < Math.min(most, 100); i++) {
      assertEquals(200, caller.get("/sapi/v1/" + path, asked).status());
    }
    if (most < 100) {
      assertEquals("429 -1003", Caller.verdict(caller.get("/sapi/v1/" + path, asked)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "simple-earn/flexible/history/subscriptionRecord, '', startTime, endTime, 30, -6021",
    "simple-earn/flexible/history/redemptionRecord, '', startTime, endTime, 30, -6021",
    "simple-earn/flexible/history/rewardsRecord, '', startTime, endTime, 30, -6021",
    "simple-earn/locked/history/subscriptionRecord, '', startTime, endTime, 30, -6021",
    "simple-earn/locked/history/redemptionRecord, '', startTime, endTime, 30, -6021",
    "simple-earn/locked/history/rewardsRecord, '', startTime, endTime, 30, -6021",
    "convert/tradeFlow, '', startTime, endTime, 30, -4047",
    "asset/assetDividend, '', startTime, endTime, 180, -4047",
    "c2c/orderMatch/listUserOrderHistory, '', startTimestamp, endTimestamp, 30, -4047",
    "pay/transactions, '', startTime, endTime, 90, -4047",
    "rebate/taxQuery, '', startTime, endTime, 30, -4047",
  })
  void a_window_may_be_so_long_and_not_a_millisecond_longer(
      String path, String more, String from, String to, int days, int code) {
    long start = START - 200 * DAY;
    String asked = from + "=" + start + "&" + to + "=";
    assertEquals(200, caller.get("/sapi/v1/" + path, asked + (start + days * DAY)).status());
    assertEquals(
        "400 " + code,
        Caller.verdict(caller.get("/sapi/v1/" + path, asked + (start + days * DAY + 1))));
    assertEquals(
        "400 " + code, Caller.verdict(caller.get("/sapi/v1/" + path, asked + (start - 1))), more);
  }

  @ParameterizedTest
  @CsvSource({
    "simple-earn/flexible/history/rewardsRecord?size=101, -1102",
    "simple-earn/flexible/history/rewardsRecord?type=OTHER, -1130",
    "simple-earn/locked/position?size=101, -1102",
    "simple-earn/locked/position?current=0, -1130",
    "convert/tradeFlow?startTime=5, -1102",
    "convert/tradeFlow?endTime=5, -1102",
    "convert/tradeFlow?startTime=5&endTime=6&limit=1001, -1102",
    "asset/assetDividend?limit=501, -1102",
    "asset/transfer, -1102",
    "asset/transfer?type=SPOT_FUNDING, -1130",
    "asset/transfer?type=MAIN_FUNDING&size=101, -1102",
    "asset/transfer?type=ISOLATEDMARGIN_MARGIN, -1102",
    "asset/transfer?type=MARGIN_ISOLATEDMARGIN, -1102",
    "accountSnapshot, -1102",
    "accountSnapshot?type=OPTION, -1130",
    "accountSnapshot?type=SPOT&limit=6, -1130",
    "accountSnapshot?type=SPOT&limit=31, -1102",
    "fiat/orders, -1102",
    "fiat/orders?transactionType=2, -1130",
    "fiat/payments?transactionType=0&rows=501, -1102",
    "c2c/orderMatch/listUserOrderHistory?rows=101, -1102",
    "c2c/orderMatch/listUserOrderHistory?tradeType=BOTH, -1130",
    "pay/transactions?limit=101, -1102",
  })
  void what_does_not_fit_is_refused(String asked, int code) {
    List<String> parts = List.of((asked + "? ").split("\\?"));
    Reply reply = caller.get("/sapi/v1/" + parts.get(0), parts.get(1).trim());
    assertEquals("400 " + code, Caller.verdict(reply), asked);
  }

  @Test
  void times_under_a_foreign_name_are_ignored_without_a_word() {
    long old = START - 300 * DAY;
    String wrong = "transactionType=0&startTime=" + old + "&endTimestamp=" + (old + DAY);
    String path = "/sapi/v1/fiat/orders";
    assertEquals(
        caller.json(path, "transactionType=0"), caller.json(path, wrong), "the last thirty days");
    JsonNode right =
        caller.json(path, "transactionType=0&beginTime=" + old + "&endTime=" + (old + 60 * DAY));
    assertTrue(right.get("data").size() > 0);
    right
        .get("data")
        .forEach(r -> assertTrue(r.get("createTime").asLong() <= old + 60 * DAY, r.toString()));
  }

  @Test
  void an_empty_payments_list_has_no_data_at_all() {
    String before = "transactionType=1&beginTime=5&endTime=6";
    JsonNode answer = caller.json("/sapi/v1/fiat/payments", before);
    assertFalse(answer.has("data"));
    assertEquals(0, answer.get("total").asInt());
    assertTrue(caller.json("/sapi/v1/fiat/orders", before).has("data"));
  }

  @Test
  void what_is_too_old_is_forgotten_without_a_word() {
    OrdinaryReader reader = new OrdinaryReader(exchange, caller);
    assertTrue(reader.transfers("MAIN_FUNDING").size() >= 20);
    assertTrue(peers(reader) >= 40);
    assertTrue(reader.payments().size() >= 40);
    now.addAndGet(190 * DAY);
    assertEquals(0, reader.transfers("MAIN_FUNDING").size());
    assertEquals(0, peers(reader));
    assertTrue(reader.payments().size() >= 20);
    now.addAndGet(360 * DAY);
    assertEquals(0, reader.payments().size());
    JsonNode snapshots = caller.json("/sapi/v1/accountSnapshot", "type=SPOT&limit=30");
    long oldest = snapshots.at("/snapshotVos/0/updateTime").asLong();
    assertTrue(oldest >= now.get() - 30 * DAY, "a month of days, whenever one asks");
  }

  private static int peers(OrdinaryReader reader) {
    return reader
        .enveloped(
            "/sapi/v1/c2c/orderMatch/listUserOrderHistory", "", "startTimestamp", "endTimestamp")
        .size();
  }

  @Test
  void more_than_any_page_carries_comes_whole_where_the_venue_can_serve_it() {
    AccountPlan plan = AccountPlan.full("busy", 9);
    open(plan.with(plan.variety().withBursts(2_500, 250, 1_500)));
    OrdinaryReader reader = new OrdinaryReader(exchange, caller);
    long end = exchange.settings().end().toEpochMilli();
    long from = end - 30 * DAY;
    List<EarnEvent.FlexibleReward> rewards =
        account.events(EarnEvent.FlexibleReward.class).stream()
            .filter(r -> r.time() >= from)
            .toList();
    assertTrue(rewards.size() >= 2_500, "" + rewards.size());
    List<JsonNode> read = new ArrayList<>();
    int total = 0;
    for (int page = 1; page == 1 || read.size() < total; page++) {
      JsonNode answer =
          reader.ask(
              FLEXIBLE_REWARDS,
              "startTime=" + from + "&endTime=" + end + "&size=100&current=" + page);
      total = answer.get("total").asInt();
      answer.get("rows").forEach(read::add);
    }
    assertEquals(rewards.size(), read.size());
    assertTrue(new HashSet<>(read).size() <= read.size() - 100, "identical to the millisecond");
    List<SwapEvent.Convert> converts = account.events(SwapEvent.Convert.class);
    JsonNode cut =
        reader.ask(
            "/sapi/v1/convert/tradeFlow", "limit=1000&startTime=" + from + "&endTime=" + end);
    assertTrue(cut.get("moreData").asBoolean());
    assertEquals(1_000, cut.get("list").size());
    List<JsonNode> whole = reader.allConverts();
    assertEquals(converts.size(), whole.size());
    assertTrue(whole.size() >= 1_500);
    Set<Long> ids = new HashSet<>();
    whole.forEach(r -> ids.add(r.get("orderId").asLong()));
    assertEquals(whole.size(), ids.size());
  }

  @Test
  void only_the_last_hundred_dust_conversions_are_told_whatever_the_window() {
    AccountPlan plan = AccountPlan.full("dusty", 9);
    open(plan.with(plan.variety().withBursts(0, 250, 0)));
    assertTrue(account.events(SwapEvent.Dust.class).size() >= 250);
    JsonNode all = caller.json("/sapi/v1/asset/dribblet", "");
    assertEquals(100, all.get("userAssetDribblets").size());
    long oldest = all.at("/userAssetDribblets/99/operateTime").asLong();
    JsonNode before = caller.json("/sapi/v1/asset/dribblet", "endTime=" + (oldest - 1));
    assertEquals(0, before.get("userAssetDribblets").size());
    assertEquals(0, before.get("total").asInt());
    JsonNode margin = caller.json("/sapi/v1/asset/dribblet", "accountType=MARGIN");
    assertEquals(0, margin.get("userAssetDribblets").size());
  }

  @Test
  void dividends_are_newest_first_and_the_default_page_is_short() {
    JsonNode page = caller.json("/sapi/v1/asset/assetDividend", "");
    assertEquals(20, page.get("rows").size());
    assertTrue(page.get("total").asInt() > 100);
    long last = Long.MAX_VALUE;
    for (JsonNode row : page.get("rows")) {
      assertTrue(row.get("divTime").asLong() <= last);
      last = row.get("divTime").asLong();
    }
    OrdinaryReader reader = new OrdinaryReader(exchange, caller);
    long shown = Instant.parse("2026-01-27T00:00:00Z").toEpochMilli();
    for (JsonNode row : reader.dividends()) {
      assertEquals(row.get("divTime").asLong() >= shown, row.has("direction"), row.toString());
    }
  }

  @Test
  void auto_invest_is_refused_in_two_ways_and_served_on_request() {
    AccountPlan plan = AccountPlan.full("saver", 4);
    open(plan.with(plan.variety().withPlanRuns(60)));
    String list = "/sapi/v1/lending/auto-invest/plan/list";
    String history = "/sapi/v1/lending/auto-invest/history/list";
    assertEquals("404 -1", Caller.verdict(caller.get(list, "planType=SINGLE")));
    assertEquals("404 -1", Caller.verdict(caller.get(history, "")));
    account.planAnswers(PlanAnswers.RETIRED);
    assertEquals("400 -1016", Caller.verdict(caller.get(list, "planType=SINGLE")));
    assertEquals("400 -1016", Caller.verdict(caller.get(history, "")));
    account.planAnswers(PlanAnswers.SERVED);
    assertEquals(3, caller.json(list, "planType=SINGLE").get("plan").size());
    assertEquals(0, caller.json(list, "planType=PORTFOLIO").get("plan").size());
    assertEquals(60, new OrdinaryReader(exchange, caller).months(history, "").size());
  }

  @Test
  void a_withheld_event_is_gone_from_its_list_and_stays_in_the_balance() {
    CashEvent.Transfer transfer = account.events(CashEvent.Transfer.class).getLast();
    String path = "/sapi/v1/asset/get-funding-asset";
    String before = caller.post(path, "").body().text();
    int told = new OrdinaryReader(exchange, caller).transfers(transfer.type()).size();
    account.withhold(transfer.id());
    assertEquals(told - 1, new OrdinaryReader(exchange, caller).transfers(transfer.type()).size());
    assertEquals(before, caller.post(path, "").body().text());
  }
}
