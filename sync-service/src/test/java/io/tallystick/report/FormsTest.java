package io.tallystick.report;

import static io.tallystick.report.Reporting.DOLLAR;
import static io.tallystick.report.Reporting.post;
import static io.tallystick.report.Reporting.supply;
import static io.tallystick.report.Reporting.trader;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.boot.TestDatabase;
import io.tallystick.kernel.PublicIds;
import io.tallystick.records.BookedAccount;
import io.tallystick.report.layout.Table;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;

/** Tables of tax authorities over a booked account, and the pack that holds all of them. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class FormsTest {
  @Inject BookedAccount.Maker maker;
  @Inject AccessLog log;

  private static String made(BookedAccount account, String statements) {
    return post(
            account,
            "/v1/reports",
            """
            {"holder": "%s", "profile": "us", "broker_statements": [%s]}
            """
                .formatted(account.holder, statements),
            201)
        .getString("id");
  }

  private static String statement(BookedAccount account, String proceeds, boolean basis) {
    return """
    {"connection": "%s", "year": 2025, "asset": "BTC", "quantity": "1.5", "proceeds": "%s",
     "basis_reported": %s}
    """
        .formatted(account.connection.id(), proceeds, basis);
  }

  // The rows of BTC as maps by column.
  private static List<Map<String, String>> rows(BookedAccount account, String id, String table) {
    JsonPath answer = account.get("accountant", "/v1/reports/" + id + "/tables/" + table);
    List<String> columns = answer.getList("columns");
    List<List<String>> rows = answer.getList("rows");
    return rows.stream()
        .map(row -> {
          Map<String, String> cells = new LinkedHashMap<>();
          for (int n = 0; n < row.size(); n++) {
            cells.put(columns.get(n), row.get(n));
          }
          return cells;
        })
        .filter(row ->
            "BTC".equals(row.get("asset"))
                || row.getOrDefault("a_description", "").contains(" BTC,"))
        .toList();
  }

  // 1.5 BTC sold for 4500 USDT at half a dollar: 2250.
  @Test
  void aBrokersStatementDecidesTheBoxAndIsComparedToTheCent() {
    BookedAccount account = trader(maker);
    supply(account, DOLLAR);
    String none = made(account, "");
    assertEquals("no statement", rows(account, none, "form-1099-da").getFirst().get("verdict"));
    Map<String, String> unstated = rows(account, none, "form-8949").getFirst();
    assertEquals("I", unstated.get("box"));
    assertEquals("1 BTC, trade 3 of BTCUSDT", unstated.get("a_description"));

    String same = made(account, statement(account, "2250", false));
    Map<String, String> agreed = rows(account, same, "form-1099-da").getFirst();
    assertEquals("agrees", agreed.get("verdict"), agreed.toString());
    assertEquals("2250", agreed.get("net_proceeds"));
    assertEquals("H", rows(account, same, "form-8949").getFirst().get("box"));

    String other = made(account, statement(account, "2300.5", true));
    Map<String, String> differing = rows(account, other, "form-1099-da").getFirst();
    assertEquals("differs", differing.get("verdict"));
    assertEquals("-50.5", differing.get("proceeds_difference"));
    Map<String, String> shown = rows(account, other, "form-8949").getFirst();
    assertEquals("G", shown.get("box"));
    assertEquals(
        rows(account, none, "form-8949").getFirst().get("h_gain"),
        shown.get("h_gain"),
        "what a broker tells changes no gain");
  }

  @Test
  void twoStatementsOfOneAssetAndYearAreRefusedForNothingTellsTheirSalesApart() {
    BookedAccount account = trader(maker);
    String both = statement(account, "1000", true) + "," + statement(account, "1250", false);
    JsonPath refused =
        post(
            account,
            "/v1/reports",
            "{\"holder\": \"%s\", \"profile\": \"us\", \"broker_statements\": [%s]}"
                .formatted(account.holder, both),
            400);
    assertTrue(refused.prettify().contains("broker_statements[1]"), refused.prettify());
    assertTrue(refused.getString("detail").contains("BTC of 2025"), refused.prettify());
  }

  @Test
  void aFormIsNotLaidOutByTheRulesOfAnotherJurisdiction() {
    BookedAccount account = trader(maker);
    supply(account, DOLLAR);
    account
        .tenant
        .as("accountant")
        .get("/v1/reports/" + made(account, "") + "/tables/anlage-so")
        .then()
        .statusCode(400)
        .body("detail", Matchers.containsString("profile de"));
  }

  @Test
  void aPackOfAStoredReportIsWholeAlwaysTheSameAndHoldsWhereEverythingCameFrom() {
    BookedAccount account = trader(maker);
    supply(account, DOLLAR);
    String id = made(account, statement(account, "2250", false));
    // The leaves of the log are sealed a moment later, and then their proofs stay as they are.
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> text(pack(account, id)).contains("\"leaves\":[{\"leaf\""));
    byte[] pack = pack(account, id);
    assertEquals(List.of(), PackVerifier.verify(pack));
    String text = text(pack);
    assertTrue(text.contains("tallystick/consent-receipts"), "the consent's receipt is in it");
    for (Table table : Table.values()) {
      String name = "tables/" + table.code() + ".csv";
      assertEquals(
          table.fits("us"), text.contains(name), "a form of other rules says nothing true");
    }
    String trade =
        account
            .get("accountant", "/v1/trades?limit=1&holder=" + account.holder)
            .getString("items[0].evidence");
    assertTrue(text.contains(trade), "the record behind a trade is named");
    assertArrayEquals(pack, pack(account, id));
    int at = text.indexOf("\"statements\"");
    pack[at + 1] ^= 1;
    List<String> faults = PackVerifier.verify(pack);
    assertTrue(faults.getFirst().startsWith("rest.json:"), faults.toString());
  }

  @Test
  void aPackStaysAsItIsWhateverBecomesOfTheConsentAfterwards() {
    BookedAccount account = trader(maker);
    // Given before the report too, but nothing was read under it by then.
    String wider = account.consent(BookedAccount.ALL, 3652);
    BookedAccount.Connected connection = account.connection;
    long consent = Objects.requireNonNull(PublicIds.consent(connection.consent())).key();
    Leaf.Kind created = Leaf.Kind.CONNECTION_CREATED;
    account.in(tx ->
        log.append(
            tx, new Leaf(created, account.holderKey, consent, connection.key(), null, Map.of())));
    supply(account, DOLLAR);
    String id = made(account, "");
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> text(pack(account, id)).contains("\"leaves\":[{\"leaf\""));
    byte[] pack = pack(account, id);
    assertTrue(text(pack).contains("tallystick/consent-receipts"));
    JsonPath before = account.get("owner", "/v1/consents/" + connection.consent());
    account
        .tenant
        .as("owner")
        .contentType("application/json")
        .body(
            """
            {"recipients": ["%s"], "purposes": ["tax"], "look_back_days": 3650,
             "domains": ["balances", "trades", "orders", "deposits", "withdrawals"],
             "expires_at": "%s", "jurisdiction": "DE"}
            """
                .formatted(
                    account.tenant.publicClient("accountant"), before.getString("expires_at")))
        .post("/v1/consents/" + connection.consent() + "/amendment")
        .then()
        .statusCode(201);
    assertArrayEquals(pack, pack(account, id), "amended");
    long other = Objects.requireNonNull(PublicIds.consent(wider)).key();
    account.in(tx ->
        tx.sql("update connection set consent_id = ? where tenant_id = ? and holder_id = ?")
            .bind(other, tx.tenant(), account.holderKey)
            .update());
    assertArrayEquals(pack, pack(account, id), "under another");
  }

  private static String text(byte[] pack) {
    return new String(pack, StandardCharsets.ISO_8859_1);
  }

  private static byte[] pack(BookedAccount account, String id) {
    return account
        .tenant
        .as("accountant")
        .accept("application/zip")
        .get("/v1/reports/" + id + "/pack")
        .then()
        .statusCode(200)
        .extract()
        .asByteArray();
  }
}
