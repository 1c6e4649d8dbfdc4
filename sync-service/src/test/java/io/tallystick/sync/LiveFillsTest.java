package io.tallystick.sync;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tallystick.boot.TestDatabase;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.Fill;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A fill is told twice, as news and in a list, and is one fill whichever comes first. */
@QuarkusTest
@TestProfile(LiveProfile.class)
@WithTestResource(TestDatabase.class)
class LiveFillsTest extends Listening {
  private static final int FILLS = 40;

  @Test
  void aFillIsReadableWithinASecond() {
    Ticker ticker = listening(301);
    Subject subject = ticker.subject;
    String newest =
        "/v1/trades?limit=1&connection="
            + subject.connection
            + "&symbol="
            + ticker.listing.symbol();
    long calls = stage.sandbox().calls().next();
    List<Long> took = new ArrayList<>();
    for (int i = 0; i < FILLS; i++) {
      long begun = System.nanoTime();
      String id = Long.toString(ticker.sell().id());
      while (!id.equals(subject.get(newest).path("items[0].trade_id"))) {
        assertTrue(System.nanoTime() - begun < 10_000_000_000L, "within ten seconds");
      }
      took.add((System.nanoTime() - begun) / 1_000_000);
    }
    took.sort(null);
    long p50 = took.get(FILLS / 2);
    long p95 = took.get(FILLS * 95 / 100);
    System.out.printf(
        "fill to GET /v1/trades, real time, %d fills: p50 %d ms, p95 %d ms%n", FILLS, p50, p95);
    assertTrue(p95 < 1_000, () -> "p95 " + p95 + " ms");
    assertEquals(0, ticker.tradeCalls(calls), "no list of trades was read for it");
    await().atMost(Duration.ofSeconds(5)).until(() -> subject.differences().isEmpty());
    subject
        .get("/v1/orders?limit=1&connection=" + subject.connection)
        .then()
        .statusCode(200)
        .body("items[0].status", org.hamcrest.Matchers.equalTo("FILLED"));
    subject.runWell();
    ticker.complete();
    assertEquals(Map.of(), subject.differences());
    assertEquals(undisturbed(subject.account), subject.hash());
    assertEquals(0, stage.sandbox().calls().earnedRefusals());
  }

  @Test
  void ofNewsInQuickSuccessionTheLastStands() {
    Ticker ticker = listening(309);
    for (int i = 0; i < 12; i++) {
      ticker.booked(ticker.sell());
      ticker.sell();
    }
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertEquals(Map.of(), ticker.subject.differences()));
  }

  @Test
  void whicheverTellsFirstTheLedgerEndsTheSame() {
    Ticker ticker = listening(302);
    Fill first = ticker.sell();
    ticker.booked(first);
    ticker.subject.runWell();
    assertEquals(1, ticker.revisions(first), "the list had nothing to add");

    long before = ticker.news("spot-trades-live");
    ticker.sockets().faults().lose(3);
    Fill second = ticker.sell();
    ticker.subject.runWell();
    assertEquals(1, ticker.entries(second), "from the list");
    assertEquals(before, ticker.news("spot-trades-live"), "the news is still under way");
    stage.sandbox().exchange().floor().tellAgain(ticker.account, ticker.listing, second);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> ticker.news("spot-trades-live") == before + 1);
    assertEquals(1, ticker.revisions(second), "the news had nothing to add");
    assertEquals(2, ticker.subject.count("select count(*) from entry_evidence"), "both are linked");
    ticker.complete();
    assertEquals(undisturbed(ticker.account), ticker.subject.hash());
  }

  @Test
  void newsThatComesTwiceCountsOnce() {
    Ticker ticker = listening(303);
    ticker.sockets().faults().twice(9);
    List<Fill> fills = List.of(ticker.sell(), ticker.sell(), ticker.sell());
    fills.forEach(ticker::booked);
    ticker.subject.runWell();
    fills.forEach(fill -> assertEquals(1, ticker.revisions(fill)));
    ticker.complete();
    assertEquals(Map.of(), ticker.subject.differences());
    assertEquals(3, ticker.news("spot-trades-live"));
  }

  @Test
  void aFeeThatChangesAfterTheNewsIsARevisionOfTheSameFill() {
    Ticker ticker = listening(304);
    Fill fill = ticker.sell();
    ticker.booked(fill);
    Account account = ticker.account;
    assertTrue(account.changeFee(ticker.listing.symbol(), fill.id(), false, Ticker.FEE / 2));
    ticker.subject.runWell();
    assertEquals(1, ticker.entries(fill), "the id stays");
    assertEquals(2, ticker.revisions(fill));
    ticker.complete();
    assertEquals(Map.of(), ticker.subject.differences());
  }

  @Test
  void eachEventIsEvidenceUnderTheDomainItBelongsTo() {
    Ticker ticker = listening(305);
    ticker.booked(ticker.sell());
    await().atMost(Duration.ofSeconds(5)).until(() -> ticker.news("spot-balances-live") == 1);
    assertEquals(1, ticker.news("spot-trades-live"));
    assertEquals(2, ticker.news("spot-orders-live"), "its arrival and its fill");
    List<String> kept =
        ticker.subject.leaves("pull").stream()
            .filter(leaf -> leaf.getOrDefault("stream", "").endsWith("-live"))
            .map(leaf -> leaf.get("domain") + " " + leaf.get("outcome"))
            .distinct()
            .sorted()
            .toList();
    assertEquals(List.of("balances stored", "orders stored", "trades stored"), kept);
  }

  @Test
  void whatTheConsentDoesNotCoverIsNotKept() {
    List<String> domains = List.of("balances", "deposits");
    Subject subject =
        remembered(stage.subject(stage.small(306), domains, Stage.LOOK_BACK).connect());
    subject.runWell();
    Ticker ticker = new Ticker(stage, subject).heard();
    ticker.sell();
    await().atMost(Duration.ofSeconds(5)).until(() -> ticker.news("spot-balances-live") == 1);
    assertEquals(0, ticker.news("spot-trades-live"));
    assertEquals(0, ticker.news("spot-orders-live"));
    assertEquals(0, subject.count("select count(*) from entry where kind = 'trade'"));
  }
}
