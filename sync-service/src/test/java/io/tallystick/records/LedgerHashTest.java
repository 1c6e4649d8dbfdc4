package io.tallystick.records;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.boot.TestDatabase;
import io.tallystick.kernel.Digests;
import io.tallystick.kernel.Frame;
import io.tallystick.kernel.PublicIds;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class LedgerHashTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  @Inject BookedAccount.Maker maker;

  @Test
  void theHashIsWhatItsFormatSays() {
    BookedAccount account = maker.fresh();
    assertEquals(hex(Frame.of("tallystick/ledger/1")), account.hash(), "an empty ledger");
    account.trade(Fill.buy("BTCUSDT", 1, START.plusMillis(7)).withFee("0.50", "BNB"));
    UUID id =
        account.in(tx ->
            tx.sql("select entry_id from entry where tenant_id = ?")
                .bind(tx.tenant())
                .list(row -> row.getObject(1, UUID.class))
                .getFirst());
    String name = account.connection.publicId().toString().replace("-", "");
    String spot = "venue/" + name + "/spot";
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(Frame.of("tallystick/ledger/1"));
    content.writeBytes(Frame.of(id, "trade", START.plusMillis(7), 3));
    List<byte[]> postings =
        new ArrayList<>(
            List.of(
                Frame.of(spot, "trading", "USDT", "10"),
                Frame.of("trading", spot, "BTC", "1"),
                Frame.of(spot, "fees/" + name, "BNB", "0.5")));
    postings.sort(java.util.Arrays::compareUnsigned);
    postings.forEach(content::writeBytes);
    assertEquals(hex(content.toByteArray()), account.hash());
  }

  private static String hex(byte[] content) {
    return HexFormat.of().formatHex(Digests.sha256(content));
  }

  @Test
  void otherEventsGiveAnotherHashAndOtherTenantsTheSame() {
    Fill fill = Fill.buy("BTCUSDT", 1, START);
    BookedAccount one = maker.fresh();
    one.trade(fill);
    BookedAccount same = maker.fresh();
    same.trade(fill);
    assertEquals(one.hash(), same.hash());
    for (Fill other :
        List.of(
            fill.sell(),
            fill.of("1.1", "10"),
            fill.withFee("1", "USDT"),
            new Fill("ETHUSDT", 1, true, "10", "1", "0", "USDT", START),
            Fill.buy("BTCUSDT", 1, START.plusMillis(1)))) {
      BookedAccount different = maker.fresh();
      different.trade(other);
      assertNotEquals(one.hash(), different.hash(), other.toString());
    }
  }

  @Test
  void kTwinFillsAreKEntries() {
    BookedAccount account = maker.fresh();
    List<Fill> twins = new ArrayList<>();
    for (int id = 1; id <= 5; id++) {
      twins.add(Fill.buy("BTCUSDT", id, START.plusMillis(3)));
    }
    account.trade(account.connection, twins);
    List<String> ids =
        account
            .get("tracker", "/v1/entries?connection=" + account.connection.id())
            .getList("items.id");
    assertEquals(5, new HashSet<>(ids).size());
    assertEquals(
        "5",
        account
            .get("tracker", "/v1/balances?asset=BTC&connection=" + account.connection.id())
            .getString("items[0].derived"));
  }

  @Test
  @DisplayName("F6 any order, split and repetition of the same fills ends in the same ledger")
  void anyOrderEndsInTheSameLedger() {
    List<Fill> fills = new ArrayList<>();
    for (int id = 0; id < 24; id++) {
      // Twins within a second and within a millisecond, self-trades, and singles.
      Instant at = START.plusMillis(id % 3 * 400L + (id > 16 ? 5_000L * id : 0));
      Fill fill = Fill.buy("BTCUSDT", id, at);
      fills.add(fill);
      if (id % 5 == 0) {
        fills.add(fill.sell());
      }
    }
    BookedAccount straight = maker.fresh();
    straight.trade(straight.connection, fills);
    String expected = straight.hash();
    List<Map<String, Object>> trades = shown(straight);
    long seed = System.nanoTime();
    System.out.println("LedgerHashTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 6; round++) {
      BookedAccount account = maker.fresh();
      List<Fill> rest = new ArrayList<>(fills);
      for (int again = random.nextInt(8); again > 0; again--) {
        rest.add(fills.get(random.nextInt(fills.size())));
      }
      Collections.shuffle(rest, random);
      while (!rest.isEmpty()) {
        int size = 1 + random.nextInt(Math.min(7, rest.size()));
        account.trade(account.connection, rest.subList(0, size));
        rest = new ArrayList<>(rest.subList(size, rest.size()));
      }
      assertEquals(expected, account.hash(), "seed " + seed + ", round " + round);
      assertEquals(trades, shown(account), "seed " + seed + ", round " + round);
    }
  }

  // What a client sees, without what depends on when it was read.
  private static List<Map<String, Object>> shown(BookedAccount account) {
    List<Map<String, Object>> rows =
        account.walk("/v1/trades?connection=" + account.connection.id(), 7);
    for (Map<String, Object> row : rows) {
      PublicIds.Timed id = PublicIds.orNotFound(PublicIds.entry((String) row.remove("id")));
      row.put("entry", id.id().toString());
      row.keySet().removeAll(List.of("connection", "evidence", "revision"));
    }
    return rows;
  }

  @Test
  void theHashIsShownToThoseWhoMayCompareLedgers() {
    BookedAccount account = maker.fresh();
    account.trade(Fill.buy("BTCUSDT", 1, START));
    String path = "/v1/connections/" + account.connection.id() + "/ledger-hash";
    for (String role : List.of("owner", "compliance", "accountant")) {
      assertEquals(account.hash(), account.get(role, path).getString("hash"), role);
    }
    assertEquals(403, account.ask("tracker", path).statusCode());
    assertEquals(403, account.ask("operator", path).statusCode());
    BookedAccount other = maker.fresh();
    for (String role : List.of("owner", "compliance", "accountant")) {
      assertEquals(404, other.ask(role, path).statusCode(), role);
    }
    long logged =
        account.leaves("read").stream()
            .filter(facts -> facts.get("route").endsWith("/ledger-hash"))
            .count();
    assertEquals(3, logged);
    account.withdraw();
    assertEquals(403, account.ask("accountant", path).statusCode());
    assertTrue(account.get("compliance", path).getString("hash").matches("[0-9a-f]{64}"));
  }
}
