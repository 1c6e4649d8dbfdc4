package io.tallystick.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.boot.TestDatabase;
import io.tallystick.imports.Batch.State;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Equal rows that are several events, and words whose meaning changes. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ImportTwinsTest {
  private static final String TXID =
      "0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

  @Inject Desk desk;

  @Test
  void twoEqualOutputsOfOneTransactionKeepTheirOwnWords() {
    String row = "24-05-01 06:00:00,ETH,ETH,0.5,0.001,%s," + TXID + ",Completed";
    for (List<String> order : List.of(List.of("0x1", "0x2"), List.of("0x2", "0x1"))) {
      Desk.At at = desk.open();
      Batch batch =
          at.take(
              "Binance-Withdraw-History-202405020000(UTC).csv",
              "Time,Coin,Network,Amount,Fee,Address,TXID,Status",
              row.formatted(order.getFirst()),
              row.formatted(order.getLast()));
      assertEquals(2, batch.counts().added());
      assertEquals(
          2,
          at.count("select count(distinct rank) from entry where tenant_id = ? and holder_id = ?"),
          "words of each");
      assertEquals(
          2,
          at.count(
              "select count(distinct evidence_id) from entry where tenant_id = ?"
                  + " and holder_id = ?"));
    }
  }

  @Test
  void twinsOnBothSidesOfABlocksEndAreTwoInTheTrialToo() {
    List<String> lines = new ArrayList<>(List.of("Date(UTC),Pair,Side,Price,Executed,Amount,Fee"));
    for (int i = 0; i < 4_999; i++) {
      lines.add(
          "2024-01-%02d %02d:%02d:%02d,BTCUSDT,BUY,10,1BTC,10USDT,0BNB"
              .formatted(1 + i / 3_600, i / 3_600, i / 60 % 60, i % 60));
    }
    String twin = "2024-02-01 00:00:00,BTCUSDT,BUY,10,2BTC,20USDT,0BNB";
    lines.addAll(List.of(twin, twin));
    Desk.At at = desk.open();
    Batch checked = at.receive("trades.csv", lines.toArray(String[]::new)).batch();
    assertEquals(State.CHECKED, checked.state());
    assertEquals(5_001, checked.counts().added());
    assertEquals(5_001, at.take("trades.csv", lines.toArray(String[]::new)).counts().read());
  }

  @Test
  void aFileIsTakenBackThoughAWordOfItMeansSomethingElseByNow() throws SQLException {
    Desk.At at = desk.open();
    String empty = at.hash();
    Batch batch = at.fixture("L2.csv");
    assertTrue(batch.counts().added() > 10);
    formerKeys(at);
    assertEquals(State.UNDONE, at.undo(batch).state());
    assertEquals(empty, at.hash());
    assertEquals(
        0,
        at.count(
            "select coalesce(sum(count), 0) from import_count where tenant_id = ?"
                + " and holder_id = ?"));
  }

  // As if the dictionary of that time had counted these lines under another family, and so under
  // other keys.
  private static void formerKeys(Desk.At at) throws SQLException {
    String some =
        """
        create temporary table k on commit drop as
        select claim_id, md5('former' || claim_id)::uuid as other from claim
        where tenant_id = %d and holder_id = %d order by claim_id limit 3
        """
            .formatted(at.account.tenant.id(), at.account.holderKey);
    try (Connection connection = TestDatabase.admin();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("set local search_path = tallystick, pg_temp");
      statement.execute(some);
      for (String sql :
          List.of(
              "update import_count c set fact_id = k.other from k where c.fact_id = k.claim_id"
                  + " and c.holder_id = ",
              "update claim c set claim_id = k.other from k where c.claim_id = k.claim_id"
                  + " and c.holder_id = ")) {
        assertEquals(3, statement.executeUpdate(sql + at.account.holderKey));
      }
      connection.commit();
    }
  }

  @Test
  void aFileReadInAnotherZoneThanItsOwnShowsItWhereItsEventsAreKnown() {
    Desk.At at = desk.open();
    at.fixture("T2.csv");
    String known = at.hash();
    // The same fills, as a page two hours ahead of UTC shows them, brought as if it were UTC's.
    byte[] ahead = Desk.bytes("T3y4.csv");
    String name = "Binance-Spot-Trade-History-202604011211(%s).csv";
    Batch wrong = at.receive(name.formatted("UTC"), ahead).batch();
    assertEquals(8, wrong.counts().added());
    // Of the two that are alike one is named.
    assertEquals(
        7,
        at.count(
            "select count(*) from import_row where tenant_id = ? and holder_id = ?"
                + " and outcome = 'shifted' and reason like '%2:00 hours earlier.'"));
    at.undo(wrong);
    Batch right = at.take(name.formatted("UTC+2"), ahead);
    assertEquals(0, right.counts().added());
    assertEquals(known, at.hash());
  }
}
