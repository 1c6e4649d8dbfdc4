package io.tallystick.records;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tallystick.boot.TestDatabase;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class OrdersTest {
  private static final Instant START =
      Instant.now().minus(90, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);

  @Inject BookedAccount.Maker maker;

  private static void place(
      BookedAccount account, String market, String ref, String status, Instant at) {
    account.run(
        """
        insert into trade_order (tenant_id, holder_id, connection_id, market, order_ref,
          evidence_id, side, type, status, open, price, quantity, filled, quote_filled, placed_at,
          updated_at)
        values (?, ?, ?, ?, ?, ?, 'sell', 'LIMIT', ?, ?, ?, 2, 0.5, null, ?, ?)
        """,
        account.connection.key(),
        market,
        ref,
        new UUID(1, 2),
        status,
        status.equals("NEW"),
        new BigDecimal("10.50"),
        at,
        at.plusSeconds(5));
  }

  private static BookedAccount filled(BookedAccount account) {
    for (int i = 0; i < 9; i++) {
      // Three instants, two markets: the order among equals must still be total.
      place(
          account,
          i % 2 == 0 ? "BTCUSDT" : "ETHUSDT",
          "o" + i,
          i < 4 ? "NEW" : "CANCELED",
          START.plusSeconds(i % 3));
    }
    return account;
  }

  @Test
  void everyPageSizeGivesEachOrderOnce() {
    BookedAccount account = filled(maker.fresh());
    String path = "/v1/orders?connection=" + account.connection.id();
    List<Map<String, Object>> whole = account.walk(path, 1000);
    assertEquals(9, whole.size());
    for (int size = 1; size <= 10; size++) {
      assertEquals(whole, account.walk(path, size), "pages of " + size);
    }
  }

  @Test
  void ordersAreShownAndFilteredByStateMarketAndTime() {
    BookedAccount account = filled(maker.fresh());
    String path = "/v1/orders?holder=" + account.holder;
    JsonPath page = account.get("tracker", path + "&status=NEW&symbol=BTCUSDT");
    assertEquals(List.of("o2", "o0"), page.getList("items.order_id"));
    Map<String, Object> order = page.getMap("items[0]");
    assertEquals("10.5", order.get("price"));
    assertEquals("2", order.get("quantity"));
    assertEquals("0.5", order.get("filled"));
    assertEquals(null, order.get("quote_filled"));
    assertEquals(true, order.get("open"));
    assertTrue(order.get("evidence").toString().startsWith("evd_"));
    assertEquals(4, account.walk(path + "&open=true", 3).size());
    assertEquals(5, account.walk(path + "&open=false", 3).size());
    assertEquals(3, account.walk(path + "&from=" + START.plusSeconds(2), 2).size());
    assertEquals(400, account.ask("tracker", path + "&open=yes").statusCode());
    assertTrue(account.csv("tracker", path).startsWith("connection,symbol,order_id,side,type,"));
  }

  @Test
  void ordersPlacedBeforeTheLookBackAreNotShown() {
    BookedAccount account = filled(maker.fresh(List.of("orders"), 30));
    place(account, "BTCUSDT", "young", "NEW", Instant.now().minus(20, ChronoUnit.DAYS));
    assertEquals(
        List.of("young"),
        account
            .get("tracker", "/v1/orders?connection=" + account.connection.id())
            .getList("items.order_id"));
  }
}
