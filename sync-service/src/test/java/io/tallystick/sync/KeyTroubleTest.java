package io.tallystick.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tallystick.boot.TestDatabase;
import io.tallystick.connection.ConnectionState;
import io.tallystick.sandbox.exchange.ApiKey;
import io.tallystick.sandbox.exchange.Call;
import io.tallystick.sandbox.fault.Fault;
import io.tallystick.sandbox.protocol.Rights;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Keys that are refused, or that can suddenly do more than read. */
@QuarkusTest
@TestProfile(EngineProfile.class)
@WithTestResource(TestDatabase.class)
class KeyTroubleTest extends OnStage {
  private static final Duration APART = Duration.ofMinutes(5).plusSeconds(10);
  private static final Fault REFUSED =
      new Fault.Refuse(401, -2015, "Invalid API-key, IP, or permissions for action.");

  @Test
  @DisplayName(
      "F39 a key that is refused once is doubted, and trusted again without anybody's help")
  void aPassingRefusalOnlyRaisesADoubt() {
    var account = stage.small(21);
    String undisturbed = stage.undisturbed(account);
    Subject subject = stage.subject(account).connect();
    stage.sandbox().faults().next(1, TRADES, REFUSED);

    Runs.Shown run = subject.run();

    assertEquals("stopped", run.state());
    assertEquals("key-or-address-or-right", run.detail());
    assertEquals(ConnectionState.KEY_DOUBTED, subject.link().state());
    LeapingPace.leap(APART);
    subject.runWell();
    assertEquals(ConnectionState.ACTIVE, subject.link().state());
    assertEquals(undisturbed, subject.hash());
  }

  @Test
  @DisplayName("F39 three refusals that keep their distance end it, and nothing is asked any more")
  void threeSpacedRefusalsRejectTheKey() {
    Subject subject = stage.subject(stage.small(22)).connect();
    stage.sandbox().exchange().changeKey(subject.key.key(), key -> key.revoked(true));

    subject.run();
    subject.run();
    subject.run();
    assertEquals(ConnectionState.KEY_DOUBTED, subject.link().state(), "three in a moment are one");
    LeapingPace.leap(APART);
    subject.run();
    assertEquals(ConnectionState.KEY_DOUBTED, subject.link().state());
    LeapingPace.leap(APART);
    subject.run();
    assertEquals(ConnectionState.KEY_REJECTED, subject.link().state());

    int runs = subject.runs().size();
    long since = stage.sandbox().calls().next();
    LeapingPace.leap(APART);
    subject.runInVain();
    assertEquals(runs, subject.runs().size());
    assertEquals(List.of(), subject.calls(since));
  }

  @Test
  @DisplayName("F39 a list that is closed to a good key becomes a gap, and the rest is read")
  void aListThatIsClosedToAGoodKeyIsAGap() {
    Subject subject = stage.subject(stage.small(28)).connect();
    stage.sandbox().faults().next(1_000, DEPOSITS, REFUSED);

    assertEquals("stopped", subject.run().state(), "the first time the key is doubted");
    LeapingPace.leap(APART);
    subject.runWell();

    assertEquals(ConnectionState.ACTIVE, subject.link().state());
    assertTrue(subject.gaps().contains("deposits  closed-to-the-key"), subject.gaps().toString());
    long trades = subject.count("select count(*) from entry where kind = 'trade'");
    assertTrue(trades > 0, "what comes after the list is read");
    LeapingPace.leap(Duration.ofMinutes(11));
    subject.runWell();
    long since = stage.sandbox().calls().next();
    LeapingPace.leap(Duration.ofMinutes(5));
    subject.runWell();
    assertFalse(
        subject.calls(since).stream().anyMatch(call -> call.path().equals(DEPOSITS)),
        "asked again when a balance moved, not in every run");

    stage.sandbox().faults().clear();
    for (int day = 0; day < 32 && !subject.gaps().isEmpty(); day++) {
      LeapingPace.leap(Duration.ofDays(1));
      subject.runWell();
    }
    assertEquals(List.of(), subject.gaps(), "opened to the key, it is read");
    assertEquals(Map.of(), subject.differences());
  }

  @Test
  void marketsThatWereClosedToTheKeyAreAskedInTheNextRun() {
    var account = stage.small(29);
    String undisturbed = stage.undisturbed(account);
    Subject subject = stage.subject(account).connect();
    stage.sandbox().faults().next(1_000, TRADES, REFUSED);
    subject.run();
    LeapingPace.leap(APART);
    long since = stage.sandbox().calls().next();
    subject.runWell();
    assertEquals(
        1,
        subject.calls(since).stream().filter(call -> call.path().equals(TRADES)).count(),
        "one market tells of all");

    stage.sandbox().faults().clear();
    LeapingPace.leap(APART);
    subject.runWell();

    assertEquals(List.of(), subject.gaps());
    assertEquals(undisturbed, subject.hash());
  }

  @Test
  @DisplayName("F38 a key that gained a right is suspended by name before any record is asked for")
  void aWidenedKeyIsSuspendedBeforeAnythingElse() {
    Subject subject = stage.subject(stage.small(23)).connect();
    subject.runWell();
    widen(subject);
    long since = stage.sandbox().calls().next();

    Runs.Shown run = subject.run();

    assertEquals("stopped", run.state());
    assertEquals(ConnectionState.RIGHTS_WIDENED, subject.link().state());
    assertEquals("enableWithdrawals", subject.link().stateReason());
    assertEquals(List.of(RIGHTS), subject.calls(since).stream().map(Call::path).toList());
    Map<String, String> read = subject.leaves("rights.checked").getLast();
    assertEquals("too_powerful", read.get("verdict"));
    Map<String, String> changed = subject.leaves("connection.changed").getLast();
    assertEquals("rights-widened", changed.get("to"));
    assertEquals("enableWithdrawals", changed.get("reason"));

    since = stage.sandbox().calls().next();
    subject.runInVain();
    assertEquals(List.of(), subject.calls(since));
  }

  @Test
  @DisplayName("F38 rights are read again within a long run, which ends where they widened")
  void aLongRunReadsRightsAgain() {
    Subject subject = stage.subject(stage.small(24)).connect();
    AtomicInteger asked = new AtomicInteger();
    stage.between((request, exchange) -> {
      if (request.path().equals(TRADES) && asked.incrementAndGet() == 2) {
        widen(subject);
        LeapingPace.leap(Duration.ofMinutes(16));
      }
      return exchange.apply(request);
    });
    long since = stage.sandbox().calls().next();

    Runs.Shown run = subject.run();

    assertEquals("stopped", run.state());
    assertEquals(ConnectionState.RIGHTS_WIDENED, subject.link().state());
    List<String> paths = subject.calls(since).stream().map(Call::path).toList();
    // The call that was on its way counts as sent; it may be judged twice, as the clock moved.
    assertEquals(RIGHTS, paths.getLast());
    assertTrue(paths.stream().filter(TRADES::equals).count() <= 3, paths.toString());
  }

  @Test
  void aRunGoesOnWithTheNewKeyWhenTheFormerOneIsDeletedAtTheVenue() {
    var account = stage.small(26);
    String undisturbed = stage.undisturbed(account);
    Subject subject = stage.subject(account).connect();
    AtomicInteger asked = new AtomicInteger();
    stage.between((request, exchange) -> {
      if (request.path().equals(TRADES) && asked.incrementAndGet() == 2) {
        subject.changeKey();
        revoke(subject.key);
      }
      return exchange.apply(request);
    });

    Runs.Shown run = subject.runWell();

    assertEquals("derived and reported balances agree", run.detail());
    assertEquals(ConnectionState.ACTIVE, subject.link().state());
    assertEquals(undisturbed, subject.hash());
  }

  @Test
  void aKeyThatWasDestroyedMeanwhileSignsNothingMore() {
    var account = stage.small(28);
    Subject subject = stage.subject(account).connect();
    AtomicInteger asked = new AtomicInteger();
    stage.between((request, exchange) -> {
      if (request.path().equals(TRADES) && asked.incrementAndGet() == 2) {
        subject.changeKey(0);
      }
      return exchange.apply(request);
    });
    long since = stage.sandbox().calls().next();

    Runs.Shown run = subject.runWell();

    assertEquals("derived and reported balances agree", run.detail());
    List<Call> trades =
        stage.sandbox().calls().since(since).stream()
            .filter(call -> call.path().equals(TRADES))
            .toList();
    String former = trades.getFirst().key();
    assertTrue(trades.size() > 3, trades.size() + " lists of trades");
    assertEquals(2, trades.stream().filter(call -> call.key().equals(former)).count());
  }

  @Test
  void theFormerKeyReadsWhereTheVenueRefusesTheNewOne() {
    var account = stage.small(27);
    Subject subject = stage.subject(account).connect();
    ApiKey fresh = subject.changeKey();
    revoke(fresh);

    Runs.Shown run = subject.runWell();

    assertTrue(run.detail().contains("the venue refused the new key"), run.detail());
    assertEquals(ConnectionState.ACTIVE, subject.link().state());
    revoke(subject.key);
    assertEquals("stopped", subject.run().state());
    assertEquals(ConnectionState.KEY_DOUBTED, subject.link().state(), "neither of both");
  }

  private void revoke(ApiKey key) {
    stage.sandbox().exchange().changeKey(key.key(), known -> known.revoked(true));
  }

  @Test
  @DisplayName("F45 a second key of the same account makes no second connection")
  void theSameAccountIsNotConnectedTwice() {
    Subject subject = stage.subject(stage.small(25)).connect();

    subject
        .tryToConnect(
            stage.sandbox().addKey(subject.account, io.tallystick.sandbox.exchange.KeyGrant.hmac()))
        .then()
        .statusCode(409);
    assertEquals(1, subject.count("select count(*) from connection"));
  }

  private void widen(Subject subject) {
    stage
        .sandbox()
        .exchange()
        .changeKey(
            subject.key.key(), key -> key.with(Rights.readOnly().with("enableWithdrawals", true)));
  }
}
