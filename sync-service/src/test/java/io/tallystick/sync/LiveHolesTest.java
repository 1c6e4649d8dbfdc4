package io.tallystick.sync;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tallystick.boot.TestDatabase;
import io.tallystick.sandbox.account.Fill;
import io.tallystick.sandbox.account.Wallet;
import io.tallystick.sandbox.exchange.Sockets;
import io.tallystick.sandbox.fault.Fault;
import io.tallystick.sandbox.market.Asset;
import io.tallystick.sandbox.market.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the line did not tell is read from the lists, and nothing is told twice. */
@QuarkusTest
@TestProfile(LiveProfile.class)
@WithTestResource(TestDatabase.class)
class LiveHolesTest extends Listening {
  private static final String PLANNED =
      "select next_fire_time from qrtz_triggers where trigger_name like 'news/%'";

  private void shut() {
    stage.sandbox().faults().next(100_000, "GET", Sockets.PATH, new Fault.Reset());
  }

  @Test
  @DisplayName("a line that was cut for an hour is repaired without duplicate and without loss")
  void anHourWithoutALineIsRepaired() {
    Ticker ticker = listening(311);
    Fill before = ticker.sell();
    ticker.booked(before);
    shut();
    ticker.sockets().cut();
    List<Fill> missed = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      missed.add(ticker.sell());
      LeapingPace.leap(Duration.ofSeconds(144));
    }
    missed.forEach(fill -> assertEquals(0, ticker.entries(fill), "nobody heard it"));
    stage.sandbox().faults().clear();
    ticker.heard();
    Fill after = ticker.sell();
    ticker.booked(after);
    ticker.subject.runWell();
    ticker.complete();
    missed.forEach(fill -> assertEquals(1, ticker.revisions(fill)));
    assertEquals(Map.of(), ticker.subject.differences());
    assertEquals(undisturbed(ticker.account), ticker.subject.hash());
  }

  @Test
  void aRunIsAskedForByItselfOnceTheLineIsOpenAgain() {
    stage.likeOutside();
    Subject subject = remembered(stage.subject(stage.small(312)).connect());
    Ticker ticker = new Ticker(stage, subject).heard();
    settled(subject);
    shut();
    ticker.sockets().cut();
    List<Fill> missed = List.of(ticker.sell(), ticker.sell(), ticker.sell());
    stage.sandbox().faults().clear();
    ticker.heard();
    // Where the run that was asked for at first has begun by now, the next comes half a minute
    // later.
    await()
        .atMost(Duration.ofSeconds(50))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> missed.stream().allMatch(fill -> ticker.entries(fill) == 1));
    settled(subject);
    assertEquals("news", subject.runs().getFirst().trigger());
    ticker.complete();
    assertEquals(undisturbed(ticker.account), subject.hash());
  }

  private static void settled(Subject subject) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(200))
        .until(() ->
            subject.count("select count(*) from sync_run where state = 'finished'") > 0
                && subject.count("select count(*) from sync_run where state <> 'finished'") == 0);
  }

  @Test
  void aLineIsReplacedBeforeItsDayIsOverAndNothingFallsBetween() {
    Ticker ticker = listening(313);
    Sockets sockets = ticker.sockets();
    assertEquals(1, sockets.subscribed());
    long calls = stage.sandbox().calls().next();
    List<Fill> fills = new ArrayList<>();
    // All but nine minutes of the day for which the venue keeps a line open.
    for (int steps = 1; steps <= 24 * 144 - 22; steps++) {
      pings(sockets, Duration.ofSeconds(25));
      if (steps % 800 == 0) {
        fills.add(ticker.sell());
      }
    }
    // A clock that leapt in the middle of opening costs a try, after which time must go on.
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> {
          pings(sockets, Duration.ofSeconds(1));
          return sockets.subscribed() == 2;
        });
    fills.add(ticker.sell());
    // The rest of the day, and more: the venue closes what is still open from before.
    for (int steps = 1; steps <= 60; steps++) {
      pings(sockets, Duration.ofSeconds(25));
    }
    await().atMost(Duration.ofSeconds(10)).until(() -> sockets.connections() == 1);
    fills.add(ticker.sell());
    fills.forEach(ticker::booked);
    assertEquals(2, sockets.subscribed(), "one line followed the other");
    assertEquals(0, ticker.tradeCalls(calls), "no list was needed");
    ticker.complete();
    ticker.subject.runWell();
    assertEquals(undisturbed(ticker.account), ticker.subject.hash());
  }

  @Test
  void aVenueThatAnnouncesItsShutdownIsLeftBeforeItComes() {
    Ticker ticker = listening(314);
    long calls = stage.sandbox().calls().next();
    Fill first = ticker.sell();
    ticker.sockets().announceShutdown();
    await().atMost(Duration.ofSeconds(10)).until(() -> ticker.sockets().opened() == 2);
    Fill second = ticker.sell();
    alone(ticker);
    Fill third = ticker.sell();
    List.of(first, second, third).forEach(ticker::booked);
    assertEquals(0, ticker.tradeCalls(calls));
    ticker.complete();
  }

  @Test
  void newsIsPutDownWhileTheNextLineIsStillBeingOpened() {
    Ticker ticker = listening(331);
    Fault slow = new Fault.Slow(8_000);
    stage.sandbox().faults().next(1, "WS", "userDataStream.subscribe.signature", slow);
    ticker.sockets().announceShutdown();
    await().atMost(Duration.ofSeconds(10)).until(() -> ticker.sockets().subscribed() == 2);
    Fill fill = ticker.sell();
    await().atMost(Duration.ofSeconds(3)).until(() -> ticker.entries(fill) == 1);
    ticker.complete();
  }

  @Test
  void aLineThatBreaksWhileTheNextIsStillBeingOpenedIsReadBehind() {
    Ticker ticker = listening(332);
    Sockets sockets = ticker.sockets();
    for (int step = 0; step < 3; step++) {
      pings(sockets, Duration.ofSeconds(25));
    }
    // The venue's clock must be read anew first, and that takes long enough for the line to break.
    long calls = stage.sandbox().calls().next();
    stage.sandbox().faults().next(1, "GET", "/api/v3/time", new Fault.Slow(4_000));
    long planned = ticker.subject.count(PLANNED);
    sockets.announceShutdown();
    await().atMost(Duration.ofSeconds(10)).until(() -> stage.sandbox().calls().next() > calls);
    sockets.cut();
    Fill missed = ticker.sell();
    ticker.heard();
    assertEquals(0, ticker.entries(missed), "nobody heard it");
    await().atMost(Duration.ofSeconds(5)).until(() -> ticker.subject.count(PLANNED) > planned);
    ticker.subject.runWell();
    assertEquals(1, ticker.entries(missed));
    ticker.complete();
  }

  @Test
  void aSilentLineIsGivenUpAndReadBehind() {
    Ticker ticker = listening(315);
    ticker.sockets().faults().silent(true);
    Fill unheard = ticker.sell();
    LeapingPace.leap(Duration.ofSeconds(65));
    await().atMost(Duration.ofSeconds(10)).until(() -> ticker.sockets().opened() == 2);
    ticker.sockets().faults().silent(false);
    ticker.heard();
    assertEquals(0, ticker.entries(unheard));
    ticker.subject.runWell();
    assertEquals(1, ticker.entries(unheard));
    ticker.complete();
  }

  @Test
  @DisplayName("F8 an event that the venue never told is found by the next run")
  void aLostEventIsFoundByTheNextRun() {
    Ticker ticker = listening(316);
    ticker.sockets().faults().lose(3);
    Fill lost = ticker.sell();
    Fill told = ticker.sell();
    ticker.booked(told);
    assertEquals(0, ticker.entries(lost), "news of the later one proves nothing about the earlier");
    ticker.subject.runWell();
    assertEquals(1, ticker.entries(lost), "no bookmark was moved over it");
    ticker.complete();
  }

  @Test
  void aLineThatBreaksInTheMiddleOfATradeLosesNothing() {
    Ticker ticker = listening(317);
    ticker.sockets().faults().closeAfter(1);
    Fill half = ticker.sell();
    ticker.heard();
    Fill next = ticker.sell();
    ticker.booked(next);
    ticker.subject.runWell();
    assertEquals(1, ticker.entries(half));
    ticker.complete();
    assertEquals(Map.of(), ticker.subject.differences());
  }

  @Test
  @DisplayName(
      "F17 a node whose clock jumps by ten minutes keeps the right to listen, and hears on")
  void aNodeWhoseClockJumpsHearsOn() {
    Ticker ticker = listening(318);
    long token = ticker.subject.count("select token from live_lease");
    LeapingPace.leap(Duration.ofMinutes(10));
    stage.sandbox().exchange().clock().jump(-Duration.ofMinutes(10).toMillis());
    // By our clock nothing came for ten minutes: the line is opened anew, with the venue's time.
    await().atMost(Duration.ofSeconds(10)).until(() -> ticker.sockets().opened() == 2);
    ticker.heard();
    ticker.booked(ticker.sell());
    assertEquals(token, ticker.subject.count("select token from live_lease"));
    ticker.complete();
  }

  @Test
  void whatIsOnlyHintedAtIsReadInARun() {
    Ticker ticker = listening(319);
    long atTheOpening = ticker.subject.count(PLANNED);
    LeapingPace.leap(Duration.ofSeconds(31));
    Asset coin = ticker.listing.base();
    stage.sandbox().exchange().floor().deposit(ticker.account, coin, Units.ONE, Wallet.SPOT, 1);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> ticker.subject.count(PLANNED) >= atTheOpening + 30_000);
    assertEquals(2, ticker.news("spot-balances-live"), "the hint is evidence too");
  }

  @Test
  void whatIsHintedAtWhileARunWaitsToBeginIsReadByAnother() {
    Ticker ticker = listening(320);
    LeapingPace.leap(Duration.ofSeconds(40));
    ticker.sockets().cut();
    await().atMost(Duration.ofSeconds(10)).until(() -> ticker.sockets().opened() == 2);
    long now = LeapingPace.now().toEpochMilli();
    await().until(() -> ticker.subject.count(PLANNED) >= now - 5_000);
    long atTheOpening = ticker.subject.count(PLANNED);
    LeapingPace.leap(Duration.ofSeconds(1));
    Asset coin = ticker.listing.base();
    stage.sandbox().exchange().floor().deposit(ticker.account, coin, Units.ONE, Wallet.SPOT, 1);
    await().until(() -> ticker.news("spot-balances-live") == 2);
    assertEquals(atTheOpening, ticker.subject.count(PLANNED), "that run is not put off");
    LeapingPace.leap(Duration.ofSeconds(7));
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> ticker.subject.count(PLANNED) >= atTheOpening + 29_000);
  }
}
