package io.tallystick.sync;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tallystick.boot.TestDatabase;
import io.tallystick.sandbox.account.Fill;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** One line follows another: whether anything fell between the two. */
@QuarkusTest
@TestProfile(LiveProfile.class)
@WithTestResource(TestDatabase.class)
class LiveOverlapTest extends Listening {
  private static final String PLANNED =
      "select next_fire_time from qrtz_triggers where trigger_name like 'news/%'";

  @Test
  void aLineThatWasDeadWhenAnotherFollowedItIsReadBehind() {
    Ticker ticker = listening(321);
    LeapingPace.leap(Duration.ofSeconds(40));
    pings(ticker.sockets(), Duration.ofSeconds(1));
    long planned = ticker.subject.count(PLANNED);
    // Not yet as silent as a dead line when the new key's takes its place.
    ticker.sockets().lose();
    Fill missed = ticker.sell();
    ticker.subject.changeKey();
    await().atMost(Duration.ofSeconds(10)).until(() -> ticker.sockets().subscribed() == 2);
    ticker.booked(ticker.sell());
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> {
          pings(ticker.sockets(), Duration.ofSeconds(5));
          return ticker.subject.count(PLANNED) > planned;
        });
    assertEquals(0, ticker.entries(missed), "nobody heard it");
    ticker.subject.runWell();
    assertEquals(1, ticker.entries(missed));
    ticker.complete();
  }

  @Test
  void aLineThatLivedUntilAnotherFollowedItNeedsNoRun() {
    Ticker ticker = listening(322);
    LeapingPace.leap(Duration.ofSeconds(40));
    pings(ticker.sockets(), Duration.ofSeconds(1));
    long planned = ticker.subject.count(PLANNED);
    ticker.subject.changeKey();
    await().atMost(Duration.ofSeconds(10)).until(() -> ticker.sockets().subscribed() == 2);
    alone(ticker);
    assertEquals(planned, ticker.subject.count(PLANNED));
  }
}
