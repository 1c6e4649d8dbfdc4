package io.tallystick.report;

import static io.tallystick.report.Reporting.DOLLAR;
import static io.tallystick.report.Reporting.START;
import static io.tallystick.report.Reporting.declare;
import static io.tallystick.report.Reporting.make;
import static io.tallystick.report.Reporting.post;
import static io.tallystick.report.Reporting.supply;
import static io.tallystick.report.Reporting.workbook;
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
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.util.List;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.Test;

/** Tables open in a spreadsheet without anything being executed, and their values survive. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class SpreadsheetTest {
  @Inject BookedAccount.Maker maker;

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
          0, new BigDecimal("3.75").compareTo(rows.get(2).getCellAsNumber(17).orElseThrow()));
      assertEquals(
          "2025-02-03", rows.get(2).getCellAsDate(8).orElseThrow().toLocalDate().toString());
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

  @Test
  void aMemoThatLooksLikeAFormulaStaysTextAndTheTableOfDeclarationsCanBeTakenInAgain() {
    BookedAccount account = maker.fresh();
    String deep = "0.123456789012345678";
    declare(
        account,
        """
        "kind": "opening", "connection": "%s", "asset": "BTC", "at": "2025-01-01T00:00:00.000Z",
        "note": "=cmd()", "currency": "GBP", "lots": [
          {"quantity": "%s", "cost": "100.10", "acquired_at": "2024-02-29T23:59:59.999Z"},
          {"quantity": "1", "source": "@file"}]
        """
            .formatted(account.connection.id(), deep));
    String list = "/v1/declarations?holder=" + account.holder;
    String csv = account.csv("accountant", list);
    assertTrue(csv.contains(",'=cmd(),"), csv);
    assertTrue(csv.contains(",'@file,"), csv);
    assertFalse(csv.contains(",=cmd()"), csv);
    post(
        account,
        "/v1/declarations/table",
        "{\"holder\": \"%s\", \"csv\": \"%s\"}"
            .formatted(account.holder, csv.replace("\r", "").replace("\n", "\\n")),
        201);
    JsonPath both = account.get("accountant", list);
    assertEquals(2, both.getList("items").size());
    for (String member :
        List.of("lots", "note", "currency", "at", "asset", "connection", "declared_by")) {
      assertEquals(
          both.<Object>get("items[0]." + member), both.<Object>get("items[1]." + member), member);
    }
    assertEquals("GBP", both.getString("items[1].currency"));
    assertEquals(deep, both.getString("items[1].lots[0].quantity"));
    assertEquals("2024-02-29T23:59:59.999Z", both.getString("items[1].lots[0].acquired_at"));
  }
}
