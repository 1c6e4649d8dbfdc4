package io.tallystick.sync;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tallystick.boot.TestDatabase;
import io.tallystick.connection.Link;
import io.tallystick.sandbox.account.Account;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Two runs of one connection. */
@QuarkusTest
@TestProfile(EngineProfile.class)
@WithTestResource(TestDatabase.class)
class TwoRunsTest extends OnStage {
  private static final String EXPIRE = "update lease set until = now() - interval '1 second'";

  @Test
  @DisplayName("F15 of two runs at once one wins and the other does nothing")
  void oneOfTwoRunsWins() throws Exception {
    Account account = stage.small(41);
    String undisturbed = stage.undisturbed(account);
    Subject subject = stage.subject(account).connect();
    CountDownLatch inFlight = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    hold(inFlight, goOn);
    Thread first = subject.runAside();
    assertTrue(inFlight.await(20, TimeUnit.SECONDS));
    long since = stage.sandbox().calls().next();

    Thread second = subject.runAside();
    assertTrue(second.join(Duration.ofSeconds(20)));

    assertEquals(1, subject.runs().size());
    assertEquals(List.of(), subject.calls(since));
    goOn.countDown();
    assertTrue(first.join(Duration.ofSeconds(30)));
    assertEquals("finished", subject.runs().getFirst().state());
    assertEquals(undisturbed, subject.hash());
  }

  @Test
  @DisplayName("F16 a run that slept past its lease cannot commit after another took over")
  void aRunThatWasOvertakenCannotCommit() throws Exception {
    Account account = stage.small(42);
    String undisturbed = stage.undisturbed(account);
    Subject subject = stage.subject(account).connect();
    CountDownLatch inFlight = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    hold(inFlight, goOn);
    Thread sleeper = subject.runAside();
    assertTrue(inFlight.await(20, TimeUnit.SECONDS));
    subject.tamper(EXPIRE);
    Lease taken = stage.leases.take(subject.link(), false);
    assertNotNull(taken);
    long before = subject.count("select count(*) from access_leaf");

    goOn.countDown();
    assertTrue(sleeper.join(Duration.ofSeconds(30)));

    assertEquals("another run took over", subject.runs().getFirst().detail());
    assertEquals(0, subject.count("select count(*) from evidence where stream = 'spot-trades'"));
    assertEquals(before, subject.count("select count(*) from access_leaf"));
    assertEquals(
        1,
        subject.count(
            "select count(*) from lease where until > now() and token = " + taken.token()),
        "the sleeper must not give back what is not his");
    stage.leases.release(taken);
    subject.runWell();
    assertEquals(undisturbed, subject.hash());
    assertEquals(Map.of(), subject.differences());
  }

  @Test
  @DisplayName(
      "F16 a take-over between token check and commit waits, and then finds the lease held")
  void aTakeOverWaitsForAPageThatHasCheckedItsToken() {
    Subject subject = stage.subject(stage.small(43)).connect();
    Link link = subject.link();
    Lease lease = stage.leases.take(link, false);
    assertNotNull(lease);
    subject.tamper(EXPIRE);

    CompletableFuture<Boolean> overtaken =
        subject.in(tx -> {
          assertTrue(stage.leases.hold(tx, lease));
          CompletableFuture<Boolean> attempt =
              CompletableFuture.supplyAsync(() -> stage.leases.take(link, false) != null);
          await()
              .atMost(Duration.ofSeconds(20))
              .until(() ->
                  subject.count(
                          """
                          select count(*) from pg_locks l join pg_stat_activity a on a.pid = l.pid
                          where not l.granted and a.query like '%insert into lease%'
                          """)
                      > 0);
          assertTrue(!attempt.isDone());
          return attempt;
        });

    assertTrue(!overtaken.join(), "the page prolonged the lease");
    stage.leases.release(lease);
  }

  /** Holds the first page of trades back until it may go on. */
  private void hold(CountDownLatch inFlight, CountDownLatch goOn) {
    AtomicBoolean held = new AtomicBoolean();
    stage.between((request, exchange) -> {
      var reply = exchange.apply(request);
      if (request.path().equals(TRADES) && held.compareAndSet(false, true)) {
        inFlight.countDown();
        await().atMost(Duration.ofSeconds(20)).until(() -> goOn.getCount() == 0);
      }
      return reply;
    });
  }
}
