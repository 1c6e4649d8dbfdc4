package io.tallystick.records;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tallystick.boot.TestDatabase;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class EntriesTest {
  private static final Instant START =
      Instant.now().minus(200, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);

  @Inject BookedAccount.Maker maker;

  private static String list(BookedAccount account) {
    return "/v1/entries?connection=" + account.connection.id();
  }

  @Test
  void anEntryShowsItsPostingsAndItsEvidence() {
    BookedAccount account = maker.fresh();
    account.trade(Fill.buy("BTCUSDT", 1, START).of("2", "10").withFee("0.5", "BNB"));
    JsonPath page = account.get("accountant", list(account));
    String venue = "venue/" + account.connection.publicId().toString().replace("-", "") + "/spot";
    String fees = "fees/" + account.connection.publicId().toString().replace("-", "");
    assertEquals(
        List.of(
            Map.of("from", venue, "to", "trading", "asset", "USDT", "amount", "20"),
            Map.of("from", "trading", "to", venue, "asset", "BTC", "amount", "2"),
            Map.of("from", venue, "to", fees, "asset", "BNB", "amount", "0.5")),
        page.getList("items[0].postings"));
    assertEquals("trade", page.getString("items[0].kind"));
    assertEquals("settled", page.getString("items[0].state"));
    assertEquals(1, page.getList("items[0].evidence").size());
    String id = page.getString("items[0].id");
    assertEquals(
        page.getMap("items[0]"), account.get("accountant", "/v1/entries/" + id).getMap("$"));
  }

  @Test
  void theTableHasALineForEachPostingAndOneForWhatMovedNothing() {
    BookedAccount account = maker.fresh();
    account.trade(Fill.buy("=SUM", 1, START));
    account.page(account.connection, "deposits", "", List.of(Transfers.deposit("d", 0, START)));
    List<String> lines = account.csv("accountant", list(account)).lines().toList();
    assertEquals(4, lines.size(), lines.toString());
    assertEquals(
        "id,connection,kind,state,occurred_at,revision,symbol,from,to,asset,amount,evidence",
        lines.getFirst());
    assertEquals(1, lines.stream().filter(line -> line.contains(",deposit,pending,")).count());
    assertEquals(1, lines.stream().filter(line -> line.contains(",trading,USDT,10,")).count());
    assertEquals(1, lines.stream().filter(line -> line.contains(",'=SUM,trading,")).count());
    assertEquals(1, lines.stream().filter(line -> line.contains(",'=1+1,1,")).count());
  }

  @Test
  void whoHasThePageAlreadyIsNotSentItAgainUntilItSaysSomethingElse() {
    BookedAccount account = maker.fresh();
    account.trade(Fill.buy("BTCUSDT", 1, START), Fill.buy("BTCUSDT", 2, START.plusSeconds(1)));
    String page = list(account) + "&limit=1";
    String tag = account.ask("accountant", page).header("ETag");
    assertEquals(304, given(account, tag, page));
    account.trade(Fill.buy("BTCUSDT", 3, START.plusSeconds(2)));
    assertEquals(200, given(account, tag, page));
    String fresh = account.ask("accountant", page).header("ETag");
    assertEquals(304, given(account, fresh, page));
  }

  private static int given(BookedAccount account, String tag, String path) {
    return account.tenant.as("accountant").header("If-None-Match", tag).get(path).statusCode();
  }

  @Test
  void kindsThatNoConsentOpensAreLeftOut() {
    BookedAccount account = maker.fresh(List.of("deposits", "balances"), 3650);
    account.trade(Fill.buy("BTCUSDT", 1, START));
    account.page(account.connection, "deposits", "", List.of(Transfers.deposit("d", 1, START)));
    JsonPath page = account.get("accountant", list(account));
    assertEquals(List.of("deposit"), page.getList("items.kind"));
    assertEquals(403, account.ask("accountant", list(account) + "&kind=trade").statusCode());
    assertEquals(400, account.ask("accountant", list(account) + "&kind=trades").statusCode());
    String trade =
        io.tallystick.kernel.PublicIds.entry(
            account.holderKey,
            account.in(tx ->
                tx.sql("select entry_id from entry where tenant_id = ? and kind = 'trade'")
                    .bind(tx.tenant())
                    .list(row -> row.getObject(1, java.util.UUID.class))
                    .getFirst()));
    assertEquals(403, account.ask("accountant", "/v1/entries/" + trade).statusCode());
    assertEquals(
        403, account.ask("accountant", "/v1/entries/" + trade + "/revisions").statusCode());
  }

  @Test
  void entriesBeforeTheLookBackAndOfOthersAreNotThere() {
    BookedAccount account = maker.fresh(BookedAccount.ALL, 100);
    BookedAccount other = maker.fresh();
    account.trade(Fill.buy("BTCUSDT", 1, START));
    other.trade(Fill.buy("BTCUSDT", 1, START));
    assertEquals(List.of(), account.get("tracker", list(account)).getList("items"));
    String old =
        io.tallystick.kernel.PublicIds.entry(
            account.holderKey,
            account.in(tx ->
                tx.sql("select entry_id from entry where tenant_id = ?")
                    .bind(tx.tenant())
                    .list(row -> row.getObject(1, java.util.UUID.class))
                    .getFirst()));
    String foreign = other.get("tracker", list(other)).getString("items[0].id");
    for (String id : List.of(old, foreign, "ent_nonsense", "con_nonsense")) {
      assertEquals(404, account.ask("tracker", "/v1/entries/" + id).statusCode(), id);
      assertEquals(404, account.ask("tracker", "/v1/entries/" + id + "/revisions").statusCode());
    }
  }

  @Test
  @DisplayName("F4 the same page again, whole or in parts, books nothing")
  void theSamePageAgainBooksNothing() {
    BookedAccount account = maker.fresh();
    Fill[] fills = {Fill.buy("BTCUSDT", 1, START), Fill.buy("BTCUSDT", 2, START)};
    assertEquals(2, account.trade(fills));
    String hash = account.hash();
    assertEquals(0, account.trade(fills));
    assertEquals(0, account.trade(fills[1]));
    assertEquals(0, account.trade(fills[1], fills[0], fills[1]));
    assertEquals(hash, account.hash());
    assertEquals(2, account.get("tracker", list(account)).getList("items").size());
  }

  @Test
  @DisplayName("F5 a record the venue corrects keeps its id and takes its postings back")
  void aCorrectedRecordKeepsItsId() {
    BookedAccount account = maker.fresh();
    Fill first = Fill.buy("BTCUSDT", 1, START).withFee("0.5", "BNB");
    account.trade(first, Fill.buy("ETHUSDT", 2, START));
    String id = account.get("tracker", list(account) + "&symbol=BTCUSDT").getString("items[0].id");
    String before = account.hash();
    assertEquals(1, account.trade(first.withFee("0.75", "BNB")));
    JsonPath now = account.get("tracker", list(account) + "&symbol=BTCUSDT");
    assertEquals(List.of(id), now.getList("items.id"));
    assertEquals(2, now.getInt("items[0].revision"));
    assertTrue(!before.equals(account.hash()));

    JsonPath history = account.get("tracker", "/v1/entries/" + id + "/revisions");
    assertEquals(List.of(1, 2), history.getList("items.revision"));
    assertEquals(List.of(), history.getList("items[0].reversals"));
    List<Map<String, String>> posted = history.getList("items[0].postings");
    List<Map<String, String>> reversed = history.getList("items[1].reversals");
    assertEquals(posted.size(), reversed.size());
    for (Map<String, String> posting : posted) {
      Map<String, String> back =
          Map.of(
              "from", posting.get("to"),
              "to", posting.get("from"),
              "asset", posting.get("asset"),
              "amount", posting.get("amount"));
      assertTrue(reversed.contains(back), back + " is taken back");
    }
    assertEquals("0.75", history.getString("items[1].postings[2].amount"));
    List<String> evidence = history.getList("items.evidence");
    assertEquals(2, evidence.stream().distinct().count());
    String old = account.get("tracker", "/v1/evidence/" + evidence.getFirst()).getString("content");
    assertTrue(old.contains("\"commission\":\"0.5\""), "the old bytes are kept");
    JsonPath bnb =
        account.get("tracker", "/v1/balances?asset=BNB&connection=" + account.connection.id());
    assertEquals("-0.75", bnb.getString("items[0].derived"));
    JsonPath usdt =
        account.get("tracker", "/v1/balances?asset=USDT&connection=" + account.connection.id());
    assertEquals("-20", usdt.getString("items[0].derived"));
  }

  @Test
  void evidenceIsShownByteForByteWithItsOrigin() {
    BookedAccount account = maker.fresh();
    Fill fill = Fill.buy("比特币USDT", 1, START);
    account.trade(fill);
    String id = account.get("tracker", list(account)).getString("items[0].evidence[0]");
    JsonPath record = account.get("tracker", "/v1/evidence/" + id);
    assertEquals(
        new String(fill.raw().bytes(), StandardCharsets.UTF_8), record.getString("content"));
    assertEquals("utf-8", record.getString("encoding"));
    assertEquals(account.connection.id(), record.getString("connection"));
    assertEquals("spot-trades", record.getString("stream"));
    assertEquals("比特币USDT", record.getString("partition"));
    assertEquals(1, record.getInt("revision"));
    assertTrue(record.getString("pull").startsWith("log_"));
    assertEquals(
        java.util.HexFormat.of().formatHex(io.tallystick.kernel.Digests.sha256(fill.raw().bytes())),
        record.getString("content_sha256"));
    assertEquals(404, maker.fresh().ask("tracker", "/v1/evidence/" + id).statusCode());
    assertEquals(404, account.ask("tracker", "/v1/evidence/evd_0").statusCode());
    account.withdraw();
    assertEquals(403, account.ask("tracker", "/v1/evidence/" + id).statusCode());
  }

  @Test
  void evidenceBeforeTheLookBackIsNotShown() {
    BookedAccount account = maker.fresh(BookedAccount.ALL, 100);
    account.trade(Fill.buy("BTCUSDT", 1, START));
    String id =
        io.tallystick.kernel.PublicIds.evidence(
            account.holderKey,
            account.in(tx ->
                tx.sql("select evidence_id from evidence where tenant_id = ?")
                    .bind(tx.tenant())
                    .list(row -> row.getObject(1, java.util.UUID.class))
                    .getFirst()));
    assertEquals(404, account.ask("tracker", "/v1/evidence/" + id).statusCode());
  }

  @Test
  @DisplayName("F116 the database itself refuses amounts that are no numbers")
  void theDatabaseRefusesAmountsThatAreNoNumbers() {
    BookedAccount account = maker.fresh();
    account.trade(Fill.buy("BTCUSDT", 1, START));
    List<String> accepted = new ArrayList<>();
    for (String bad : List.of("NaN", "Infinity", "-Infinity")) {
      for (String sql :
          List.of(
              """
              insert into entry (tenant_id, holder_id, entry_id, revision, connection_id,
                evidence_id, leaf_id, occurred_at, recorded_at, kind, state, mapping_version, rank,
                from_accounts, to_accounts, asset_ids, amounts)
              select tenant_id, holder_id, entry_id, 99, connection_id, evidence_id, leaf_id,
                occurred_at, recorded_at, kind, state, 1, '', '{1}', '{2}', '{3}', '{%s}'
              from entry where tenant_id = ? and holder_id = ? limit 1
              """,
              """
              insert into reported_balance select tenant_id, holder_id, connection_id, 'spot', 1,
                evidence_id, '%s', 0, 0, 0, now()
              from evidence where tenant_id = ? and holder_id = ? limit 1
              """,
              """
              insert into entry (tenant_id, holder_id, entry_id, revision, connection_id,
                evidence_id, leaf_id, occurred_at, recorded_at, kind, state, mapping_version, rank,
                quantity)
              select tenant_id, holder_id, entry_id, 99, connection_id, evidence_id, leaf_id,
                occurred_at, recorded_at, kind, state, 1, '', '%s'
              from entry where tenant_id = ? and holder_id = ? limit 1
              """,
              """
              update balance set delta = delta + '%s' where tenant_id = ? and holder_id = ?
              """)) {
        RuntimeException refused =
            assertThrows(RuntimeException.class, () -> account.run(sql.formatted(bad)), sql);
        if (!sqlState(refused).startsWith("23")) {
          accepted.add(bad + " " + sql + " " + sqlState(refused));
        }
      }
    }
    assertEquals(List.of(), accepted, "each is refused by a constraint, not by chance");
    assertEquals(
        0,
        new BigDecimal("-10")
            .compareTo(
                new BigDecimal(
                    account
                        .get(
                            "tracker",
                            "/v1/balances?asset=USDT&connection=" + account.connection.id())
                        .getString("items[0].derived"))));
  }

  private static String sqlState(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException refused) {
        return refused.getSQLState();
      }
    }
    return "none: " + thrown;
  }
}
