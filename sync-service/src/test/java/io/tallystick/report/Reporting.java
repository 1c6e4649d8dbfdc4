package io.tallystick.report;

import io.restassured.path.json.JsonPath;
import io.tallystick.records.BookedAccount;
import io.tallystick.records.Fill;
import io.tallystick.records.Transfers;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** What tests of reports do with an account: supply, declare, make, look. */
public final class Reporting {
  /** When the accounts of these tests begin. */
  public static final Instant START = Instant.parse("2025-02-03T10:00:00Z");

  /** A price of half a dollar for each USDT, all year. */
  public static final String DOLLAR = "USDT,USD,2025-01-01T00:00:00Z,0.5,2026-01-01T00:00:00Z";

  private static final String XLSX =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  private Reporting() {}

  /** A trade of BTC for USDT so many days after the start. */
  public static Fill fill(int id, boolean buy, String quantity, String price, int days) {
    Fill fill = Fill.buy("BTCUSDT", id, START.plusSeconds(86_400L * days)).of(quantity, price);
    return buy ? fill : fill.sell();
  }

  /** Two purchases and a sale that takes all of the first and a part of the second. */
  public static BookedAccount trader(BookedAccount.Maker maker) {
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

  /** What a request as the accountant is answered. */
  public static JsonPath post(BookedAccount account, String path, String body, int status) {
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

  /** Supplies prices, a line each. */
  public static void supply(BookedAccount account, String... lines) {
    String table = "asset,currency,at,price,until\\n" + String.join("\\n", lines) + "\\n";
    post(account, "/v1/price-files", "{\"csv\": \"" + table + "\"}", 201);
  }

  /** Makes a report by a profile. */
  public static JsonPath make(BookedAccount account, String profile) {
    return post(
        account,
        "/v1/reports",
        "{\"holder\": \"" + account.holder + "\", \"profile\": \"" + profile + "\"}",
        201);
  }

  /** Declares what the members of the body say; the id of the declaration. */
  public static String declare(BookedAccount account, String body) {
    return post(
            account,
            "/v1/declarations",
            "{\"holder\": \"" + account.holder + "\", \"declared_by\": \"Ada\", " + body + "}",
            201)
        .getString("id");
  }

  /** Declares an entry to have been a gift. */
  public static String gift(BookedAccount account, String entry) {
    return declare(
        account, "\"kind\": \"purpose\", \"purpose\": \"gift\", \"entry\": \"" + entry + "\"");
  }

  /** The newest transfer. */
  public static String transferOf(BookedAccount account) {
    return account
        .get("accountant", "/v1/transfers?holder=" + account.holder)
        .getString("items[0].id");
  }

  /** The sum of a column over the rows of an asset. */
  public static String sumOf(BookedAccount account, String report, String asset, String column) {
    JsonPath table = account.get("accountant", "/v1/reports/" + report + "/tables/disposals");
    List<String> columns = table.getList("columns");
    List<List<String>> rows = table.getList("rows");
    return rows.stream()
        .filter(row -> row.get(columns.indexOf("asset")).equals(asset))
        .map(row -> new BigDecimal(row.get(columns.indexOf(column))))
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .stripTrailingZeros()
        .toPlainString();
  }

  /** What the first row of an asset says in a column. */
  public static String firstOf(BookedAccount account, String report, String asset, String column) {
    JsonPath table = account.get("accountant", "/v1/reports/" + report + "/tables/disposals");
    List<String> columns = table.getList("columns");
    List<List<String>> rows = table.getList("rows");
    return rows.stream()
        .filter(row -> row.get(columns.indexOf("asset")).equals(asset))
        .map(row -> row.get(columns.indexOf(column)))
        .findFirst()
        .orElseThrow();
  }

  /** A table as a workbook. */
  public static byte[] workbook(BookedAccount account, String report, String table) {
    return account
        .tenant
        .as("accountant")
        .accept(XLSX)
        .get("/v1/reports/" + report + "/tables/" + table)
        .then()
        .statusCode(200)
        .extract()
        .asByteArray();
  }
}
