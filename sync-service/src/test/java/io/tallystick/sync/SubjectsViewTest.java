package io.tallystick.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tallystick.boot.TestDatabase;
import io.tallystick.imports.Desk;
import io.tallystick.kernel.PublicIds;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.exchange.ApiKey;
import io.tallystick.sandbox.exchange.Call;
import io.tallystick.sandbox.exchange.KeyGrant;
import io.tallystick.sandbox.fault.Fault;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a holder sees of what was done with his data is all of it, and the numbers agree. */
@QuarkusTest
@TestProfile(EngineProfile.class)
@WithTestResource(TestDatabase.class)
class SubjectsViewTest extends OnStage {
  private static final String HEAD =
      "Date(UTC),Coin,Network,Amount,TransactionFee,Address,TXID,SourceAddress,PaymentID,Status\n";

  @Inject Desk desk;

  private Subject ada;
  private Subject second;
  private Meter before;
  private final Map<String, Integer> asked = new TreeMap<>();
  private final Map<String, Integer> shown = new TreeMap<>();

  private long since(String name, String... labels) {
    return Meter.now().sum(name, labels) - before.sum(name, labels);
  }

  private Subject connectAnother(Account account) {
    String consent = ada.consent(List.of("balances", "trades", "deposits"), Stage.LOOK_BACK);
    ApiKey key = stage.sandbox().addKey(account, KeyGrant.hmac());
    Response made =
        ada.post(
            "/v1/connections",
            """
            {"consent": "%s", "venue": "binance", "environment": "sandbox",
             "key": {"kind": "hmac", "api_key": "%s", "secret": "%s"}}
            """
                .formatted(consent, key.key(), key.secret()));
    made.then().statusCode(201);
    return ada.at(ada.tenant, ada.holder, made.path("id"));
  }

  /** Two accounts of one holder, read with trouble, and a file. */
  private void pulled() throws IOException {
    ada = stage.subject(stage.small(171)).connect();
    second = connectAnother(stage.small(172));
    before = Meter.now();
    stage.sandbox().faults().next(1, DEPOSITS, new Fault.ServerError(500));
    stage.sandbox().faults().next(1, TRADES, new Fault.TooMany("7"));
    ada.runWell();
    Fault nonsense = new Fault.Replace(200, "application/json", "{\"rows\": 3}");
    stage.sandbox().faults().next(1, TRADES, nonsense);
    second.run();
    second.runWell();
    ada.runWell();
    String imports = "/v1/connections/" + ada.connection + "/imports/";
    String file = ada.tenant.upload(ada.connection, "Export Deposit History.csv", file());
    desk.work(ada.link(), file);
    ada.tenant.as("tracker").post(imports + file + "/commit").then().statusCode(202);
    desk.work(ada.link(), file);
    assertEquals("committed", ada.get(imports + file).path("state"));
  }

  private static String file() {
    StringBuilder file = new StringBuilder(HEAD);
    for (int day = 5; day < 9; day++) {
      String at = Instant.now().minus(Duration.ofDays(day)).toString().substring(0, 10);
      file.append(at + " 10:00:00,BTC,BTC," + day + ",0,in,tx-" + day + ",,,Completed\n");
    }
    return file.toString();
  }

  /** The log as its subject sees it, page after page, in order of time. */
  private List<Map<String, Object>> view(String session) {
    List<Map<String, Object>> all = new ArrayList<>();
    String path = "/v1/self/access-log?limit=200";
    String next = path;
    while (next != null) {
      JsonPath page = ada.tenant.as(session).get(next).then().statusCode(200).extract().jsonPath();
      all.addAll(page.getList("items"));
      String cursor = page.getString("next_cursor");
      next = cursor == null ? null : path + "&cursor=" + cursor;
    }
    return all;
  }

  private static Map<String, String> facts(Map<String, Object> leaf) {
    Map<String, String> facts = new LinkedHashMap<>();
    ((Map<?, ?>) leaf.get("facts"))
        .forEach((name, value) -> facts.put(String.valueOf(name), String.valueOf(value)));
    return facts;
  }

  private static List<Map<String, Object>> ofKind(List<Map<String, Object>> view, String kind) {
    return view.stream().filter(leaf -> kind.equals(leaf.get("kind"))).toList();
  }

  private static long sum(List<Map<String, Object>> leaves, String fact) {
    return leaves.stream()
        .mapToLong(leaf -> Long.parseLong(facts(leaf).getOrDefault(fact, "0")))
        .sum();
  }

  /** How many raw records came with each act. */
  private Map<String, Long> evidence() {
    long holder = ada.link().holder();
    Map<String, Long> byLeaf = new TreeMap<>();
    ada.in(tx ->
        tx.sql("select leaf_id, count(*) from evidence where holder_id = ? group by leaf_id")
            .bind(holder)
            .list(row ->
                byLeaf.put(PublicIds.leaf(holder, row.getObject(1, UUID.class)), row.getLong(2))));
    return byLeaf;
  }

  private static long told(Map<String, String> facts) {
    boolean taken = "import".equals(facts.get("source")) && "taken-in".equals(facts.get("act"));
    return Long.parseLong(facts.getOrDefault(taken ? "rows" : "new", "0"));
  }

  @Test
  @DisplayName("the subject's view lists every pull, in the number of raw rows and of requests")
  void everyPullIsListedAndItsRowsAreTheRowsThatAreKept() throws IOException {
    pulled();
    List<Map<String, Object>> view = view(ada.tenant.session(ada.holder));
    List<Map<String, Object>> pulls = ofKind(view, "pull");
    Map<String, Long> kept = evidence();
    long rows = kept.values().stream().mapToLong(Long::longValue).sum();
    assertTrue(rows > 150, "rows " + rows);
    for (Map<String, Object> pull : pulls) {
      Long came = kept.remove(String.valueOf(pull.get("id")));
      assertEquals(told(facts(pull)), came == null ? 0 : came, pull.toString());
    }
    assertEquals(Map.of(), kept, "rows that came with nothing that he sees");
    List<Map<String, Object>> asked =
        pulls.stream().filter(pull -> facts(pull).containsKey("endpoint")).toList();
    for (String outcome : List.of("stored", "nothing-new", "waited", "unreadable")) {
      assertFalse(
          asked.stream().noneMatch(pull -> outcome.equals(facts(pull).get("outcome"))), outcome);
    }
    List<Map<String, Object>> pages =
        asked.stream()
            .filter(pull -> List.of("stored", "nothing-new").contains(facts(pull).get("outcome")))
            .toList();
    assertEquals(since("tallystick_sync_pages_total"), pages.size());
    assertEquals(since("tallystick_sync_rows_total"), sum(pages, "rows"));
    assertEquals(since("tallystick_sync_rows_new_total"), sum(pages, "new"));
    requests(asked);
  }

  // One by one, path by path: what left for the venue, and what the holder sees of it.
  private void requests(List<Map<String, Object>> pulls) {
    Map<String, Long> seen = new TreeMap<>();
    for (Map<String, Object> pull : pulls) {
      String path = facts(pull).get("endpoint").split(" ")[1];
      seen.merge(path, Long.parseLong(facts(pull).get("attempts")), Long::sum);
    }
    assertTrue(seen.size() > 5, seen.toString());
    Map<String, Long> sent = new TreeMap<>();
    seen.keySet()
        .forEach(path ->
            sent.put(
                path, since("tallystick_egress_requests_seconds_count", "path=\"" + path + "\"")));
    assertEquals(sent, seen);
    Map<String, Long> heard = new TreeMap<>();
    for (Call call : ada.calls(0)) {
      if (seen.containsKey(call.path()) && !call.key().isEmpty()) {
        heard.merge(call.path(), 1L, Long::sum);
      }
    }
    // Connecting reads the account once for its uid, and has an entry of its own.
    heard.merge("/api/v3/account", -2L, Long::sum);
    assertEquals(heard, seen);
  }

  /** Reads a list to its end as a client. */
  private void read(String client, String path) {
    String route = "GET " + path.replaceFirst("\\?.*", "");
    String next = path;
    while (next != null) {
      JsonPath page = ada.tenant.as(client).get(next).then().statusCode(200).extract().jsonPath();
      asked.merge(route, 1, Integer::sum);
      shown.merge(route, page.getList("items").size(), Integer::sum);
      String cursor = page.getString("next_cursor");
      next = cursor == null ? null : path + "&cursor=" + cursor;
    }
  }

  private void follow() {
    long at = 0;
    while (true) {
      JsonPath page = ada.tenant.as("tracker").get("/v1/changes?limit=1000&after=" + at).jsonPath();
      int items = page.getList("items").size();
      if (page.getLong("next") == at) {
        return;
      }
      at = page.getLong("next");
      if (items > 0) {
        asked.merge("GET /v1/changes", 1, Integer::sum);
        shown.merge("GET /v1/changes", items, Integer::sum);
      }
    }
  }

  @Test
  @DisplayName("the subject's view lists every delivery, in the number of requests and of rows")
  void everyDeliveryIsListedAndItsRowsAreThoseThatWereShown() throws IOException {
    pulled();
    String both = "holder=" + ada.holder;
    String one = "connection=" + ada.connection;
    String other = "connection=" + second.connection;
    before = Meter.now();
    for (String path : List.of("trades?limit=20&" + both, "trades?limit=7&" + other)) {
      read("tracker", "/v1/" + path);
    }
    read("accountant", "/v1/entries?limit=25&" + both);
    read("accountant", "/v1/transfers?" + one);
    read("tracker", "/v1/balances?limit=5&" + one);
    read("tracker", "/v1/orders?" + one);
    String evidence = ada.get("/v1/trades?limit=1&" + one).path("items[0].evidence");
    asked.merge("GET /v1/trades", 1, Integer::sum);
    shown.merge("GET /v1/trades", 1, Integer::sum);
    ada.get("/v1/evidence/" + evidence).then().statusCode(200);
    asked.put("GET /v1/evidence/{evidence}", 1);
    shown.put("GET /v1/evidence/{evidence}", 1);
    Awaitility.await()
        .until(() -> ada.count("select count(*) from outbox where holder_id <> 0") == 0);
    follow();
    int refusals = 3;
    for (int i = 0; i < refusals; i++) {
      ada.tenant.as("other").get("/v1/trades?" + both).then().statusCode(403);
    }
    String session = ada.tenant.session(ada.holder);
    read(session, "/v1/self/consents");
    List<Map<String, Object>> view = view(session);
    Map<String, Integer> listed = new TreeMap<>();
    Map<String, Integer> rows = new TreeMap<>();
    for (Map<String, Object> leaf : ofKind(view, "read")) {
      Map<String, String> facts = facts(leaf);
      if (asked.containsKey(facts.get("route")) && !facts.containsKey("with")) {
        listed.merge(facts.get("route"), 1, Integer::sum);
        rows.merge(facts.get("route"), Integer.parseInt(facts.get("rows")), Integer::sum);
      }
    }
    assertEquals(asked, listed);
    assertEquals(shown, rows);
    assertTrue(asked.get("GET /v1/trades") > 10 && asked.size() >= 8, asked.toString());
    for (Map.Entry<String, Integer> route : listed.entrySet()) {
      String uri = route.getKey().substring("GET ".length());
      long answered =
          since("http_server_requests_seconds_count", "uri=\"" + uri + "\"", "status=\"200\"");
      // Who follows the feed asks once more to hear that there is nothing.
      long empty = uri.equals("/v1/changes") ? 1 : 0;
      assertEquals(answered - empty, route.getValue().longValue(), uri);
    }
    assertEquals(refusals, ofKind(view, "read.refused").size());
    assertEquals(
        refusals,
        since("http_server_requests_seconds_count", "uri=\"/v1/trades\"", "status=\"403\""));
    long all = ada.count("select count(*) from access_leaf where holder_id <> 0");
    assertEquals(all - 1, view.size(), "the last look was written down after it was answered");
  }
}
