package io.tallystick.imports;

import static io.tallystick.imports.ImportApiTest.await;
import static io.tallystick.imports.ImportApiTest.base;
import static io.tallystick.imports.ImportApiTest.bytes;
import static io.tallystick.imports.ImportApiTest.upload;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tallystick.boot.TestDatabase;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What clients read of files: their entries by kind, their rows as evidence, what is amiss. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ImportReadingTest {
  private static final List<String> KINDS =
      List.of(
          "trade",
          "deposit",
          "withdrawal",
          "internal_transfer",
          "conversion",
          "income",
          "fee",
          "unclassified");

  @Inject Desk desk;

  private Desk.At full() {
    Desk.At at = desk.open();
    for (String file : List.of("L1.csv", "L3.csv", "O4.csv", "T2.csv", "D1-withdrawal.csv")) {
      at.fixture(file);
    }
    return at;
  }

  @Test
  void theListsOfAllKindsTogetherAreTheWholeList() {
    Desk.At at = full();
    String entries = "/v1/entries?limit=1000&connection=" + at.on.id();
    JsonPath all = at.account.get("tracker", entries);
    Set<String> byKind = new TreeSet<>();
    for (String kind : KINDS) {
      byKind.addAll(at.account.get("tracker", entries + "&kind=" + kind).getList("items.id"));
    }
    List<String> ids = all.getList("items.id");
    assertEquals(new TreeSet<>(ids), byKind);
    assertTrue(all.getList("items.domain").containsAll(List.of("p2p", "futures", "trades")));

    String conversions = "/v1/conversions?limit=1000&connection=" + at.on.id();
    List<String> traded =
        new ArrayList<>(
            all.getList("items.findAll { it.kind == 'conversion' && it.state != 'void' }.id"));
    assertEquals(
        new TreeSet<>(traded),
        new TreeSet<>(at.account.get("tracker", conversions).<String>getList("items.id")));
    assertTrue(
        at.account.get("tracker", conversions).getList("items.domain").contains("trades"),
        "the order that no fill tells is among them");
  }

  @Test
  void theRowsOfFilesAreReadAsEvidenceUnderTheConsentForTheirEntries() {
    Desk.At at = full();
    VenueLists.trades(at, 0, 8);
    StringBuilder files = new StringBuilder();
    for (String file : List.of("L1.csv", "L3.csv", "O4.csv", "T2.csv", "D1-withdrawal.csv")) {
      files.append(new String(Desk.bytes(file), StandardCharsets.UTF_8));
    }
    List<Map<String, Object>> entries =
        at.account.walk("/v1/entries?connection=" + at.on.id(), 1000);
    Set<Object> domains = new TreeSet<>();
    int rows = 0;
    String one = null;
    for (Map<String, Object> entry : entries) {
      if (entry.get("evidence") instanceof List<?> evidence) {
        for (Object id : evidence) {
          JsonPath raw = at.account.get("tracker", "/v1/evidence/" + id);
          if (raw.getString("stream").startsWith("export-")) {
            rows++;
            assertTrue(files.indexOf(raw.getString("content").strip()) >= 0);
            domains.add(entry.get("domain"));
            one = id.toString();
          }
        }
      }
    }
    assertTrue(rows > entries.size() / 2, rows + " rows");
    assertTrue(domains.size() > 5, domains::toString);
    Set<String> asked = new TreeSet<>();
    for (Map<String, String> leaf : at.account.leaves("read")) {
      if ("GET /v1/evidence/{evidence}".equals(leaf.get("route"))) {
        asked.addAll(List.of(leaf.get("domain").split(" ")));
      }
    }
    assertTrue(asked.containsAll(domains), asked::toString);
    at.account.ask("other", "/v1/evidence/" + one).then().statusCode(403);
  }

  @Test
  @DisplayName("F76 a file that ends without a line end is taken at its word only when looked at")
  void aCutLastLineIsSaidBeforeItIsTakenIn() {
    Desk.At at = desk.open();
    String row = "2023-01-01 00:00:01,BTCUSDT,BUY,10,1BTC,10USDT,0.1BNB";
    String file = "Date(UTC),Pair,Side,Price,Executed,Amount,Fee\n" + row + "\n" + row;
    JsonPath checked = checked(at, "trades.csv", bytes(file));
    assertTrue(checked.getString("detail").contains("no line end"), checked.getString("detail"));
    assertEquals(2, checked.getInt("added"));
    assertEquals(0, checked.getInt("broken"));
    assertNull(checked(at, "whole.csv", bytes(file + "\n")).getString("detail"));
  }

  @Test
  void twoOutputsOfOneTransactionHaveEachTheirOwnRow() {
    String first = "2024-01-05 10:00:00,BTC,BTC,5,0,in-1,tx-1,,,Completed";
    String second = first.replace("in-1", "in-2");
    String header =
        "Date(UTC),Coin,Network,Amount,TransactionFee,Address,TXID,SourceAddress,PaymentID,Status";
    String name = "Export Deposit History.csv";
    Desk.At at = desk.open();
    assertEquals(2, at.take(name, header, first, second).counts().added());
    Desk.At turned = desk.open();
    turned.take(name, header, second, first);
    for (Desk.At one : List.of(at, turned)) {
      List<List<String>> evidence =
          one.account
              .get("tracker", "/v1/entries?connection=" + one.on.id())
              .getList("items.evidence");
      Set<String> rows = new TreeSet<>();
      for (List<String> of : evidence) {
        JsonPath raw = one.account.get("tracker", "/v1/evidence/" + of.getFirst());
        rows.add(raw.getString("content").strip());
      }
      assertEquals(Set.of(first, second), rows);
    }
    assertEquals(at.hash(), turned.hash());
  }

  @Test
  void everyKindOfFaultIsListedWithItsRemedyBeforeAnythingIsTakenIn() {
    Desk.At at = desk.open(List.of("trades", "deposits"));
    String line = Desk.UID + ",2022-01-10 08:00:00,Spot,Deposit,USDT,1,";
    String file =
        String.join(
            "\n",
            "User_ID,UTC_Time,Account,Operation,Coin,Change,Remark",
            line,
            line.replace("Deposit", "Moon Bonus"),
            line.replace("-01-10", "-13-10"),
            line.replace(",1,", ",1,250.5,"),
            line.replace(Desk.UID, "123456789"),
            line.replace(",1,", ",--,"),
            line + "a,b",
            line.replace("Deposit", "Withdraw").replace(",1,", ",-1,"),
            line.replace("Spot", "\"Spot"),
            line.replace("USDT", "US/DT"),
            "Total,,,,,1,",
            "");
    JsonPath checked = checked(at, "statement.csv", bytes(file));
    assertEquals(2, checked.getInt("read"));
    assertEquals(1, checked.getInt("unknown"));
    assertEquals(9, checked.getInt("broken"));
    assertTrue(checked.getString("detail").contains("seven days"), checked.getString("detail"));
    assertTrue(checked.getString("next").startsWith("Nothing of it is in the books yet"));
    String rows = base(at) + "/" + checked.getString("id") + "/rows";
    List<Map<String, Object>> told = at.account.get("tracker", rows).getList("items");
    List<String> named = new ArrayList<>();
    for (Map<String, Object> row : told) {
      named.add(row.get("line") + " " + row.get("outcome") + " " + row.get("column"));
      assertTrue(String.valueOf(row.get("reason")).endsWith("."), row::toString);
      assertTrue(String.valueOf(row.get("remedy")).endsWith("."), row::toString);
    }
    assertEquals(
        List.of(
            "3 unknown null",
            "4 broken UTC_Time",
            "5 broken Change",
            "6 foreign null",
            "7 broken Change",
            "8 broken null",
            "9 not-covered null",
            "10 broken null",
            "11 broken Coin",
            "12 broken UTC_Time"),
        named);
    List<String> table = at.account.csv("tracker", rows).lines().toList();
    assertEquals(told.size() + 1, table.size());
    assertTrue(table.get(1).startsWith("1,3,unknown,,"), table.get(1));
    assertEquals(desk.open().hash(), at.hash());
  }

  @Test
  void aMissingPartIsSaidUntilItIsThere() {
    Desk.At at = desk.open();
    JsonPath second = checked(at, Desk.name("T3p-2.csv"), Desk.bytes("T3p-2.csv"));
    String said = second.getString("detail");
    assertTrue(
        said.startsWith("Of the 2 parts of this export, missing when this one was read: 1. "),
        said);
    assertTrue(said.contains("seven days") && said.contains("in a month"), said);
    String path = base(at) + "/" + second.getString("id");
    at.account.tenant.as("tracker").post(path + "/commit").then().statusCode(202);
    assertFalse(await(at, second.getString("id"), "committed").getString("detail").isEmpty());
    JsonPath first = checked(at, Desk.name("T3p-1.csv"), Desk.bytes("T3p-1.csv"));
    assertNull(first.getString("detail"));
  }

  private static JsonPath checked(Desk.At at, String name, byte[] file) {
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    String id = upload(at, encoded, file).then().statusCode(201).extract().path("id");
    return await(at, id, "checked");
  }
}
