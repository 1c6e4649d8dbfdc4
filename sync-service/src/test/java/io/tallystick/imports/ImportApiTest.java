package io.tallystick.imports;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tallystick.boot.TestDatabase;
import io.tallystick.records.BookedAccount;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Files as clients bring them: uploaded, looked at, taken in, taken back. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ImportApiTest {
  private static final String DEPOSITS =
      """
      Date(UTC),Coin,Network,Amount,TransactionFee,Address,TXID,SourceAddress,PaymentID,Status
      2024-01-05 10:00:00,BTC,BTC,5,0,in-1,tx-1,,,Completed
      2024-01-06 10:00:00,BTC,BTC,5,0,in-2,tx-2,,,Completed
      """;
  private static final String DEPOSITS_NAME = "Export%20Deposit%20History.csv";

  @Inject Desk desk;

  static String base(Desk.At at) {
    return "/v1/connections/" + at.on.id() + "/imports";
  }

  private static Response upload(Desk.At at, String client, String name, byte[] file) {
    return at.account
        .tenant
        .as(client)
        .header("x-file-name", name)
        .contentType("application/octet-stream")
        .body(file)
        .post(base(at));
  }

  static Response upload(Desk.At at, String name, byte[] file) {
    return upload(at, "tracker", name, file);
  }

  static JsonPath await(Desk.At at, String id, String state) {
    String path = base(at) + "/" + id;
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> at.account.get("tracker", path).getString("state").equals(state));
    return at.account.get("tracker", path);
  }

  /** Uploads a file and waits until it is in the books. */
  static JsonPath take(Desk.At at, String name, byte[] file) {
    String id = upload(at, name, file).then().statusCode(201).extract().path("id");
    await(at, id, "checked");
    at.account.tenant.as("tracker").post(base(at) + "/" + id + "/commit").then().statusCode(202);
    return await(at, id, "committed");
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] deposits() {
    return bytes(DEPOSITS);
  }

  private static void venueTellsTrades(Desk.At at) {
    VenueLists.trades(at, 0, 8);
  }

  @Test
  void aFileIsLookedAtBeforeItIsTakenInAndCanBeTakenBack() {
    Desk.At at = desk.open();
    String empty = at.hash();
    byte[] file = Desk.bytes("T2.csv");
    Response first = upload(at, "tracker", "T2.csv", file);
    first
        .then()
        .statusCode(201)
        .body("connection", equalTo(at.on.id()))
        .body("name", equalTo("T2.csv"))
        .body("kind", equalTo("spot-trades"))
        .body("size", equalTo(file.length));
    String id = first.path("id");
    JsonPath checked = await(at, id, "checked");
    assertEquals(8, checked.getInt("read"));
    assertEquals(8, checked.getInt("added"));
    assertEquals(empty, at.hash(), "looking at a file books nothing");

    String one = base(at) + "/" + id;
    at.account.tenant.as("tracker").post(one + "/commit").then().statusCode(202);
    JsonPath committed = await(at, id, "committed");
    assertEquals(8, committed.getInt("added"));
    assertEquals(0, committed.getInt("matched"));
    assertEquals(
        8,
        at.account.get("tracker", "/v1/trades?connection=" + at.on.id()).getList("items").size());

    upload(at, "tracker", "again.csv", file)
        .then()
        .statusCode(200)
        .body("id", equalTo(id))
        .body("name", equalTo("T2.csv"));
    at.account.tenant.as("tracker").delete(one).then().statusCode(202);
    await(at, id, "undone");
    assertEquals(empty, at.hash());
    upload(at, "tracker", "T2.csv", file).then().statusCode(201);
  }

  @Test
  @DisplayName("API and files, in any order, end in one ledger and count once")
  void theVenuesOwnListsAndFilesInAnyOrderCountOnce() {
    Desk.At alone = desk.open();
    venueTellsTrades(alone);
    VenueLists.deposits(alone);
    final String expected = alone.hash();
    final Map<String, String> balances = alone.balances();

    Desk.At filesFirst = desk.open();
    assertEquals(8, take(filesFirst, "T2.csv", Desk.bytes("T2.csv")).getInt("added"));
    assertEquals(2, take(filesFirst, DEPOSITS_NAME, deposits()).getInt("added"));
    assertEquals(balances, filesFirst.balances());
    venueTellsTrades(filesFirst);
    VenueLists.deposits(filesFirst);
    assertEquals(expected, filesFirst.hash());

    Desk.At listsFirst = desk.open();
    venueTellsTrades(listsFirst);
    VenueLists.deposits(listsFirst);
    JsonPath trades = take(listsFirst, "T2.csv", Desk.bytes("T2.csv"));
    assertEquals(List.of(0, 8), List.of(trades.getInt("added"), trades.getInt("matched")));
    assertEquals(2, take(listsFirst, DEPOSITS_NAME, deposits()).getInt("matched"));
    assertEquals(expected, listsFirst.hash());

    Desk.At between = desk.open();
    VenueLists.trades(between, 0, 3);
    take(between, DEPOSITS_NAME, deposits());
    take(between, "T2.csv", Desk.bytes("T2.csv"));
    VenueLists.deposits(between);
    take(between, "T4.xlsx", Desk.bytes("T4.xlsx"));
    VenueLists.trades(between, 3, 8);
    assertEquals(expected, between.hash());
    assertEquals(balances, between.balances());
  }

  @Test
  void whatOnlyAPersonKnowsIsAskedWithTheChoices() {
    Desk.At at = desk.open();
    String empty = at.hash();
    Response asked = upload(at, "binance%20trades%20(1).csv", Desk.bytes("T3.csv"));
    asked
        .then()
        .statusCode(201)
        .body("state", equalTo("asking"))
        .body("questions[0].topic", equalTo("zone"));
    assertFalse(asked.jsonPath().getList("questions[0].choices").isEmpty());
    String id = asked.path("id");
    String one = base(at) + "/" + id;
    at.account
        .tenant
        .as("tracker")
        .post(one + "/commit")
        .then()
        .statusCode(409)
        .body("remedy", equalTo(asked.<String>path("next")));
    at.account
        .tenant
        .as("tracker")
        .contentType("application/json")
        .body("{\"answers\": [{\"topic\": \"zone\", \"answer\": \"noon\"}]}")
        .post(one + "/answers")
        .then()
        .statusCode(400)
        .body("field", equalTo("answers"));
    at.account
        .tenant
        .as("tracker")
        .contentType("application/json")
        .body("{\"answers\": [{\"topic\": \"zone\", \"answer\": \"-06:00\"}]}")
        .post(one + "/answers")
        .then()
        .statusCode(200);
    JsonPath checked = await(at, id, "checked");
    assertEquals(List.of(), checked.getList("questions"));
    assertEquals(empty, at.hash());
    at.account.tenant.as("tracker").post(one + "/commit").then().statusCode(202);
    await(at, id, "committed");
    Desk.At other = desk.open();
    other.fixture("T2.csv");
    assertEquals(other.hash(), at.hash());
  }

  @Test
  void rowsThatCannotBeReadAreListedWithLineReasonAndRemedy() {
    Desk.At at = desk.open();
    String file =
        """
        Date(UTC),Pair,Side,Price,Executed,Amount,Fee
        2023-01-01 00:00:01,BTCUSDT,BUY,10,1BTC,10USDT,0.1BNB
        2023-01-01 00:00:02,BTCUSDT,BUY,10,=1+1BTC,10USDT,0.1BNB
        2023-01-01 00:00:03,BTCUSDT,BUY,10,1BTC,10USDT,0.1BNB
        """;
    JsonPath taken = take(at, "trades.csv", bytes(file));
    assertEquals(List.of(2, 1), List.of(taken.getInt("added"), taken.getInt("broken")));
    String rows = base(at) + "/" + taken.getString("id") + "/rows";
    JsonPath told = at.account.get("tracker", rows);
    assertEquals(1, told.getList("items").size());
    assertEquals(3, told.getInt("items[0].line"));
    assertEquals("broken", told.getString("items[0].outcome"));
    assertEquals("Executed", told.getString("items[0].column"));
    String table = at.account.csv("tracker", rows);
    assertTrue(table.startsWith("table,line,outcome,column,reason,remedy\r\n1,3,broken,"), table);
  }

  @Test
  @DisplayName("F75 a page or a file of another kind is recognised as such, and said")
  void whatIsNoExportIsRefusedByName() {
    Desk.At at = desk.open();
    String page = "<!DOCTYPE html><html><body>Service unavailable</body></html>";
    upload(at, "trades.csv", bytes(page))
        .then()
        .statusCode(201)
        .body("state", equalTo("refused"))
        .body("kind", nullValue());
    String pdf = "%PDF-1.7\n1 0 obj\n<<>>\nendobj\n";
    Response refused = upload(at, "statement.csv", bytes(pdf));
    refused.then().statusCode(201).body("state", equalTo("refused"));
    assertTrue(refused.<String>path("detail").contains("PDF"), refused.<String>path("detail"));
  }

  @Test
  void whoReadsNothingBringsNothing() {
    Desk.At at = desk.open();
    byte[] file = Desk.bytes("T2.csv");
    upload(at, "other", "T2.csv", file)
        .then()
        .statusCode(403)
        .body("reason", equalTo("not-a-recipient"));
    upload(at, "compliance", "T2.csv", file).then().statusCode(403);
    String id = upload(at, "owner", "T2.csv", file).then().statusCode(201).extract().path("id");
    String one = base(at) + "/" + id;
    at.account.ask("owner", one).then().statusCode(200).body("name", equalTo("T2.csv"));
    at.account.ask("compliance", one).then().statusCode(200).body("name", nullValue());
    at.account.ask("other", one).then().statusCode(403);
    at.account.tenant.as("other").delete(one).then().statusCode(403);
    assertEquals(
        1,
        at.account.leaves("pull").stream()
            .filter(leaf -> "received".equals(leaf.get("act")))
            .count());
  }

  @Test
  void nothingGoesInWithoutAConsentThatCoversIt() {
    Desk.At at = desk.open(List.of("deposits"));
    upload(at, "T2.csv", Desk.bytes("T2.csv"))
        .then()
        .statusCode(403)
        .body("code", equalTo("consent-missing"));
    String id = upload(at, DEPOSITS_NAME, deposits()).then().statusCode(201).extract().path("id");
    await(at, id, "checked");
    String empty = at.hash();
    BookedAccount account = at.account;
    account.withdraw();
    account.tenant.as("owner").post(base(at) + "/" + id + "/commit").then().statusCode(202);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> account.get("owner", base(at) + "/" + id).getString("state").equals("stopped"));
    assertEquals(empty, at.hash());
  }

  @Test
  void namesWithFoldersOrBrokenEncodingDoNoHarm() {
    Desk.At at = desk.open();
    upload(at, "..%2F..%2Fetc%2FT2.csv", Desk.bytes("T2.csv"))
        .then()
        .statusCode(201)
        .body("name", equalTo("T2.csv"));
    upload(at, "%zz.csv", deposits()).then().statusCode(400).body("field", equalTo("x-file-name"));
    upload(at, "a%00b.csv", deposits()).then().statusCode(400);
  }
}
