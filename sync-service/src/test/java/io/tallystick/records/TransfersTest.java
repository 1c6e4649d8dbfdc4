package io.tallystick.records;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tallystick.boot.TestDatabase;
import io.tallystick.venue.Raw;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class TransfersTest {
  private static final Instant START =
      Instant.now().minus(90, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);

  @Inject BookedAccount.Maker maker;

  private static String list(BookedAccount account) {
    return "/v1/transfers?connection=" + account.connection.id();
  }

  private static void fill(BookedAccount account) {
    account.page(
        account.connection,
        "deposits",
        "",
        List.of(
            Transfers.deposit("d1", 1, START),
            Transfers.deposit("d2", 0, START.plusSeconds(1)),
            Transfers.deposit("d3", 7, START.plusSeconds(2))));
    account.page(
        account.connection,
        "withdrawals",
        "",
        List.of(
            Transfers.withdrawal("w1", "1.5", 6, START.plusSeconds(3)),
            Transfers.withdrawal("w2", "2", 5, START.plusSeconds(4))));
  }

  @Test
  void transfersTellTheirStateAndWhatTheirSealedPartHolds() {
    BookedAccount account = maker.fresh();
    fill(account);
    JsonPath page = account.get("tracker", list(account));
    assertEquals(
        List.of("withdrawal", "withdrawal", "deposit", "deposit", "deposit"),
        page.getList("items.kind"));
    assertEquals(
        List.of("failed", "settled", "failed", "pending", "settled"), page.getList("items.state"));
    Map<String, Object> withdrawal = page.getMap("items[1]");
    assertEquals("ETH", withdrawal.get("asset"));
    assertEquals("1.5", withdrawal.get("amount"));
    assertEquals("0.01", withdrawal.get("fee"));
    assertEquals("out-w1", withdrawal.get("address"));
    assertEquals("tx-w1", withdrawal.get("txid"));
    assertEquals("ETH", withdrawal.get("network"));
    assertNull(withdrawal.get("tag"));
    Map<String, Object> pending = page.getMap("items[3]");
    assertEquals(
        "BTC", pending.get("asset"), "what moved nothing yet tells its amount all the same");
    assertEquals("5", pending.get("amount"));
    Map<String, Object> deposit = page.getMap("items[4]");
    assertEquals("5", deposit.get("amount"));
    assertEquals("0", deposit.get("fee"));
    assertEquals("77", deposit.get("tag"));
  }

  @Test
  void theAmountIsWhatArrivedAndNotTheInterestThatWasTakenBack() {
    BookedAccount account = maker.fresh(List.of("transfers", "earn"), 365);
    String json =
        """
        {"positionId":"77","redeemId":"40607","time":%d,"asset":"USDT","lockPeriod":"30",\
        "amount":"95","lossAmount":"5","originalAmount":"100","type":"NORMAL",\
        "deliverDate":"1","status":"PAID"}\
        """
            .formatted(START.toEpochMilli());
    account.page(
        account.connection,
        "locked-redemptions",
        "",
        List.of(new Raw("40607", START, json.getBytes(StandardCharsets.UTF_8))));
    JsonPath page = account.get("tracker", list(account));
    assertEquals("95", page.getString("items[0].amount"), page.prettify());
    assertEquals("0", page.getString("items[0].fee"), page.prettify());
  }

  @Test
  void addressesAreNowhereInTheDatabaseInClear() {
    BookedAccount account = maker.fresh();
    fill(account);
    long hits =
        account.in(tx ->
            tx.sql(
                    """
                    select count(*) from entry e where e.tenant_id = ?
                      and (e::text like '%out-w1%' or e::text like '%tx-d1%'
                        or position('out-w1'::bytea in e.details) > 0)
                    """)
                .bind(tx.tenant())
                .list(row -> row.getLong(1))
                .getFirst());
    assertEquals(0, hits);
  }

  @Test
  void aClientSeesOnlyTheKindsItsConsentCovers() {
    BookedAccount account = maker.fresh(List.of("deposits"), 365);
    fill(account);
    assertEquals(
        List.of("deposit", "deposit", "deposit"),
        account.get("tracker", list(account)).getList("items.kind"));
    assertEquals(
        List.of("deposit", "deposit", "deposit"),
        account.get("tracker", list(account) + "&kind=deposit").getList("items.kind"));
    assertEquals(403, account.ask("tracker", list(account) + "&kind=withdrawal").statusCode());
    assertEquals(400, account.ask("tracker", list(account) + "&kind=gift").statusCode());
    Map<String, String> leaf = account.leaves("read").getFirst();
    assertEquals("deposits", leaf.get("domain"), "the log names what was open, not what was asked");
  }

  @Test
  void pagesAndFiltersGiveEachTransferOnce() {
    BookedAccount account = maker.fresh();
    fill(account);
    List<Map<String, Object>> whole = account.walk(list(account), 1000);
    for (int size = 1; size <= 6; size++) {
      assertEquals(whole, account.walk(list(account), size), "pages of " + size);
    }
    assertEquals(
        List.of("tx-w2", "tx-w1"),
        account.walk(list(account) + "&asset=ETH", 1).stream()
            .map(row -> row.get("txid"))
            .toList());
    assertTrue(
        account.walk(list(account) + "&asset=BTC", 2).stream()
            .allMatch(row -> row.get("kind").equals("deposit")));
    assertEquals(List.of(), account.walk(list(account) + "&asset=NONE", 1));
    assertEquals(2, account.walk(list(account) + "&to=" + START.plusSeconds(2), 1).size());
  }

  @Test
  void aDepositThatSettlesKeepsItsId() {
    BookedAccount account = maker.fresh();
    account.page(account.connection, "deposits", "", List.of(Transfers.deposit("d", 0, START)));
    String id = account.get("tracker", list(account)).getString("items[0].id");
    account.page(account.connection, "deposits", "", List.of(Transfers.deposit("d", 1, START)));
    JsonPath page = account.get("tracker", list(account));
    assertEquals(List.of(id), page.getList("items.id"));
    assertEquals("settled", page.getString("items[0].state"));
    assertEquals(2, page.getInt("items[0].revision"));
  }
}
