package io.tallystick.reconcile;

import static io.tallystick.report.Reporting.DOLLAR;
import static io.tallystick.report.Reporting.supply;
import static io.tallystick.report.Reporting.trader;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tallystick.boot.TestDatabase;
import io.tallystick.records.BookedAccount;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Balances beside what they are worth, or beside nothing where nobody knows. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class WorthsTest {
  @Inject BookedAccount.Maker maker;

  @Test
  void balancesAreValuedOrSaidToBeUnpriced() {
    BookedAccount account = trader(maker);
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
