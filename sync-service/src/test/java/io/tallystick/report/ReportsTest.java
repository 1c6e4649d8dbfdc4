package io.tallystick.report;

import static io.tallystick.report.Reporting.DOLLAR;
import static io.tallystick.report.Reporting.START;
import static io.tallystick.report.Reporting.declare;
import static io.tallystick.report.Reporting.fill;
import static io.tallystick.report.Reporting.firstOf;
import static io.tallystick.report.Reporting.make;
import static io.tallystick.report.Reporting.post;
import static io.tallystick.report.Reporting.sumOf;
import static io.tallystick.report.Reporting.supply;
import static io.tallystick.report.Reporting.trader;
import static io.tallystick.report.Reporting.transferOf;
import static io.tallystick.report.Reporting.workbook;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tallystick.boot.TestDatabase;
import io.tallystick.records.BookedAccount;
import io.tallystick.records.Transfers;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Reports over booked accounts: what they say, that they stay, and who may read them. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ReportsTest {
  @Inject BookedAccount.Maker maker;

  // 1.5 BTC at 3000 USDT, each USDT at 0.50: 2250; cost 500 and half of 1000.
  @Test
  void aGainIsFollowedFromTheTotalToTheLotsAndTheirEvidence() {
    BookedAccount account = trader(maker);
    supply(account, DOLLAR);
    declare(
        account,
        """
        "kind": "lots", "entry": "%s", "lots": [{"quantity": "10000", "cost": "5000"}]
        """
            .formatted(transferOf(account)));
    JsonPath report = make(account, "generic");
    String id = report.getString("id");
    assertEquals("1250", sumOf(account, id, "BTC", "gain"));
    assertEquals("2250", sumOf(account, id, "BTC", "proceeds_gross"));
    assertFalse(report.getBoolean("incomplete"));
    assertEquals("1250", report.getString("years[0].net"));
    assertEquals("0", report.getString("years[0].proved"), "the price came from a file");
    assertEquals("1250", report.getString("years[0].assumed"));

    String priced = firstOf(account, id, "BTC", "price_source");
    assertTrue(priced.startsWith("file:"), priced);
    assertTrue(priced.endsWith("USDT/USD 0.5 at 2025-01-01T00:00:00.000Z"), priced);
    assertEquals("binance/sandbox", firstOf(account, id, "BTC", "venue"));

    JsonPath disposals =
        account.get("accountant", "/v1/reports/" + id + "/disposals?tax_year=2025&limit=1000");
    Map<String, Object> sale =
        castToList(disposals.getList("items")).stream()
            .filter(one -> one.get("asset").equals("BTC"))
            .findFirst()
            .orElseThrow();
    List<Map<String, Object>> fractions = castToList(sale.get("fractions"));
    assertEquals(List.of("1", "0.5"), fractions.stream().map(one -> one.get("quantity")).toList());
    List<String> lots = fractions.stream().map(one -> first(one.get("lots"))).toList();
    JsonPath entry = account.get("accountant", "/v1/entries/" + lots.getFirst());
    assertEquals("trade", entry.getString("kind"));
    JsonPath evidence = account.get("accountant", "/v1/evidence/" + entry.getString("evidence[0]"));
    assertTrue(evidence.getString("content").contains("\"id\":1,"));
    assertTrue(
        account.leaves("read").stream()
            .anyMatch(leaf -> "GET /v1/reports/{report}/disposals".equals(leaf.get("route"))));
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> castToList(Object list) {
    return (List<Map<String, Object>>) list;
  }

  private static String first(Object list) {
    return (String) ((List<?>) list).getFirst();
  }

  @Test
  void aStoredReportStaysAsItIsAndComputesToTheSameAgain() {
    BookedAccount account = trader(maker);
    supply(account, DOLLAR);
    String id = make(account, "de").getString("id");
    String before = account.ask("accountant", "/v1/reports/" + id).asString();
    String table = account.csv("accountant", "/v1/reports/" + id + "/tables/anlage-so");
    byte[] book = workbook(account, id, "anlage-so");
    // Later prices, trades and declarations change nothing of it.
    supply(account, "BTC,USD,2025-01-01T00:00:00Z,7,2026-01-01T00:00:00Z");
    account.trade(fill(9, false, "0.1", "9000", 1));
    assertEquals(before, account.ask("accountant", "/v1/reports/" + id).asString());
    assertEquals(table, account.csv("accountant", "/v1/reports/" + id + "/tables/anlage-so"));
    assertArrayEquals(book, workbook(account, id, "anlage-so"));
    JsonPath again = post(account, "/v1/reports/" + id + "/rerun", "{}", 200);
    assertTrue(again.getBoolean("identical"));
    // A report of the changed books is another one.
    assertFalse(make(account, "de").getString("input").equals(new JsonPath(before).get("input")));
  }

  @Test
  void ofTwoFilesThatTellAPriceOfTheSameTimeTheOneThatCameLastCounts() {
    String first = DOLLAR;
    String second = DOLLAR.replace(",0.5,", ",0.6,");
    BookedAccount corrected = trader(maker);
    supply(corrected, first);
    supply(corrected, second);
    String id = make(corrected, "generic").getString("id");
    assertEquals("2700", sumOf(corrected, id, "BTC", "proceeds_gross"));
    BookedAccount restored = trader(maker);
    supply(restored, second);
    supply(restored, first);
    id = make(restored, "generic").getString("id");
    assertEquals("2250", sumOf(restored, id, "BTC", "proceeds_gross"));
  }

  @Test
  void coinsThatOnlyAnOpeningBalanceTellsHaveAMarketValue() {
    BookedAccount account = trader(maker);
    supply(account, DOLLAR, "ETH,USD,2025-01-01T00:00:00Z,3000,2026-06-01T00:00:00Z");
    declare(
        account,
        """
        "kind": "opening", "connection": "%s", "asset": "ETH", "at": "2025-01-02T00:00:00.000Z",
        "lots": [{"quantity": "10", "cost": "100"}]
        """
            .formatted(account.connection.id()));
    String id = make(account, "generic").getString("id");
    JsonPath table =
        account.get("accountant", "/v1/reports/" + id + "/tables/holdings?tax_year=2025");
    List<String> columns = table.getList("columns");
    List<List<String>> rows = table.getList("rows");
    List<String> ether = rows.stream().filter(row -> row.contains("ETH")).findFirst().orElseThrow();
    assertEquals("30000", ether.get(columns.indexOf("market_value")), ether.toString());
  }

  @Test
  void aMissingPriceAndAMissingAcquisitionAreUnknownUntilSomebodySaysMore() {
    BookedAccount account = maker.fresh();
    account.page(
        account.connection,
        "deposits",
        "",
        List.of(Transfers.deposit("d", "BTC", "2", 1, START.minusSeconds(60))));
    account.trade(fill(3, false, "3", "3000", 20));
    JsonPath blank = make(account, "generic");
    assertTrue(blank.getBoolean("incomplete"));
    assertEquals("0", blank.getString("years[0].net"));
    assertEquals("0", blank.getString("years[0].proceeds"), "unknown proceeds are in no sum");
    supply(account, DOLLAR);
    JsonPath priced = make(account, "generic");
    String id = priced.getString("id");
    assertEquals("4500", priced.getString("years[0].undetermined_proceeds"));
    JsonPath open = account.get("accountant", "/v1/reports/" + id + "/tables/unmatched");
    String said = open.getList("rows").toString();
    assertTrue(said.contains("unlinked-deposit"), said);
    assertTrue(said.contains("shortfall"), said);
    assertTrue(said.contains("declare the acquisition lots"), said);

    String declaration =
        declare(
            account,
            """
            "kind": "lots", "entry": "%s", "lots": [
              {"quantity": "1.5", "cost": "150", "acquired_at": "2024-01-05T00:00:00.000Z"},
              {"quantity": "0.5", "cost": "60"}]
            """
                .formatted(transferOf(account)));
    JsonPath better = make(account, "generic");
    // Two of three units are known now: 3000 for 210.
    assertEquals("2790", better.getString("years[0].net"));
    assertEquals("1500", better.getString("years[0].undetermined_proceeds"));
    assertEquals(List.of(declaration), better.getList("declarations"));
    declare(
        account,
        """
        "kind": "opening", "connection": "%s", "asset": "BTC", "at": "2025-01-01T00:00:00.000Z",
        "lots": [{"quantity": "1", "cost": "100"}]
        """
            .formatted(account.connection.id()));
    JsonPath whole = make(account, "generic");
    assertFalse(whole.getBoolean("incomplete"));
    assertEquals("4190", whole.getString("years[0].net"));

    post(account, "/v1/declarations/" + declaration + "/reversal", "{}", 201);
    post(account, "/v1/declarations/" + declaration + "/reversal", "{}", 409);
    assertEquals("3000", make(account, "generic").getString("years[0].undetermined_proceeds"));
  }

  @Test
  void nobodyReadsAReportWithoutAConsentThatNamesHimAndHisPurpose() {
    BookedAccount account = trader(maker);
    String id = make(account, "generic").getString("id");
    assertEquals(403, account.ask("tracker", "/v1/reports/" + id).statusCode());
    assertEquals(403, account.ask("owner", "/v1/reports/" + id).statusCode());
    BookedAccount stranger = maker.fresh();
    assertEquals(404, stranger.ask("accountant", "/v1/reports/" + id).statusCode());
    String others = "{\"holder\": \"" + account.holder + "\", ";
    post(stranger, "/v1/reports", others + "\"profile\": \"de\"}", 404);
    String said = "\"kind\": \"purpose\", \"purpose\": \"gift\", \"declared_by\": \"Eve\", ";
    String entry = "\"entry\": \"" + transferOf(account) + "\"}";
    post(stranger, "/v1/declarations", others + said + entry, 404);
    String own = "{\"holder\": \"" + stranger.holder + "\", ";
    post(stranger, "/v1/declarations", own + said + entry, 404);
    account.withdraw();
    assertEquals(403, account.ask("accountant", "/v1/reports/" + id).statusCode());
    assertEquals(
        403, account.ask("accountant", "/v1/reports/" + id + "/tables/disposals").statusCode());
    assertEquals(
        403,
        account.ask("accountant", "/v1/journals/hledger?holder=" + account.holder).statusCode());
  }

  @Test
  void whoHasAStoredReportAlreadyIsNotSentItAgainAndTheLogStillSaysThatHeAsked() {
    BookedAccount account = trader(maker);
    String id = make(account, "generic").getString("id");
    for (String path :
        List.of("", "/disposals", "/tables/disposals", "/tables/holdings?tax_year=2025")) {
      String tag = account.ask("accountant", "/v1/reports/" + id + path).header("ETag");
      assertNotNull(tag, path);
      long before = looks(account);
      Response again =
          account
              .tenant
              .as("accountant")
              .header("If-None-Match", tag)
              .get("/v1/reports/" + id + path);
      assertEquals(304, again.statusCode(), path);
      assertEquals("", again.asString());
      assertEquals(before + 1, looks(account));
      Response other =
          account
              .tenant
              .as("accountant")
              .header("If-None-Match", "\"other\"")
              .get("/v1/reports/" + id + path);
      assertEquals(200, other.statusCode());
      assertEquals(tag, other.header("ETag"));
    }
    assertNotEquals(
        account.ask("accountant", "/v1/reports/" + id + "/tables/disposals").header("ETag"),
        account
            .tenant
            .as("accountant")
            .accept("text/csv")
            .get("/v1/reports/" + id + "/tables/disposals")
            .header("ETag"));
  }

  private static long looks(BookedAccount account) {
    return account.leaves("read").stream()
        .filter(leaf ->
            Objects.requireNonNull(leaf.get("route")).startsWith("GET /v1/reports/{report}"))
        .count();
  }
}
