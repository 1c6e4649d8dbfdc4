package io.tallystick.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.tallystick.boot.TestDatabase;
import io.tallystick.sandbox.fault.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the API says of connections while a venue has stopped the address they share. */
@QuarkusTest
@TestProfile(EngineProfile.class)
@WithTestResource(TestDatabase.class)
class StopShownTest extends OnStage {
  @ParameterizedTest(name = "{0}")
  @CsvSource({"banned,150", "limited,60"})
  @DisplayName("F24 a stop shows at every connection of the venue, with the instant it ends")
  void f24AStopShowsAtEveryConnectionWithTheInstantItEnds(String cause, int seconds) {
    Subject other = stage.subject(stage.small(81)).connect();
    Subject subject = stage.subject(stage.small(82)).connect();
    Fault fault =
        cause.equals("banned") ? new Fault.Banned(seconds) : new Fault.TooMany("" + seconds);
    stage.sandbox().faults().next(1, TRADES, fault);
    Set<String> shown = new TreeSet<>();
    TreeSet<Instant> ends = new TreeSet<>();
    AtomicInteger looks = new AtomicInteger();
    LeapingPace.watched(() -> {
      if (shown.size() > 1 && looks.incrementAndGet() > 2) {
        return;
      }
      for (Subject one : Set.of(other, subject)) {
        Response said = one.get("/v1/connections/" + one.connection);
        String until = said.path("waiting_until");
        if (until != null) {
          shown.add(said.path("state") + " " + said.path("state_reason"));
          ends.add(Instant.parse(until));
        }
      }
      Response list = other.get("/v1/connections");
      shown.add("list " + list.<List<Map<String, Object>>>path("items").getFirst().get("state"));
    });

    subject.runWell();

    assertEquals(
        Set.of("waiting " + cause, "list waiting"),
        shown.stream().filter(state -> !state.equals("list active")).collect(Collectors.toSet()));
    long apart = Duration.between(ends.first(), ends.last()).toMillis();
    assertTrue(apart < 1000, "one instant, whoever asks: " + ends);
    assertEquals("active", other.get("/v1/connections/" + other.connection).path("state"));
  }

  @Test
  void aRunThatWaitsLongIsTheOneThatAManualSyncIsAnsweredWith() {
    Subject subject = stage.subject(stage.small(83)).connect();
    subject.runWell();
    stage.sandbox().faults().next(1, TRADES, new Fault.Banned(600));
    LeapingPace.leap(Duration.ofDays(8));
    Set<String> answers = new TreeSet<>();
    AtomicInteger looks = new AtomicInteger();
    LeapingPace.watched(() -> {
      // A look every two seconds of waiting: this is after four minutes, and after eight.
      int look = looks.incrementAndGet();
      if (look == 120 || look == 240) {
        String runs = "/v1/connections/" + subject.connection + "/sync-runs";
        answers.add(subject.post(runs, "").path("state"));
      }
    });

    subject.runWell();

    assertTrue(looks.get() > 240, "it waited " + looks.get() + " times");
    assertEquals(Set.of("under-way"), answers);
  }

  @Test
  void whoAsksAgainAndAgainAsksForOneRun() {
    Subject subject = stage.subject(stage.small(84)).connect();
    subject.runWell();
    String runs = "/v1/connections/" + subject.connection + "/sync-runs";
    for (int i = 0; i < 5; i++) {
      subject.post(runs, "").then().statusCode(202);
      LeapingPace.leap(Duration.ofMillis(100));
    }
    String waiting =
        "select count(*) from qrtz_triggers where trigger_name like '%/"
            + subject.link().tenant()
            + "/"
            + subject.link().holder()
            + "/%' and trigger_name not like";
    assertEquals(1, subject.count(waiting + " 'regular/%'"));
  }
}
