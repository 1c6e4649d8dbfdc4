package io.tallystick.sync;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tallystick.boot.TestDatabase;
import io.tallystick.venue.Bookmark;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Balances that are reported and heard at the same time: the later of both stands. */
@QuarkusTest
@TestProfile(LiveProfile.class)
@WithTestResource(TestDatabase.class)
class LiveBalancesTest extends Listening {
  private static final String BALANCES = "/sapi/v3/asset/getUserAsset";

  @Test
  @DisplayName("F17 news of balances counts although our own clock is ahead of the venue's")
  void newsCountsThoughOurClockIsAhead() {
    stage.sandbox().exchange().clock().offset(-90_000);
    Ticker ticker = listening(341);
    ticker.booked(ticker.sell());
    agree(ticker);
  }

  @Test
  void newsThatComesWhileAReportIsReadStandsAndTheNextReportIsNew() {
    Ticker ticker = listening(342);
    // The report differs from the one before, and is overtaken on its way.
    ticker.booked(ticker.sell());
    agree(ticker);
    AtomicBoolean sold = new AtomicBoolean();
    stage.between((request, exchange) -> {
      var reply = exchange.apply(request);
      if (request.path().equals(BALANCES) && sold.compareAndSet(false, true)) {
        ticker.booked(ticker.sell());
        agree(ticker);
      }
      return reply;
    });
    ticker.subject.runWell();
    stage.between(null);

    agree(ticker);
    assertEquals(
        1,
        ticker.subject.count(
            "select count(*) from bookmark where stream = 'spot-balances' and position = '"
                + Bookmarks.encode(new Bookmark.Snapshot(null))
                + "'"),
        "what was heard may be taken back unheard");
  }

  private static void agree(Ticker ticker) {
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertEquals(Map.of(), ticker.subject.differences()));
  }
}
