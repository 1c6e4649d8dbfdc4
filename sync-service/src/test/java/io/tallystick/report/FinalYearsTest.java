package io.tallystick.report;

import static io.tallystick.report.Reporting.START;
import static io.tallystick.report.Reporting.make;
import static io.tallystick.report.Reporting.post;
import static io.tallystick.report.Reporting.trader;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tallystick.boot.TestDatabase;
import io.tallystick.kernel.Digests;
import io.tallystick.records.BookedAccount;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** When the figures of a year are final though nothing follows them. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class FinalYearsTest {
  @Inject BookedAccount.Maker maker;

  private static void reported(BookedAccount account, String asset, String amount) {
    account.run(
        """
        insert into reported_balance (tenant_id, holder_id, connection_id, wallet, asset_id,
          evidence_id, free, locked, frozen, withdrawing, reported_at)
        values (?, ?, ?, 'spot', ?, ?, ?, 0, 0, 0, ?)
        """,
        account.connection.key(),
        Digests.key63("asset", asset),
        new UUID(1, 2),
        new BigDecimal(amount),
        START);
  }

  @Test
  void whatWaitsForTheEndOfTheYearIsFinalOnceTheAccountWasReadBehindIt() {
    BookedAccount account = trader(maker);
    assertEquals(3, make(account, "jp").getInt("years[0].provisional"));
    reported(account, "USDT", "11500");
    reported(account, "BTC", "0.5");
    Instant now = Instant.now();
    account.run(
        """
        insert into sync_run (tenant_id, holder_id, run_id, connection_id, trigger, state,
          started_at, updated_at)
        values (?, ?, ?, ?, 'schedule', 'finished', ?, ?)
        """,
        UUID.randomUUID(),
        account.connection.key(),
        now,
        now);
    JsonPath made = make(account, "jp");
    assertEquals(0, made.getInt("years[0].provisional"), made.prettify());
    String again = "/v1/reports/" + made.getString("id") + "/rerun";
    assertTrue(post(account, again, "{}", 200).getBoolean("identical"));
  }
}
