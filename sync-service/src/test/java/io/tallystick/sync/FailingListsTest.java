package io.tallystick.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tallystick.boot.TestDatabase;
import io.tallystick.connection.ConnectionState;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.exchange.Call;
import io.tallystick.sandbox.fault.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One list that fails each time, at a venue that answers all the others: it is left out alone. */
@QuarkusTest
@TestProfile(EngineProfile.class)
@WithTestResource(TestDatabase.class)
class FailingListsTest extends OnStage {
  private static final String FUNDING = "/sapi/v1/asset/get-funding-asset";

  @ParameterizedTest
  @ValueSource(strings = {DEPOSITS, FUNDING, TRADES})
  @DisplayName("F27 a list that answers with an error each time is a gap, and the rest is read")
  void aListThatAlwaysAnswersWithAnErrorIsAGap(String path) {
    Account account = stage.small(80);
    String undisturbed = stage.undisturbed(account);
    Subject subject = stage.subject(account).connect();
    stage.sandbox().faults().next(1_000, path, new Fault.ServerError(503));
    long since = stage.sandbox().calls().next();

    subject.runWell();

    assertGap(subject, "venue-error");
    List<String> asked = subject.calls(since).stream().map(Call::path).toList();
    assertTrue(asked.stream().filter(path::equals).count() <= 12, "three parts, four times each");
    assertTrue(asked.contains(path.equals(TRADES) ? DEPOSITS : TRADES), "the rest: " + asked);

    stage.sandbox().faults().clear();
    subject.runWell();

    assertEquals(List.of(), subject.gaps());
    assertEquals(undisturbed, subject.hash());
    assertEquals(Map.of(), subject.differences());
  }

  @Test
  @DisplayName("F27 a list that never answers ends one run, and no other")
  void aListThatNeverAnswersIsAGapInTheNextRun() {
    Account account = stage.small(83);
    String undisturbed = stage.undisturbed(account);
    Subject subject = stage.subject(account).connect();
    stage.sandbox().faults().next(1_000, DEPOSITS, new Fault.Reset());

    assertEquals("stopped", subject.run().state(), "it may be the venue");
    assertEquals(ConnectionState.VENUE_DOWN, subject.link().state());
    LeapingPace.leap(Duration.ofMinutes(2));
    subject.runWell();

    assertEquals(ConnectionState.ACTIVE, subject.link().state());
    assertGap(subject, "venue-error");
    assertTrue(subject.count("select count(*) from entry where kind = 'trade'") > 0);

    stage.sandbox().faults().clear();
    subject.runWell();

    assertEquals(List.of(), subject.gaps());
    assertEquals(undisturbed, subject.hash());
  }

  @ParameterizedTest
  @ValueSource(strings = {FUNDING, "/api/v3/account"})
  @DisplayName("F39 balances that are closed to a good key are a gap, and the rest is read")
  void balancesThatAreClosedToAGoodKeyAreAGap(String path) {
    Account account = stage.small(82);
    String undisturbed = stage.undisturbed(account);
    Subject subject = stage.subject(account).connect();
    stage
        .sandbox()
        .faults()
        .next(1_000, path, new Fault.Refuse(401, -2015, "Invalid API-key, IP, or permissions."));

    assertEquals("stopped", subject.run().state(), "the first time the key is doubted");
    LeapingPace.leap(Duration.ofMinutes(6));
    subject.runWell();

    assertEquals(ConnectionState.ACTIVE, subject.link().state());
    assertGap(subject, "closed-to-the-key");
    assertTrue(subject.count("select count(*) from entry where kind = 'trade'") > 0);

    stage.sandbox().faults().clear();
    LeapingPace.leap(Duration.ofMinutes(6));
    subject.runWell();

    assertEquals(List.of(), subject.gaps());
    assertEquals(undisturbed, subject.hash());
  }

  private static void assertGap(Subject subject, String reason) {
    List<String> gaps = subject.gaps();
    assertTrue(gaps.stream().anyMatch(gap -> gap.endsWith(" " + reason)), gaps.toString());
  }
}
