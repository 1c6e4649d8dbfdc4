package io.tallystick.records;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tallystick.boot.TestDatabase;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class TradesTest {
  private static final Instant START =
      Instant.now().minus(200, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);

  @Inject BookedAccount.Maker maker;

  private static Instant at(long millis) {
    return START.plusMillis(millis);
  }

  @Test
  @DisplayName("F6 every page size gives each fill once, the newest first, same instants too")
  void everyPageSizeGivesEachFillOnce() {
    BookedAccount account = maker.fresh();
    List<Fill> fills = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      // Three instants only, and twins among them: page borders fall inside equal instants.
      fills.add(Fill.buy("BTCUSDT", i, at(i % 3)));
      fills.add(Fill.buy("ETHUSDT", 100 + i, at(i % 3)).of("2", "3"));
    }
    account.trade(account.connection, fills);
    String path = "/v1/trades?connection=" + account.connection.id();
    List<Map<String, Object>> whole = account.walk(path, 1000);
    assertEquals(22, whole.size());
    assertEquals(22, new HashSet<>(whole.stream().map(row -> row.get("id")).toList()).size());
    List<String> times = whole.stream().map(row -> (String) row.get("occurred_at")).toList();
    assertEquals(times.stream().sorted(Comparator.reverseOrder()).toList(), times);
    for (int size = 1; size <= 23; size++) {
      assertEquals(whole, account.walk(path, size), "pages of " + size);
    }
  }

  @Test
  void aFillIsShownWithItsTermsAndItsEvidence() {
    BookedAccount account = maker.fresh();
    account.trade(
        new Fill("BTCUSDT", 7, true, "60000.10", "0.00150000", "0.00001", "BNB", at(123)));
    JsonPath page = account.get("tracker", "/v1/trades?holder=" + account.holder);
    Map<String, Object> trade = page.getMap("items[0]");
    assertTrue(trade.get("id").toString().startsWith("ent_"));
    assertTrue(trade.get("evidence").toString().startsWith("evd_"));
    assertEquals(account.connection.id(), trade.get("connection"));
    assertEquals("BTCUSDT", trade.get("symbol"));
    assertEquals("buy", trade.get("side"));
    assertEquals("60000.1", trade.get("price"));
    assertEquals("0.0015", trade.get("quantity"));
    assertEquals("90.00015", trade.get("quote_quantity"));
    assertEquals("0.00001", trade.get("fee"));
    assertEquals("BNB", trade.get("fee_asset"));
    assertEquals("7", trade.get("trade_id"));
    assertEquals("1007", trade.get("order_id"));
    assertEquals(false, trade.get("maker"));
    assertEquals(1, trade.get("revision"));
    assertTrue(trade.get("occurred_at").toString().endsWith(".123Z"));
    assertNull(page.getString("next_cursor"));
  }

  @Test
  void filtersChooseByMarketAssetTimeAndConnection() {
    BookedAccount account = maker.fresh();
    BookedAccount.Connected second =
        account.connect("second", account.consent(BookedAccount.ALL, 3650));
    account.trade(
        Fill.buy("BTCUSDT", 1, at(0)),
        Fill.buy("ETHUSDT", 2, at(1000)).withFee("0.1", "BNB"),
        Fill.buy("ETHBTC", 3, at(2000)).sell(),
        Fill.buy("比特币USDT", 4, at(3000)));
    account.trade(second, List.of(Fill.buy("BTCUSDT", 1, at(0))));
    String one = "/v1/trades?connection=" + account.connection.id();
    assertEquals(List.of("4", "3", "2", "1"), ids(account, one));
    assertEquals(List.of("1"), ids(account, one + "&symbol=BTCUSDT"));
    assertEquals(List.of("4"), ids(account, one + "&symbol=%E6%AF%94%E7%89%B9%E5%B8%81USDT"));
    assertEquals(List.of("3", "1"), ids(account, one + "&asset=BTC"), "base and quote");
    assertEquals(List.of("2"), ids(account, one + "&asset=BNB"), "fee");
    assertEquals(List.of("3", "2"), ids(account, one + "&from=" + at(1000) + "&to=" + at(3000)));
    assertEquals(List.of(), ids(account, one + "&symbol=NONE"));
    assertEquals(5, ids(account, "/v1/trades?holder=" + account.holder).size());
    assertEquals(1, ids(account, "/v1/trades?connection=" + second.id()).size());
  }

  private static List<String> ids(BookedAccount account, String path) {
    return account.get("tracker", path).getList("items.trade_id");
  }

  @Test
  void tablesNeutraliseFormulasInTextsAndKeepNumbers() {
    BookedAccount account = maker.fresh();
    account.trade(Fill.buy("=SUM", 1, at(0)).withFee("-0.5", "@x"));
    String csv = account.csv("accountant", "/v1/trades?connection=" + account.connection.id());
    List<String> lines = csv.lines().toList();
    assertEquals(
        "id,connection,symbol,side,price,quantity,quote_quantity,fee,fee_asset,trade_id,order_id,"
            + "maker,occurred_at,revision,evidence",
        lines.getFirst());
    assertTrue(lines.get(1).contains(",'=SUM,buy,10,1,10,-0.5,'@x,1,1001,false,"), csv);
  }

  @Test
  void whatIsBeforeTheLookBackIsNotShown() {
    BookedAccount account = maker.fresh(BookedAccount.ALL, 100);
    Instant border = Instant.now().minus(100, ChronoUnit.DAYS);
    account.trade(
        Fill.buy("BTCUSDT", 1, border.minus(1, ChronoUnit.HOURS)),
        Fill.buy("BTCUSDT", 2, border.plus(1, ChronoUnit.HOURS)));
    String path = "/v1/trades?connection=" + account.connection.id();
    assertEquals(List.of("2"), ids(account, path));
    assertEquals(List.of("2"), ids(account, path + "&from=2000-01-01T00:00:00Z"));
  }

  @Test
  void readsWithoutConsentAreRefusedAndLogged() {
    BookedAccount account = maker.fresh(List.of("orders"), 100);
    account.trade(Fill.buy("BTCUSDT", 1, at(0)));
    String path = "/v1/trades?connection=" + account.connection.id();
    refused(account.ask("tracker", path), 403, "consent-missing", "wrong-domain");
    refused(account.ask("other", path), 403, "consent-missing", "not-a-recipient");
    refused(account.ask("owner", path), 403, "consent-missing", "not-a-recipient");
    for (String role : List.of("compliance", "operator")) {
      refused(account.ask(role, path), 403, "forbidden", null);
    }
    account.withdraw();
    refused(
        account.ask("tracker", "/v1/orders?connection=" + account.connection.id()),
        403,
        "consent-missing",
        "withdrawn");
    List<String> logged =
        account.leaves("read.refused").stream().map(facts -> facts.get("reason")).toList();
    assertEquals(
        List.of("wrong-domain", "not-a-recipient", "not-a-recipient", "withdrawn"), logged);
  }

  @Test
  void readsAreLoggedWithTheirRows() {
    BookedAccount account = maker.fresh();
    account.trade(Fill.buy("BTCUSDT", 1, at(0)), Fill.buy("BTCUSDT", 2, at(1)));
    account.get("tracker", "/v1/trades?connection=" + account.connection.id());
    Map<String, String> leaf = account.leaves("read").getFirst();
    assertEquals("GET /v1/trades", leaf.get("route"));
    assertEquals("2", leaf.get("rows"));
    assertEquals("trades", leaf.get("domain"));
  }

  @Test
  void badAndForeignRequestsAreToldApartFromGoodOnes() {
    BookedAccount account = maker.fresh();
    BookedAccount foreign = maker.fresh();
    account.trade(Fill.buy("BTCUSDT", 1, at(0)), Fill.buy("BTCUSDT", 2, at(1)));
    String mine = "connection=" + account.connection.id();
    refused(account.ask("tracker", "/v1/trades"), 400, "invalid-request", null);
    for (String path :
        List.of(
            "/v1/trades?connection=" + foreign.connection.id(),
            "/v1/trades?holder=" + foreign.holder,
            "/v1/trades?holder=" + foreign.holder + "&" + mine,
            "/v1/trades?connection=con_0000000000000000000000000g",
            "/v1/trades?connection=nonsense")) {
      refused(account.ask("tracker", path), 404, "not-found", null);
    }
    for (String filter :
        List.of(
            "limit=0",
            "limit=1001",
            "limit=x",
            "from=yesterday",
            "symbol=",
            "asset=%00",
            "cursor=abc",
            "symbol=" + "A".repeat(65))) {
      assertEquals(
          400, account.ask("tracker", "/v1/trades?" + mine + "&" + filter).statusCode(), filter);
    }
    String cursor = account.get("tracker", "/v1/trades?limit=1&" + mine).getString("next_cursor");
    refused(
        account.ask("tracker", "/v1/trades?" + mine + "&symbol=BTCUSDT&cursor=" + cursor),
        400,
        "invalid-request",
        null);
    refused(
        foreign.ask(
            "tracker", "/v1/trades?connection=" + foreign.connection.id() + "&cursor=" + cursor),
        400,
        "invalid-request",
        null);
  }

  private static void refused(Response answer, int status, String code, String reason) {
    answer.then().statusCode(status).body("code", equalTo(code)).body("reason", equalTo(reason));
  }

  @Test
  @DisplayName("F118 the host's locale and time zone change no byte of an answer")
  void localeAndTimeZoneChangeNothing() {
    BookedAccount account = maker.fresh();
    account.trade(new Fill("BTCUSDT", 1234567, true, "1234.5", "1000.25", "0.1", "BNB", at(5)));
    List<String> paths =
        List.of(
            "/v1/trades?connection=" + account.connection.id(),
            "/v1/entries?connection=" + account.connection.id(),
            "/v1/balances?connection=" + account.connection.id());
    List<String> before = answers(account, paths);
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      for (String tag : List.of("tr-TR", "ar-EG-u-nu-arab")) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Apia"));
        assertEquals(before, answers(account, paths), tag);
        // What is booked under another locale is the same ledger, too.
        BookedAccount again = maker.fresh();
        again.trade(new Fill("BTCUSDT", 1234567, true, "1234.5", "1000.25", "0.1", "BNB", at(5)));
        assertEquals(account.hash(), again.hash(), tag);
      }
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }

  private static List<String> answers(BookedAccount account, List<String> paths) {
    List<String> answers = new ArrayList<>();
    for (String path : paths) {
      answers.add(account.ask("tracker", path).asString());
      answers.add(account.csv("tracker", path));
    }
    return answers;
  }
}
