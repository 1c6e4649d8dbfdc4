package io.tallystick.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tallystick.boot.TestDatabase;
import io.tallystick.records.BookedAccount;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The list of what could not be read. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class GapsTest {
  private static final Instant START = Instant.parse("2026-01-15T00:00:00Z");

  @Inject BookedAccount.Maker maker;

  private static String base(BookedAccount account) {
    return "/v1/connections/" + account.connection.id();
  }

  private static String gaps(BookedAccount account) {
    return base(account) + "/gaps";
  }

  private static void gap(BookedAccount account, int number, String market, Instant closedAt) {
    CompletenessTest.gap(account, number, "trades", market, closedAt);
  }

  @Test
  void gapsOpenAndClosedAreListedTheNewestFirst() {
    BookedAccount account = maker.fresh();
    gap(account, 1, "OLDUSDT", null);
    gap(account, 2, "GONEBTC", START);
    JsonPath all = account.get("operator", gaps(account));
    assertEquals(List.of("GONEBTC", "OLDUSDT"), all.getList("items.market"), "the newest first");
    assertEquals(
        account
            .get("accountant", base(account) + "/completeness")
            .getString("by_domain.find { it.domain == 'trades' }.periods[0].gap"),
        all.getString("items[1].id"));
    assertTrue(all.getString("items[0].evidence").startsWith("evd_"));
    assertEquals(
        List.of("OLDUSDT"),
        account.get("accountant", gaps(account) + "?state=open").getList("items.market"));
    assertEquals(
        List.of("GONEBTC"),
        account.get("accountant", gaps(account) + "?state=closed").getList("items.market"));
    assertEquals(400, account.ask("accountant", gaps(account) + "?state=ajar").statusCode());
  }

  @Test
  void gapsArePagedAndGivenAsATable() {
    BookedAccount account = maker.fresh();
    for (int i = 0; i < 7; i++) {
      gap(account, i, "M" + i, null);
    }
    List<Map<String, Object>> whole = account.walk(gaps(account) + "?state=open", 1000);
    assertEquals(7, whole.size());
    for (int size = 1; size <= 8; size++) {
      assertEquals(whole, account.walk(gaps(account) + "?state=open", size), "pages of " + size);
    }
    List<String> lines = account.csv("accountant", gaps(account)).lines().toList();
    assertEquals(
        "id,connection,domain,stream,market,reason,from,to,remedy,evidence,opened_at,closed_at"
            + ",part",
        lines.getFirst());
    assertEquals(8, lines.size());
  }
}
