package io.tallystick.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.tallystick.boot.TestDatabase;
import io.tallystick.kernel.PublicIds;
import io.tallystick.ledger.EntryState;
import io.tallystick.records.BookedAccount;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Readers follow the feed over HTTP while transactions write side by side and some commit late:
 * nobody misses a change, sees one twice, or has to start again.
 */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class FollowersTest {
  private static final int[] LIMITS = {7, 20, 50, 100, 250, 500, 1000, 1000};

  @Inject BookedAccount.Maker maker;

  @Inject FeedStage stage;

  @Test
  void eightReadersMissAndRepeatNothingWhileLateCommitsArrive() throws Exception {
    follow(1_600, Duration.ofMinutes(2));
  }

  @Test
  @Tag("long")
  void eightReadersMissAndRepeatNothingOverTwentyThousandChanges() throws Exception {
    follow(20_000, Duration.ofMinutes(15));
  }

  @Test
  void aReaderHearsOfACommitSoon() throws Exception {
    BookedAccount account = maker.fresh();
    Follower reader = Follower.alone(RestAssured.port, account.tenant.token("tracker"));
    List<Long> lags = new ArrayList<>();
    for (int round = 0; round < 80; round++) {
      stage.book(account, FeedStage.Event.fresh("BTC").in(EntryState.PENDING));
      long committed = System.nanoTime();
      long heard = reader.awaitOneMore();
      if (round >= 20) {
        lags.add((heard - committed) / 1_000_000);
      }
    }
    lags.sort(null);
    System.out.printf(
        "feed lag (real time, one reader that polls every 5 ms, sequencer rests 2 s): commit to"
            + " reader ms p50 %d p99 %d max %d%n",
        lags.get(lags.size() / 2), lags.get(lags.size() * 99 / 100), lags.getLast());
    assertTrue(lags.get(lags.size() / 2) < 500, "who commits wakes the sequencer: " + lags);
  }

  private void follow(int changes, Duration patience) throws Exception {
    long seed = System.nanoTime();
    System.out.println("FollowersTest seed " + seed);
    BookedAccount account = maker.fresh();
    Writers writers = new Writers(stage, account, changes, seed);
    List<Follower> followers =
        Arrays.stream(LIMITS)
            .mapToObj(limit ->
                new Follower(
                    RestAssured.port, account.tenant.token("tracker"), limit, writers, patience))
            .toList();
    List<Callable<Void>> work = new ArrayList<>(followers);
    work.addAll(writers.all());
    long began = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Void> one : threads.invokeAll(work)) {
        get(one, seed);
      }
    }
    System.out.printf(
        "feed: read to its end after %d ms%n", (System.nanoTime() - began) / 1_000_000);
    assertTrue(writers.late() > 0, "some transactions really committed late");
    check(followers, account, writers, seed);
  }

  private static void check(
      List<Follower> followers, BookedAccount account, Writers writers, long seed)
      throws Exception {
    List<Follower.Seen> first = followers.getFirst().seen();
    for (int i = 0; i < first.size(); i++) {
      assertEquals(i + 1L, first.get(i).position(), "seed " + seed);
    }
    for (Follower follower : followers) {
      assertEquals(
          first.stream().map(Follower.Seen::what).toList(),
          follower.seen().stream().map(Follower.Seen::what).toList(),
          () -> "seed " + seed + " with pages of " + follower.limit());
    }
    assertEquals(written(account), new TreeSet<>(first.stream().map(Follower.Seen::key).toList()));
    assertEquals(writers.written(), first.size(), "seed " + seed);
    int again = 0;
    for (Follower follower : followers) {
      again += follower.askAgain(150);
    }
    Follower swift = followers.getLast();
    System.out.printf(
        "feed (real time): %d changes of %d transactions, %d of them late, 8 readers, %d pages asked"
            + " again unchanged; lag commit to reader ms p50 %d p99 %d max %d%n",
        writers.written(),
        writers.transactions(),
        writers.late(),
        again,
        swift.lag(writers.committedAt(), 50),
        swift.lag(writers.committedAt(), 99),
        swift.lag(writers.committedAt(), 100));
  }

  private static TreeSet<String> written(BookedAccount account) {
    return account.in(tx ->
        new TreeSet<>(
            tx.sql("select entry_id, revision from entry where tenant_id = ?")
                .bind(tx.tenant())
                .list(row ->
                    Follower.key(
                        PublicIds.entry(account.holderKey, row.getObject(1, UUID.class)),
                        row.getInt(2)))));
  }

  private static void get(Future<Void> done, long seed) throws InterruptedException {
    try {
      done.get();
    } catch (ExecutionException e) {
      throw new AssertionError("seed " + seed, e.getCause());
    }
  }
}
