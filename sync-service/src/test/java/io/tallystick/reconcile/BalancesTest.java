package io.tallystick.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tallystick.boot.TestDatabase;
import io.tallystick.kernel.Digests;
import io.tallystick.records.BookedAccount;
import io.tallystick.records.Fill;
import io.tallystick.records.Transfers;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class BalancesTest {
  private static final Instant START = Instant.parse("2026-01-15T00:00:00Z");

  @Inject BookedAccount.Maker maker;

  @Inject Reconciliation reconciliation;

  private static String list(BookedAccount account) {
    return "/v1/balances?connection=" + account.connection.id();
  }

  private static void report(BookedAccount account, String wallet, String asset, String... parts) {
    long key = Digests.key63("asset", asset);
    account.in(tx ->
        tx.sql("insert into asset (asset_id, code) values (?, ?) on conflict do nothing")
            .bind(key, asset)
            .update());
    account.run(
        """
        insert into reported_balance (tenant_id, holder_id, connection_id, wallet, asset_id,
          evidence_id, free, locked, frozen, withdrawing, reported_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        account.connection.key(),
        wallet,
        key,
        new UUID(1, 2),
        new BigDecimal(parts[0]),
        new BigDecimal(parts[1]),
        new BigDecimal(parts[2]),
        new BigDecimal(parts[3]),
        START);
    account.run(
        """
        insert into reported_wallet (tenant_id, holder_id, connection_id, wallet, complete,
          evidence_id, reported_at)
        values (?, ?, ?, ?, true, ?, ?) on conflict do nothing
        """,
        account.connection.key(),
        wallet,
        new UUID(1, 2),
        START);
  }

  @Test
  @DisplayName("F129 a withheld fill shows as exactly its own difference, asset by asset")
  void aWithheldFillShowsAsExactlyItsDifference() {
    BookedAccount account = maker.fresh();
    account.page(
        account.connection,
        "deposits",
        "",
        List.of(Transfers.deposit("d", "USDT", "1000", 1, START)));
    // The venue also holds a sale of 0.4 BTC at 20 with a fee of 0.008 USDT that never came.
    account.trade(
        Fill.buy("BTCUSDT", 1, START.plusSeconds(1)).of("1.5", "10"),
        Fill.buy("ETHUSDT", 2, START.plusSeconds(2)).of("3", "5"));
    report(account, "spot", "BTC", "1", "0.1", "0", "0");
    report(account, "spot", "USDT", "900", "70", "5", "2.992");
    JsonPath page = account.get("accountant", list(account));
    assertEquals(List.of("BTC", "ETH", "USDT"), page.getList("items.asset"));
    Map<String, Object> btc = page.getMap("items[0]");
    assertEquals("1.5", btc.get("derived"));
    assertEquals("-0.4", btc.get("difference"));
    assertEquals(false, btc.get("agrees"));
    assertEquals(
        Map.of("free", "1", "locked", "0.1", "frozen", "0", "withdrawing", "0", "total", "1.1"),
        btc.get("reported"));
    Map<String, Object> usdt = page.getMap("items[2]");
    assertEquals("970", usdt.get("derived"));
    assertEquals("7.992", usdt.get("difference"));
    // ETH is absent from a report of its wallet: zero there, and so all of it is unexplained.
    Map<String, Object> eth = page.getMap("items[1]");
    assertEquals("-3", eth.get("difference"));
    assertEquals(3, page.getInt("summary.assets"));
    assertEquals(3, page.getInt("summary.differing"));
    assertEquals(0, page.getInt("summary.unknown"));

    account.trade(
        Fill.buy("BTCUSDT", 3, START.plusSeconds(3))
            .of("0.4", "20")
            .withFee("0.008", "USDT")
            .sell(),
        Fill.buy("ETHUSDT", 4, START.plusSeconds(4)).of("3", "0").sell());
    JsonPath whole = account.get("accountant", list(account));
    assertEquals(0, whole.getInt("summary.differing"));
    assertEquals(List.of(true, true, true), whole.getList("items.agrees"));
    assertEquals(
        2,
        account.get("accountant", list(account) + "&nonzero=true").getList("items").size(),
        "nothing is left of ETH on either side");
  }

  @Test
  void aWalletWithoutAnyReportIsUnknownAndNotZero() {
    BookedAccount account = maker.fresh();
    account.trade(Fill.buy("BTCUSDT", 1, START));
    report(account, "funding", "BTC", "2", "0", "0", "0");
    JsonPath page = account.get("tracker", list(account));
    assertEquals(List.of("funding", "spot", "spot"), page.getList("items.wallet"));
    assertEquals("0", page.getString("items[0].derived"));
    assertEquals("2", page.getString("items[0].difference"));
    for (int i = 1; i <= 2; i++) {
      assertNull(page.get("items[" + i + "].reported"));
      assertNull(page.get("items[" + i + "].difference"));
      assertNull(page.get("items[" + i + "].agrees"));
    }
    assertEquals(2, page.getInt("summary.unknown"));
    assertEquals(1, page.getInt("summary.differing"));
    assertEquals(
        List.of("BTC"),
        account.get("tracker", list(account) + "&wallet=spot&asset=BTC").getList("items.asset"));
  }

  @Test
  void pagesAndTablesHoldTheSameLines() {
    BookedAccount account = maker.fresh();
    account.trade(
        Fill.buy("BTCUSDT", 1, START),
        Fill.buy("ETHUSDT", 2, START),
        Fill.buy("=SUM", 3, START).withFee("-1", "BNB"));
    List<Map<String, Object>> whole = account.walk(list(account), 1000);
    assertEquals(5, whole.size());
    for (int size = 1; size <= 6; size++) {
      assertEquals(whole, account.walk(list(account), size), "pages of " + size);
    }
    assertEquals(
        5,
        account.get("tracker", list(account) + "&limit=1").getInt("summary.assets"),
        "the summary is of all lines");
    List<String> lines = account.csv("tracker", list(account)).lines().toList();
    assertEquals(
        "connection,wallet,asset,free,locked,frozen,withdrawing,reported,derived,difference,"
            + "reported_at,agrees,currency,value,price,price_at,price_source",
        lines.getFirst());
    assertTrue(lines.stream().anyMatch(line -> line.contains(",spot,'=1+1,,,,,,1,,,")));
    assertTrue(lines.stream().anyMatch(line -> line.contains(",spot,USDT,,,,,,-30,,,")));
  }

  @Test
  void balancesNeedAConsentForThem() {
    BookedAccount account = maker.fresh(List.of("trades"), 365);
    assertEquals(403, account.ask("tracker", list(account)).statusCode());
    assertEquals(400, account.ask("tracker", "/v1/balances").statusCode());
    assertEquals(400, account.ask("tracker", list(account) + "&nonzero=maybe").statusCode());
    assertEquals(400, account.ask("tracker", list(account) + "&as_of=now").statusCode());
    assertEquals(404, maker.fresh().ask("tracker", list(account)).statusCode());
  }

  @Test
  void thePastIsShownOnlyAsFarAsTheConsentLooksBack() {
    BookedAccount account = maker.fresh(List.of("balances"), 100);
    account.trade(Fill.buy("BTCUSDT", 1, START));
    Instant before = Instant.now().minus(101, ChronoUnit.DAYS);
    Instant after = Instant.now().minus(99, ChronoUnit.DAYS);
    assertEquals(
        0, account.get("tracker", list(account) + "&as_of=" + before).getList("items").size());
    JsonPath page = account.get("tracker", list(account) + "&as_of=" + after);
    assertEquals(List.of("1", "-10"), page.getList("items.derived"));
    assertNull(page.get("items[0].reported"));
    assertTrue(page.getString("as_of").endsWith("Z"));
  }

  @Test
  void balancesAtAnyInstantAreThePlainSumsUpToIt() {
    BookedAccount account = maker.fresh();
    long seed = System.nanoTime();
    System.out.println("BalancesTest seed " + seed);
    Random random = new Random(seed);
    long span = 200L * 86_400_000;
    List<Fill> fills = new ArrayList<>();
    List<String> symbols = List.of("BTCUSDT", "ETHUSDT", "ETHBTC");
    for (int id = 0; id < 300; id++) {
      Instant at = START.plusMillis(Math.floorMod(random.nextLong(), span));
      Fill fill =
          Fill.buy(symbols.get(random.nextInt(3)), id, at)
              .of("0." + (1 + random.nextInt(9999)), Integer.toString(1 + random.nextInt(99)))
              .withFee("0.000" + random.nextInt(1000), "BNB");
      fills.add(random.nextBoolean() ? fill : fill.sell());
    }
    account.trade(account.connection, fills);
    // Corrections too: their reversals stand at the instants of what they take back.
    for (int i = 0; i < 20; i++) {
      Fill wrong = fills.get(random.nextInt(fills.size()));
      account.trade(wrong.withFee("0.7", "BNB"));
    }
    List<Instant> instants = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      instants.add(START.plusMillis(Math.floorMod(random.nextLong(), span)));
    }
    instants.add(Instant.parse("2026-03-01T00:00:00Z"));
    instants.add(Instant.parse("2026-02-28T23:59:59.999999Z"));
    instants.add(fills.getFirst().at());
    for (Instant instant : instants) {
      assertEquals(
          plain(account, instant), asOf(account, instant), () -> "seed " + seed + " at " + instant);
    }
    assertEquals(
        asOf(account, START.plusMillis(span)),
        derived(
            account.in(
                tx -> reconciliation.compare(tx, account.holderKey, account.connection.key()))));
  }

  private Map<String, BigDecimal> asOf(BookedAccount account, Instant instant) {
    return derived(
        account.in(
            tx -> reconciliation.asOf(tx, account.holderKey, account.connection.key(), instant)));
  }

  private static Map<String, BigDecimal> derived(List<Line> lines) {
    Map<String, BigDecimal> sums = new TreeMap<>();
    lines.forEach(line -> sums.put(line.asset(), line.derived().stripTrailingZeros()));
    sums.values().removeIf(sum -> sum.signum() == 0);
    return sums;
  }

  private static Map<String, BigDecimal> plain(BookedAccount account, Instant instant) {
    Map<String, BigDecimal> sums = new TreeMap<>();
    account.in(tx ->
        tx.sql(
                """
                select a.code, sum(case when t.path like 'venue/%' then p.amount else 0 end)
                  - sum(case when f.path like 'venue/%' then p.amount else 0 end)
                from posting p
                join account f on f.account_id = p.from_account and f.tenant_id = p.tenant_id
                join account t on t.account_id = p.to_account and t.tenant_id = p.tenant_id
                join asset a on a.asset_id = p.asset_id
                where p.tenant_id = ? and p.occurred_at <= ?
                group by a.code
                """)
            .bind(tx.tenant(), instant)
            .list(row -> sums.put(row.getString(1), row.getBigDecimal(2).stripTrailingZeros())));
    sums.values().removeIf(sum -> sum.signum() == 0);
    return sums;
  }
}
