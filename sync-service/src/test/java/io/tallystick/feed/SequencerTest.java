package io.tallystick.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.boot.TestDatabase;
import io.tallystick.feed.FeedStage.Event;
import io.tallystick.ledger.Booking;
import io.tallystick.ledger.Books;
import io.tallystick.ledger.EntryState;
import io.tallystick.records.BookedAccount;
import io.tallystick.tenancy.TenantTx;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How changes get their positions. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class SequencerTest {
  private static final Instant START = Instant.parse("2026-02-01T00:00:00Z");

  @Inject BookedAccount.Maker maker;

  @Inject FeedStage stage;

  @Inject Sequencer sequencer;

  private static List<Long> positions(List<Map<String, Object>> items) {
    return items.stream().map(item -> ((Number) item.get("position")).longValue()).toList();
  }

  @Test
  void aTransactionThatBooksTwiceIsOnePageOfTheFeed() {
    BookedAccount account = maker.fresh();
    UUID leaf = new UUID(7, 7);
    account.in(tx -> {
      Books.Place place =
          new Books.Place(
              account.holderKey,
              account.connection.key(),
              account.connection.publicId(),
              leaf,
              START);
      for (int i = 0; i < 3; i++) {
        stage.books().book(tx, place, List.of(Event.fresh("BTC").in(EntryState.PENDING)));
      }
      return 0;
    });
    assertEquals(1, FeedStage.waiting(account));
    stage.settle(account);
    assertEquals(List.of(1L, 2L, 3L), positions(FeedStage.walk(account, "tracker", 0, 2)));
  }

  @Test
  void aSequencerThatDiesInItsTransactionLeavesNoTrace() {
    BookedAccount account = maker.fresh();
    for (int i = 0; i < 5; i++) {
      stage.book(account, Event.fresh("BTC").in(EntryState.PENDING));
      assertThrows(
          IllegalStateException.class,
          () ->
              account.in(tx -> {
                tx.sql("select pg_advisory_xact_lock(?)").bind(0x74616c6c79666564L).list(row -> 0);
                FeedStore.number(tx, 1000);
                throw new IllegalStateException("killed before the commit");
              }));
    }
    stage.settle(account);
    assertEquals(List.of(1L, 2L, 3L, 4L, 5L), positions(FeedStage.walk(account, "tracker", 0, 10)));
  }

  @Test
  void sequencersSideBySideNeverGiveAPositionTwiceOrLeaveOneOut() throws InterruptedException {
    BookedAccount account = maker.fresh();
    List<Thread> sequencers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      sequencers.add(
          Thread.ofVirtual()
              .start(() -> {
                for (int pass = 0; pass < 50; pass++) {
                  sequencer.pass();
                }
              }));
    }
    for (int i = 0; i < 30; i++) {
      List<Booking> page = new ArrayList<>();
      for (int n = 0; n <= i % 3; n++) {
        page.add(Event.fresh("BTC").in(EntryState.PENDING));
      }
      stage.book(account, page.toArray(Booking[]::new));
    }
    for (Thread one : sequencers) {
      one.join();
    }
    stage.settle(account);
    assertEquals(
        LongStream.rangeClosed(1, 60).boxed().toList(),
        positions(FeedStage.walk(account, "tracker", 0, 1000)));
  }

  @Test
  void theSequencersQuestionShowsWhoWaitsAndNothingElse() {
    BookedAccount account = maker.fresh();
    BookedAccount other = maker.fresh();
    other.in(tx -> {
      // In one transaction, so that nobody numbers it away before it was looked at.
      stage.book(tx, other, tx.now(), List.of(Event.fresh("BTC").in(EntryState.PENDING)));
      run(tx, "set local app.tenant = '" + account.tenant.id() + "'");
      assertEquals(0, count(tx, "outbox", other), "one tenant does not see another's");
      run(tx, "set local app.sequencing = 'on'");
      assertEquals(1, count(tx, "outbox", other));
      for (String table : List.of("feed", "entry", "evidence", "consent", "access_leaf")) {
        assertEquals(0, count(tx, table, other), table);
      }
      assertEquals(
          0,
          tx.sql("delete from outbox where tenant_id = ?").bind(other.tenant.id()).update(),
          "seeing is not taking");
      assertEquals(
          0,
          tx.sql("update outbox set changes = 9 where tenant_id = ?")
              .bind(other.tenant.id())
              .update());
      run(tx, "set local app.tenant = '" + other.tenant.id() + "'");
      return 0;
    });
    stage.settle(other);
    assertEquals(1, FeedStage.walk(other, "tracker", 0, 10).size());
  }

  private static void run(TenantTx tx, String sql) throws SQLException {
    try (Statement statement = tx.connection().createStatement()) {
      statement.execute(sql);
    }
  }

  private static int count(TenantTx tx, String table, BookedAccount of) throws SQLException {
    return tx.sql("select count(*) from " + table + " where tenant_id = ?")
        .bind(of.tenant.id())
        .list(row -> row.getInt(1))
        .getFirst();
  }
}
