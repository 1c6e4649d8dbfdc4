package io.tallystick.report;

import static io.tallystick.report.Reporting.DOLLAR;
import static io.tallystick.report.Reporting.START;
import static io.tallystick.report.Reporting.declare;
import static io.tallystick.report.Reporting.make;
import static io.tallystick.report.Reporting.post;
import static io.tallystick.report.Reporting.supply;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tallystick.boot.TestDatabase;
import io.tallystick.kernel.Digests;
import io.tallystick.kernel.PublicIds;
import io.tallystick.records.BookedAccount;
import io.tallystick.records.Fill;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Units that came by an operation which nobody knows: they are there, and their cost is unknown.
 */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class UnknownOperationTest {
  private static final UUID ENTRY = new UUID(77, 78);

  @Inject BookedAccount.Maker maker;

  // Three BTC out of suspense, as an import books a row whose word it does not know.
  private static String unknown(BookedAccount account) {
    long asset = Digests.key63("asset", "BTC");
    account.in(tx -> {
      tx.sql("insert into asset (asset_id, code) values (?, 'BTC') on conflict do nothing")
          .bind(asset)
          .update();
      tx.sql(
              """
              insert into account (tenant_id, holder_id, account_id, path)
              values (?, ?, 901, 'suspense'), (?, ?, 902, 'venue/unknown/spot')
              """)
          .bind(tx.tenant(), account.holderKey, tx.tenant(), account.holderKey)
          .update();
      return tx.sql(
              """
              insert into entry (tenant_id, holder_id, entry_id, revision, connection_id,
                evidence_id, leaf_id, occurred_at, recorded_at, kind, state, mapping_version,
                rank, domain, from_accounts, to_accounts, asset_ids, amounts)
              values (?, ?, ?, 1, ?, ?, ?, ?, ?, 'unclassified', 'settled', 1, '', 'trades',
                '{901}', '{902}', array[(select asset_id from asset where code = 'BTC')], '{3}')
              """)
          .bind(tx.tenant(), account.holderKey, ENTRY, account.connection.key(), ENTRY, ENTRY)
          .bind(START, START)
          .update();
    });
    return PublicIds.entry(account.holderKey, ENTRY);
  }

  @Test
  void anUnknownOperationIsNotNothingIsListedWithWhatItTouchesAndCanBeExplainedAndUnexplained() {
    BookedAccount account = maker.fresh();
    supply(account, DOLLAR);
    String entry = unknown(account);
    account.trade(Fill.buy("BTCUSDT", 5, START.plusSeconds(86_400)).of("2", "10").sell());

    JsonPath blank = make(account, "generic");
    assertTrue(blank.getBoolean("incomplete"));
    assertEquals("0", blank.getString("years[0].net"));
    assertEquals("10", blank.getString("years[0].undetermined_proceeds"));
    JsonPath table =
        account.get("accountant", "/v1/reports/" + blank.getString("id") + "/tables/unmatched");
    List<List<String>> rows = table.getList("rows");
    List<String> columns = table.getList("columns");
    List<String> row =
        rows.stream().filter(one -> one.contains("unclassified")).findFirst().orElseThrow();
    assertEquals(
        0, new BigDecimal("3").compareTo(new BigDecimal(row.get(columns.indexOf("quantity")))));
    assertEquals(entry, row.get(columns.indexOf("entry")));
    assertEquals("10", row.get(columns.indexOf("proceeds_undetermined")), "what hangs on it");
    assertEquals("1", row.get(columns.indexOf("parts_undetermined")));
    assertTrue(row.get(columns.indexOf("remedy")).startsWith("declare"), row.toString());

    String declaration =
        declare(
            account,
            "\"kind\": \"lots\", \"entry\": \""
                + entry
                + "\","
                + " \"lots\": [{\"quantity\": \"3\", \"cost\": \"6\"}]");
    JsonPath explained = make(account, "generic");
    assertFalse(explained.getBoolean("incomplete"));
    assertEquals("6", explained.getString("years[0].net"));
    assertEquals("6", explained.getString("years[0].assumed"), "it rests on a person's word");
    assertEquals(List.of(declaration), explained.getList("declarations"));

    post(account, "/v1/declarations/" + declaration + "/reversal", "{}", 201);
    JsonPath again = make(account, "generic");
    assertEquals(blank.getString("years"), again.getString("years"));
    assertEquals(blank.getString("result"), again.getString("result"));
  }
}
