package io.tallystick.sync;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tallystick.boot.TestDatabase;
import io.tallystick.sandbox.exchange.Call;
import io.tallystick.sandbox.exchange.Sockets;
import io.tallystick.sandbox.fault.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Where a venue lets nobody listen, the lists are read all the same, and it is asked less. */
@QuarkusTest
@TestProfile(LiveProfile.class)
@WithTestResource(TestDatabase.class)
class LiveRefusalsTest extends Listening {
  private static final String NEWS =
      "select count(*) from qrtz_triggers where trigger_name like 'news/%'";
  private static final String SUBSCRIBE = "userDataStream.subscribe.signature";

  @Test
  @DisplayName("F26 a firewall before the sockets alone ends listening for a while, and no reading")
  void aFirewallBeforeTheSocketsStopsNoReading() {
    stage.sandbox().faults().next(100_000, "GET", Sockets.PATH, new Fault.Firewall());
    Ticker ticker = knocking(335, 403);
    ran(ticker.subject);
    assertEquals(1, knocks(403), "one knock tells enough");
    assertEquals("active", shown(ticker.subject), "reading waits for nothing");
    // In vain once more, and then for longer.
    LeapingPace.leap(Duration.ofMinutes(7));
    await().atMost(Duration.ofSeconds(10)).until(() -> knocks(403) == 2);
    ran(ticker.subject);
    stage.sandbox().faults().clear();
    LeapingPace.leap(Duration.ofMinutes(13));
    ticker.heard();
    ticker.booked(ticker.sell());
  }

  @Test
  @DisplayName(
      "F23 too many sockets of an address: no more of them for a while, and reading goes on")
  void tooManySocketsStopNoReading() {
    // Sockets are counted by five minutes, of which these have just begun.
    long window = Duration.ofMinutes(5).toMillis();
    long ahead = window - LeapingPace.now().toEpochMilli() % window;
    LeapingPace.leap(Duration.ofMillis(ahead).plusSeconds(10));
    stage.sandbox().faults().next(1, "GET", Sockets.PATH, new Fault.TooMany(""));
    Ticker ticker = knocking(336, 429);
    ran(ticker.subject);
    assertEquals("active", shown(ticker.subject), "reading waits for nothing");
    LeapingPace.leap(Duration.ofMinutes(3));
    ran(ticker.subject);
    assertEquals(0, knocks(101), "nobody knocks meanwhile");
    LeapingPace.leap(Duration.ofMinutes(2));
    ticker.heard();
    ticker.booked(ticker.sell());
  }

  @Test
  void aVenueThatRefusesOnlyTheSubscriptionIsAskedLessAndLess() {
    Fault no = new Fault.Refuse(400, -2036, "Subscription is not active.");
    stage.sandbox().faults().next(100_000, "WS", SUBSCRIBE, no);
    Subject subject = remembered(stage.subject(stage.small(337)).connect());
    asked(1);
    LeapingPace.leap(Duration.ofMinutes(6));
    asked(2);
    LeapingPace.leap(Duration.ofMinutes(6));
    await()
        .during(Duration.ofSeconds(3))
        .atMost(Duration.ofSeconds(5))
        .until(() -> asked().size() == 2);
    LeapingPace.leap(Duration.ofMinutes(5));
    asked(3);
    assertEquals(0, subject.count(NEWS), "a run would find out nothing");
    stage.sandbox().faults().clear();
    LeapingPace.leap(Duration.ofMinutes(21));
    new Ticker(stage, subject).heard();
  }

  @Test
  void whatTheVenueRefusesIsReadOnceForARowOfRefusals() {
    Fault no = new Fault.Refuse(451, 0, "Service unavailable from a restricted location.");
    stage.sandbox().faults().next(100_000, "WS", SUBSCRIBE, no);
    Subject subject = remembered(stage.subject(stage.small(338)).connect());
    asked(1);
    await().atMost(Duration.ofSeconds(5)).until(() -> subject.count(NEWS) == 1);
    subject.tamper("delete from qrtz_simple_triggers where trigger_name like 'news/%'");
    subject.tamper("delete from qrtz_triggers where trigger_name like 'news/%'");
    LeapingPace.leap(Duration.ofMinutes(6));
    asked(2);
    LeapingPace.leap(Duration.ofMinutes(11));
    asked(3);
    assertEquals(0, subject.count(NEWS));
  }

  private void asked(int times) {
    await().atMost(Duration.ofSeconds(10)).until(() -> asked().size() == times);
  }

  private List<Call> asked() {
    return stage.sandbox().calls().all().stream()
        .filter(call -> call.path().equals(SUBSCRIBE))
        .toList();
  }

  /** A new account whose listener was answered so at the door. */
  private Ticker knocking(long seed, int status) {
    Subject subject = remembered(stage.subject(stage.small(seed)).connect());
    await().atMost(Duration.ofSeconds(10)).until(() -> knocks(status) == 1);
    return new Ticker(stage, subject);
  }

  /** A run comes to its end, and at once. */
  private static void ran(Subject subject) {
    int before = subject.runs().size();
    subject.runAside();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            subject.runs().size() == before + 1
                && subject.runs().getFirst().state().equals("finished"));
  }

  private static String shown(Subject subject) {
    return subject.get("/v1/connections/" + subject.connection).path("state");
  }

  private long knocks(int status) {
    return knocked(status).size();
  }

  private List<Call> knocked(int status) {
    return stage.sandbox().calls().all().stream()
        .filter(call -> call.path().equals(Sockets.PATH) && call.status() == status)
        .toList();
  }
}
