package io.tallystick.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tallystick.boot.TestDatabase;
import io.tallystick.records.BookedAccount;
import io.tallystick.records.Fill;
import io.tallystick.records.Transfers;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.Test;

/** Reports over booked accounts: what they say, that they stay, and who may read them. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ReportsTest {
  private static final Instant START = Instant.parse("2025-02-03T10:00:00Z");

  @Inject BookedAccount.Maker maker;

  private static Fill fill(int id, boolean buy, String quantity, String price, int days) {
    Fill fill = Fill.buy("BTCUSDT", id, START.plusSeconds(86_400L * days)).of(quantity, price);
    return buy ? fill : fill.sell();
  }

  // Two purchases and a sale that takes all of the first and a part of the second.
  private BookedAccount trader() {
    BookedAccount account = maker.fresh();
    account.page(
        account.connection,
        "deposits",
        "",
        List.of(Transfers.deposit("d", "USDT", "10000", 1, START.minusSeconds(60))));
    account.trade(
        fill(1, true, "1", "1000", 0),
        fill(2, true, "1", "2000", 10),
        fill(3, false, "1.5", "3000", 20));
    return account;
  }

  private static String prices(String... lines) {
    return "asset,currency,at,price,until\\n" + String.join("\\n", lines) + "\\n";
  }

  private static final String DOLLAR = "USDT,USD,2025-01-01T00:00:00Z,0.5,2026-01-01T00:00:00Z";

  private static JsonPath post(BookedAccount account, String path, String body, int status) {
    return account
        .tenant
        .as("accountant")
        .contentType("application/json")
        .body(body)
        .post(path)
        .then()
        .statusCode(status)
        .extract()
        .jsonPath();
  }

  private static void supply(BookedAccount account, String... lines) {
    post(account, "/v1/price-files", "{\"csv\": \"" + prices(lines) + "\"}", 201);
  }

  private static JsonPath make(BookedAccount account, String profile) {
    return post(
        account,
        "/v1/reports",
        "{\"holder\": \"" + account.holder + "\", \"profile\": \"" + profile + "\"}",
        201);
  }

  private static String declare(BookedAccount account, String body) {
    return post(
            account,
            "/v1/declarations",
            "{\"holder\": \"" + account.holder + "\", \"declared_by\": \"Ada\", " + body + "}",
            201)
        .getString("id");
  }

  private static String depositOf(BookedAccount account) {
    return account
        .get("accountant", "/v1/transfers?holder=" + account.holder)
        .getString("items[0].id");
  }

  // 1.5 BTC at 3000 USDT, each USDT at 0.50: 2250; cost 500 and half of 1000.
  @Test
  void aGainIsFollowedFromTheTotalToTheLotsAndTheirEvidence() {
    BookedAccount account = trader();
    supply(account, DOLLAR);
    declare(
        account,
        """
        "kind": "lots", "entry": "%s", "lots": [{"quantity": "10000", "cost": "5000"}]
        """
            .formatted(depositOf(account)));
    JsonPath report = make(account, "generic");
    String id = report.getString("id");
    assertEquals("1250", sumOf(account, id, "BTC", "gain"));
    assertEquals("2250", sumOf(account, id, "BTC", "proceeds_gross"));
    assertFalse(report.getBoolean("incomplete"));
    assertEquals("1250", report.getString("years[0].net"));
    assertEquals("0", report.getString("years[0].proved"), "the price came from a file");
    assertEquals("1250", report.getString("years[0].assumed"));

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

  private static String sumOf(BookedAccount account, String id, String asset, String column) {
    JsonPath table = account.get("accountant", "/v1/reports/" + id + "/tables/disposals");
    List<String> columns = table.getList("columns");
    List<List<String>> rows = table.getList("rows");
    return rows.stream()
        .filter(row -> row.get(columns.indexOf("asset")).equals(asset))
        .map(row -> new java.math.BigDecimal(row.get(columns.indexOf(column))))
        .reduce(java.math.BigDecimal.ZERO, java.math.BigDecimal::add)
        .stripTrailingZeros()
        .toPlainString();
  }

  @Test
  void aStoredReportStaysAsItIsAndComputesToTheSameAgain() {
    BookedAccount account = trader();
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
                .formatted(depositOf(account)));
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
  void noCellOfATableIsEverAFormula() throws Exception {
    BookedAccount account = maker.fresh();
    account.trade(
        account.connection,
        List.of(
            new Fill("=SUM", 1, true, "5", "2", "0", "USDT", START),
            new Fill("=SUM", 2, false, "8.75", "3", "0", "USDT", START.plusSeconds(5))));
    supply(account, DOLLAR);
    String id = make(account, "generic").getString("id");
    String csv = account.csv("accountant", "/v1/reports/" + id + "/tables/disposals");
    assertTrue(csv.contains(",'=1+1,"), csv);
    assertFalse(csv.contains(",=1+1"), csv);
    try (ReadableWorkbook book =
        new ReadableWorkbook(new ByteArrayInputStream(workbook(account, id, "disposals")))) {
      List<Row> rows = book.getFirstSheet().read();
      assertEquals("=1+1", rows.get(2).getCellText(2));
      rows.forEach(row -> row.forEach(cell -> assertNull(cell == null ? null : cell.getFormula())));
      assertEquals(
          0,
          new java.math.BigDecimal("3.75")
              .compareTo(rows.get(2).getCellAsNumber(16).orElseThrow()));
      assertEquals(
          "2025-02-03", rows.get(2).getCellAsDate(7).orElseThrow().toLocalDate().toString());
    }
    String page =
        account
            .tenant
            .as("accountant")
            .accept("text/html")
            .get("/v1/reports/" + id + "/tables/disposals")
            .asString();
    assertTrue(page.contains("<td>=1+1</td>"), page);
  }

  private static byte[] workbook(BookedAccount account, String id, String table) {
    return account
        .tenant
        .as("accountant")
        .accept("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        .get("/v1/reports/" + id + "/tables/" + table)
        .then()
        .statusCode(200)
        .extract()
        .asByteArray();
  }

  @Test
  void nobodyReadsAReportWithoutAConsentThatNamesHimAndHisPurpose() {
    BookedAccount account = trader();
    String id = make(account, "generic").getString("id");
    assertEquals(403, account.ask("tracker", "/v1/reports/" + id).statusCode());
    assertEquals(403, account.ask("owner", "/v1/reports/" + id).statusCode());
    BookedAccount stranger = maker.fresh();
    assertEquals(404, stranger.ask("accountant", "/v1/reports/" + id).statusCode());
    account.withdraw();
    assertEquals(403, account.ask("accountant", "/v1/reports/" + id).statusCode());
    assertEquals(
        403, account.ask("accountant", "/v1/reports/" + id + "/tables/disposals").statusCode());
    assertEquals(
        403,
        account.ask("accountant", "/v1/journals/hledger?holder=" + account.holder).statusCode());
  }

  @Test
  void balancesAreValuedOrSaidToBeUnpriced() {
    BookedAccount account = trader();
    supply(account, DOLLAR);
    String path = "/v1/balances?holder=" + account.holder + "&as_of=2025-06-01T00:00:00.000Z";
    JsonPath valued = account.get("accountant", path + "&value_in=USD");
    assertEquals(List.of("BTC", "USDT"), valued.getList("items.asset"));
    assertNull(valued.get("items[0].worth.amount"));
    assertEquals("USD", valued.getString("items[0].worth.currency"));
    assertEquals("5750", valued.getString("items[1].worth.amount"));
    assertEquals("file", valued.getString("items[1].worth.source"));
    assertEquals("5750", valued.getString("summary.value.amount"));
    assertEquals(1, valued.getInt("summary.value.priced"));
    assertEquals(List.of("BTC"), valued.getList("summary.value.unpriced_assets"));
    assertNull(account.get("accountant", path).get("items[0].worth"));
    assertEquals(400, account.ask("accountant", path + "&value_in=BTC").statusCode());
  }
}
