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
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A venue in trouble in the middle of a sync: what is said meanwhile, and what is left of it. */
@QuarkusTest
@TestProfile(EngineProfile.class)
@WithTestResource(TestDatabase.class)
class VenueTroubleTest extends OnStage {
  @ParameterizedTest
  @ValueSource(strings = {"37", "0", "", "-5", "soon"})
  @DisplayName("F23 a 429 is waited out as long as it says, else until the next minute")
  void a429IsWaitedOut(String retryAfter) {
    Subject subject = stage.subject(stage.small(71)).connect();
    stage.sandbox().faults().next(1, TRADES, new Fault.TooMany(retryAfter));
    List<String> states = watched(subject);
    long since = stage.sandbox().calls().next();

    subject.runWell();

    Duration rest = restAfter(429, since);
    if (retryAfter.equals("37")) {
      assertTrue(rest.toSeconds() >= 37 && rest.toSeconds() <= 41, "rested " + rest);
    } else {
      assertTrue(rest.toSeconds() <= 63, "rested " + rest);
      Call refused = first(429, since);
      assertTrue(
          refused.at() / 60_000 < (refused.at() + rest.toMillis()) / 60_000, "rested " + rest);
    }
    Set<String> said = new TreeSet<>();
    states.forEach(state -> said.add(state.replaceAll(" until .*", "")));
    // Where a second's window is full the run does not even count as waiting.
    said.remove("running ");
    assertEquals(Set.of("waiting limited"), said);
    assertEquals(Map.of(), subject.differences());
  }

  @Test
  @DisplayName("F23 a 429 that names a date is waited out until then")
  void a429WithADateIsWaitedOut() {
    Subject subject = stage.subject(stage.small(71)).connect();
    Instant date = LeapingPace.now().plusSeconds(95);
    String text = DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atOffset(ZoneOffset.UTC));
    stage.sandbox().faults().next(1, TRADES, new Fault.TooMany(text));
    stage.between((request, exchange) -> {
      String now =
          DateTimeFormatter.RFC_1123_DATE_TIME.format(LeapingPace.now().atOffset(ZoneOffset.UTC));
      return exchange.apply(request).with("Date", now);
    });
    long since = stage.sandbox().calls().next();

    subject.runWell();

    Duration rest = restAfter(429, since);
    assertTrue(rest.toSeconds() >= 85 && rest.toSeconds() <= 99, "rested " + rest);
  }

  @Test
  @DisplayName("F24 a ban stops every connection of the address; one probe goes ahead after it")
  void aBanStopsEverybody() throws Exception {
    Subject banned = stage.subject(stage.small(72)).connect();
    Subject other = stage.subject(stage.small(73)).connect();
    stage.sandbox().faults().next(1, TRADES, new Fault.Banned(150));
    List<Thread> second = new ArrayList<>();
    List<String> states = new ArrayList<>();
    LeapingPace.watched(() -> {
      if (second.isEmpty() && states.stream().anyMatch(state -> state.contains("banned"))) {
        second.add(other.runAside());
      }
      states.addAll(
          banned.texts("select state || ' ' || detail from sync_run where detail is not null"));
    });
    long since = stage.sandbox().calls().next();

    banned.runWell();
    assertTrue(second.getFirst().join(Duration.ofSeconds(30)));

    Duration rest = restAfter(418, since);
    assertTrue(rest.toSeconds() >= 150, "somebody called " + rest + " after the ban began");
    assertTrue(
        states.stream().anyMatch(state -> state.startsWith("waiting banned until")), states + "");
    assertEquals(0, stage.sandbox().calls().earnedRefusals());
    assertEquals("finished", other.runs().getFirst().state());
    assertEquals(Map.of(), banned.differences());
    assertEquals(Map.of(), other.differences());
  }

  @Test
  @DisplayName("F26 a firewall's page makes the run wait, and says nothing about the key")
  void aFirewallIsWaitedOut() {
    Subject subject = stage.subject(stage.small(74)).connect();
    stage.sandbox().faults().next(1, TRADES, new Fault.Firewall());
    long since = stage.sandbox().calls().next();

    subject.runWell();

    assertTrue(restAfter(403, since).toMinutes() >= 5);
    assertEquals(ConnectionState.ACTIVE, subject.link().state());
    assertEquals(Map.of(), subject.differences());
  }

  @Test
  @DisplayName("F26 F29 a refused region stops the connection, and nothing is asked any more")
  void aRefusedRegionStopsTheConnection() {
    Subject subject = stage.subject(stage.small(75)).connect();
    stage.sandbox().faults().next(1, TRADES, new Fault.Region());

    Runs.Shown run = subject.run();

    assertEquals("stopped", run.state());
    assertEquals("region", run.detail());
    assertEquals(ConnectionState.REGION_REFUSED, subject.link().state());
    assertEquals("region", subject.leaves("pull").getLast().get("outcome"));
    long since = stage.sandbox().calls().next();
    subject.runInVain();
    assertEquals(List.of(), subject.calls(since));
  }

  static Stream<Fault> answersThatAreNone() {
    return Stream.of(
        new Fault.Page(), new Fault.HugeBody(20_000_000), new Fault.GzipBomb(60_000_000));
  }

  @ParameterizedTest
  @MethodSource("answersThatAreNone")
  @DisplayName("F26 F28 an answer that is none leaves a gap, not a doubt; the next run closes it")
  void anUnusableAnswerLeavesAGap(Fault fault) {
    Account account = stage.small(76);
    Subject subject = stage.subject(account).connect();
    stage.sandbox().faults().next(1, DEPOSITS, fault);

    subject.runWell();

    assertEquals(List.of("deposits  unreadable-page"), subject.gaps());
    assertEquals("unreadable", outcomes(subject, "deposits").getLast());
    assertEquals(ConnectionState.ACTIVE, subject.link().state());
    assertEquals(0, subject.count("select count(*) from entry where kind = 'deposit'"));

    subject.runWell();

    assertEquals(List.of(), subject.gaps());
    assertEquals(Map.of(), subject.differences());
  }

  static Stream<Fault> passingTroubles() {
    return Stream.of(
        new Fault.ServerError(500),
        new Fault.ServerError(502),
        new Fault.ServerError(503),
        new Fault.ServerError(504),
        new Fault.Reset(),
        new Fault.CutBody(),
        new Fault.HalfJson(),
        new Fault.WrongLength(40),
        new Fault.WrongLength(-20));
  }

  @ParameterizedTest
  @MethodSource("passingTroubles")
  @DisplayName("F27 passing trouble is tried again a few times and leaves no trace in the books")
  void passingTroubleIsTriedAgain(Fault fault) {
    Account account = stage.small(77);
    String undisturbed = stage.undisturbed(account);
    Subject subject = stage.subject(account).connect();
    stage.sandbox().faults().next(2, TRADES, fault);
    stage.sandbox().faults().next(1, DEPOSITS, fault);

    subject.runWell();

    assertEquals(0, stage.sandbox().faults().pending());
    assertEquals(undisturbed, subject.hash());
    assertEquals(List.of(), subject.gaps());
  }

  @Test
  @DisplayName(
      "F27 a run that gives up stores nothing of the page, and the next goes on from there")
  void aSyncInterruptedAnywhereEndsInTheSameLedger() {
    Account account = stage.small(78);
    String undisturbed = stage.undisturbed(account);
    Subject subject = stage.subject(account).connect();
    TreeSet<String> phases = new TreeSet<>();
    for (int call : new int[] {0, 2, 3, 5, 7, 9}) {
      long first = stage.sandbox().calls().next() + call;
      for (int i = 0; i < 4; i++) {
        stage.sandbox().faults().atCall(first + i, new Fault.Reset());
      }
      Runs.Shown run = subject.run();
      assertEquals("stopped", run.state(), "at call " + call);
      assertEquals(ConnectionState.VENUE_DOWN, subject.link().state());
      stage.sandbox().faults().clear();
      phases.add(String.valueOf(run.phase()));
      LeapingPace.leap(Duration.ofMinutes(2));
    }
    assertTrue(phases.size() >= 3, phases.toString());

    subject.runWell();

    assertEquals(undisturbed, subject.hash());
    assertEquals(Map.of(), subject.differences());
    assertEquals(ConnectionState.ACTIVE, subject.link().state());
    assertEquals(List.of(), subject.gaps());
  }

  /** What the run's row says each time it waits. */
  private static List<String> watched(Subject subject) {
    List<String> states = new ArrayList<>();
    LeapingPace.watched(() ->
        states.addAll(subject.texts("select state || ' ' || coalesce(detail, '') from sync_run")));
    return states;
  }

  private static List<String> outcomes(Subject subject, String stream) {
    return subject.leaves("pull").stream()
        .filter(leaf -> stream.equals(leaf.get("stream")))
        .map(leaf -> leaf.get("outcome"))
        .toList();
  }

  private Call first(int status, long since) {
    return stage.sandbox().calls().since(since).stream()
        .filter(call -> call.status() == status)
        .findFirst()
        .orElseThrow();
  }

  /** How long nobody called after the first answer of this status. */
  private Duration restAfter(int status, long since) {
    Call refused = first(status, since);
    long next =
        stage.sandbox().calls().since(refused.index() + 1).stream()
            .mapToLong(Call::at)
            .min()
            .orElseThrow();
    return Duration.ofMillis(next - refused.at());
  }
}
