package io.tallystick.sync;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.tallystick.boot.TestDatabase;
import io.tallystick.connection.ConnectionState;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.Fill;
import io.tallystick.sandbox.exchange.Call;
import io.tallystick.sandbox.market.Listing;
import io.tallystick.venue.binance.BinanceVenue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a consent allows of a sync, and what its end does to one. */
@QuarkusTest
@TestProfile(EngineProfile.class)
@WithTestResource(TestDatabase.class)
class ConsentDuringSyncTest extends OnStage {
  @Test
  @DisplayName("F36 an answer that comes after the withdrawal is discarded, and the log says so")
  void anAnswerInFlightAtTheWithdrawalIsDiscarded() {
    Subject subject = stage.subject(stage.small(31)).connect();
    AtomicBoolean withdrawn = new AtomicBoolean();
    stage.between((request, exchange) -> {
      var reply = exchange.apply(request);
      // The exchange has answered; the answer is still on its way.
      if (request.path().equals(TRADES)
          && reply.body().size() > 2
          && withdrawn.compareAndSet(false, true)) {
        subject.withdraw();
      }
      return reply;
    });

    Runs.Shown run = subject.run();

    assertTrue(withdrawn.get());
    assertEquals("stopped", run.state());
    assertEquals("no active consent", run.detail());
    assertEquals(0, subject.count("select count(*) from evidence where stream = 'spot-trades'"));
    assertEquals(0, subject.count("select count(*) from entry where kind = 'trade'"));
    List<Map<String, String>> discarded =
        subject.leaves("pull").stream()
            .filter(leaf -> "discarded-consent".equals(leaf.get("outcome")))
            .toList();
    assertEquals(1, discarded.size());
    assertEquals("spot-trades", discarded.getFirst().get("stream"));
    assertEquals(ConnectionState.CONSENT_MISSING, subject.link().state());
  }

  @Test
  @DisplayName("F36 a run goes on under the consent that took the place of the one it began under")
  void aRunGoesOnUnderTheConsentOfNow() {
    Account account = stage.small(36);
    String undisturbed = stage.undisturbed(account);
    Subject subject = stage.subject(account).connect();
    AtomicReference<Response> amended = new AtomicReference<>();
    stage.between((request, exchange) -> {
      var reply = exchange.apply(request);
      if (request.path().equals(TRADES) && amended.get() == null) {
        amended.set(subject.amend());
      }
      return reply;
    });

    subject.runWell();

    amended.get().then().statusCode(201);
    assertEquals(ConnectionState.ACTIVE, subject.link().state());
    assertEquals(undisturbed, subject.hash());
  }

  @Test
  @DisplayName("F36 a withdrawal between check and commit waits for the page, or the page for it")
  void aWithdrawalUnderWayHoldsThePageBack() throws Exception {
    Subject subject = stage.subject(stage.small(32)).connect();
    CountDownLatch inFlight = new CountDownLatch(1);
    CountDownLatch locked = new CountDownLatch(1);
    stage.between((request, exchange) -> {
      if (request.path().equals(DEPOSITS)) {
        inFlight.countDown();
        await().until(() -> locked.getCount() == 0);
      }
      return exchange.apply(request);
    });
    Thread run = subject.runAside();
    assertTrue(inFlight.await(20, TimeUnit.SECONDS));

    // A withdrawal whose transaction is not yet at its end when the page wants to commit.
    subject.in(tx -> {
      tx.sql("update consent set state = 'withdrawn', state_at = clock_timestamp()").update();
      locked.countDown();
      await().atMost(Duration.ofSeconds(20)).until(() -> subject.count(waitingForConsent()) > 0);
      assertEquals(0, subject.count("select count(*) from evidence where stream = 'deposits'"));
      return tx;
    });

    assertTrue(run.join(Duration.ofSeconds(20)));
    assertEquals(0, subject.count("select count(*) from evidence where stream = 'deposits'"));
    assertEquals("stopped", subject.runs().getFirst().state());
  }

  private static String waitingForConsent() {
    return """
    select count(*) from pg_locks l join pg_stat_activity a on a.pid = l.pid
    where not l.granted and a.query like '%consent%for share%'
    """;
  }

  @Test
  void noRequestOfADomainThatIsNotConsentedToIsSent() {
    Account account = stage.small(33);
    Subject subject =
        stage.subject(account, List.of("balances", "trades"), Stage.LOOK_BACK).connect();
    long since = stage.sandbox().calls().next();

    subject.runWell();

    List<String> paths = subject.calls(since).stream().map(Call::path).distinct().toList();
    assertTrue(paths.contains(TRADES), paths.toString());
    assertFalse(
        paths.stream()
            .anyMatch(path -> path.contains("capital") || path.toLowerCase().contains("order")),
        paths.toString());
    List<Map<String, String>> refused = subject.leaves("pull.refused");
    assertEquals(
        new BinanceVenue()
            .streams().stream()
                .map(stream -> stream.domain().code())
                .filter(domain -> !List.of("balances", "trades").contains(domain))
                .distinct()
                .sorted()
                .toList(),
        refused.stream().map(leaf -> leaf.get("domain")).distinct().sorted().toList());
    assertEquals("wrong-domain", refused.getFirst().get("reason"));
    assertEquals(ConnectionState.ACTIVE, subject.link().state());
  }

  @Test
  void aWithdrawnConsentStopsPullsAndReadsAndBothAreInTheLog() {
    Subject subject = stage.subject(stage.small(34)).connect();
    subject.runWell();
    subject.withdraw();
    long since = stage.sandbox().calls().next();

    subject.runInVain();

    assertEquals(List.of(), subject.calls(since));
    assertEquals(1, subject.runs().size());
    subject
        .get("/v1/trades?connection=" + subject.connection)
        .then()
        .statusCode(403)
        .contentType("application/problem+json")
        .body("reason", equalTo("withdrawn"));
    assertEquals(1, subject.leaves("consent.withdrawn").size());
    assertEquals(1, subject.leaves("read.refused").size());
    subject
        .post("/v1/connections/" + subject.connection + "/sync-runs", "{}")
        .then()
        .statusCode(409);
  }

  @Test
  void aWithdrawalDuringABackfillEndsTheRequestsAndTheLogProvesIt() {
    Subject subject = stage.subject(stage.small(35)).connect();
    AtomicBoolean withdrawn = new AtomicBoolean();
    AtomicInteger after = new AtomicInteger();
    stage.between((request, exchange) -> {
      if (withdrawn.get()) {
        after.incrementAndGet();
      }
      if (request.path().equals(DEPOSITS) && withdrawn.compareAndSet(false, true)) {
        subject.withdraw();
      }
      return exchange.apply(request);
    });

    assertEquals("no active consent", subject.run().detail());
    subject.runInVain();

    assertTrue(withdrawn.get());
    assertEquals(0, after.get(), "not even within the five seconds");
    List<String> order =
        subject.texts(
            """
            select kind from access_leaf where kind in ('pull', 'consent.withdrawn')
            order by recorded_at, leaf_id
            """);
    assertEquals(
        List.of("consent.withdrawn", "pull"), order.subList(order.size() - 2, order.size()));
    assertEquals("discarded-consent", subject.leaves("pull").getLast().get("outcome"));
    assertEquals(0, subject.count("select count(*) from credential where sealed is not null"));
  }

  @Test
  void nothingOlderThanTheLookBackIsKept() {
    Account account = stage.small(35);
    long half = account.fills(account.symbols().getFirst().symbol()).get(10).time();
    long days = Duration.between(Instant.ofEpochMilli(half), LeapingPace.now()).toDays();
    Subject subject = stage.subject(account, Stage.ALL, (int) days).connect();

    subject.runWell();

    Instant earliest = Instant.now().minus(Duration.ofDays(days));
    List<Fill> covered =
        account.symbols().stream()
            .flatMap(listing -> account.fills(listing.symbol()).stream())
            .filter(fill -> fill.time() >= earliest.toEpochMilli())
            .toList();
    assertTrue(covered.size() > 5 && covered.size() < account.fillCount(), "" + covered.size());
    assertEquals(
        covered.size(),
        subject.count("select count(*) from evidence where stream = 'spot-trades'"));
    assertEquals(covered.size(), subject.count("select count(*) from entry where kind = 'trade'"));
    assertEquals(
        account.deposits().stream()
            .filter(deposit -> deposit.insertTime() >= earliest.toEpochMilli())
            .count(),
        subject.count("select count(*) from entry where kind = 'deposit'"));
    Set<String> cut = new TreeSet<>();
    for (Listing listing : account.symbols()) {
      if (account.fills(listing.symbol()).getFirst().time() < earliest.toEpochMilli()) {
        cut.add("spot-trades " + listing.symbol() + " before-look-back");
      }
    }
    Set<String> stated =
        new TreeSet<>(
            subject.gaps().stream().filter(gap -> gap.startsWith("spot-trades")).toList());
    assertEquals(cut, stated);
    assertFalse(cut.isEmpty());
  }

  @Test
  void recordsReadInAnotherOrderMakeTheSameLedger() {
    Account account = stage.small(36);
    String undisturbed = stage.undisturbed(account);
    Subject subject =
        stage.subject(account, List.of("trades", "balances"), Stage.LOOK_BACK).connect();
    subject.runWell();
    assertTrue(!subject.hash().equals(undisturbed));

    String wider = subject.consent(Stage.ALL, Stage.LOOK_BACK);
    subject
        .post(
            "/v1/connections/" + subject.connection + "/consent",
            "{\"consent\": \"" + wider + "\"}")
        .then()
        .statusCode(200);
    subject.runWell();

    assertEquals(undisturbed, subject.hash());
    assertEquals(Map.of(), subject.differences());
  }
}
