package io.tallystick.sync;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.tallystick.boot.TestDatabase;
import io.tallystick.connection.Link;
import io.tallystick.sandbox.fault.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Runs that nobody looks at any more go, and take nothing along that is still needed. */
@QuarkusTest
@TestProfile(EngineProfile.class)
@WithTestResource(TestDatabase.class)
class OldRunsTest extends OnStage {
  private static UUID began(Subject subject, int daysAgo, String state) {
    UUID id = UUID.randomUUID();
    subject.tamper(
        """
        insert into sync_run (tenant_id, holder_id, run_id, connection_id, trigger, state,
          started_at, updated_at, finished_at)
        values (%1$d, %2$d, '%3$s', %4$d, 'schedule', '%5$s', '%6$s', '%6$s', '%6$s')
        """
            .formatted(
                subject.tenant.id(),
                subject.link().holder(),
                id,
                subject.link().id(),
                state,
                LeapingPace.now().minus(Duration.ofDays(daysAgo))));
    return id;
  }

  @Test
  void aRunWhoseProcessDiedIsNotUnderWayForEver() {
    Subject subject = stage.subject(stage.small(44)).connect();
    UUID silent = began(subject, 1, "running");
    UUID waiting = began(subject, 2, "waiting");
    subject.tamper("update sync_run set finished_at = null");
    subject.withdraw();
    subject.runInVain();

    String runs = "/v1/connections/" + subject.connection + "/sync-runs";
    subject
        .tenant
        .as("owner")
        .get(runs)
        .then()
        .statusCode(200)
        .body("items.state", equalTo(List.of("stopped", "stopped")))
        .body("items.detail", everyItem(equalTo("the process ended")))
        .body("items.finished_at", everyItem(notNullValue()));
    List<String> ids = subject.tenant.as("owner").get(runs).path("items.id");
    for (String id : ids) {
      Response one = subject.tenant.as("owner").get(runs + "/" + id);
      one.then().statusCode(200).body("state", equalTo("stopped"));
    }
    assertEquals(Set.of(silent + "", waiting + ""), left(subject));
  }

  @Test
  void aRunThatWasHeardOfLatelyIsUnderWay() {
    Subject subject = stage.subject(stage.small(45)).connect();
    began(subject, 1, "running");
    subject.tamper(
        "update sync_run set finished_at = null, updated_at = '%s'"
            .formatted(LeapingPace.now().minusSeconds(100)));
    Runs.Shown shown = subject.runs().getFirst();
    assertEquals("running", shown.state());
    assertNull(shown.finishedAt());
  }

  /** Runs once more, well or not; how many runs are left is what it is about. */
  private Runs.Shown another(Subject subject) {
    Link link = subject.link();
    stage.engine.run(subject.tenant.id(), link.holder(), link.id(), "manual", false);
    return subject.runs().getFirst();
  }

  private static Set<String> left(Subject subject) {
    return Set.copyOf(subject.texts("select run_id::text from sync_run"));
  }

  @Test
  void runsOfLongAgoGoWhenAnotherBegins() {
    Subject other = stage.subject(stage.small(41)).connect();
    began(other, 200, "finished");
    began(other, 100, "finished");
    Subject subject = stage.subject(stage.small(42)).connect();
    UUID first = subject.runWell().id();
    began(subject, 200, "stopped");
    began(subject, 91, "finished");
    UUID young = began(subject, 89, "failed");
    Runs.Shown last = another(subject);
    assertEquals("finished", last.state());
    assertEquals(Set.of(first + "", young + "", last.id() + ""), left(subject));
    assertEquals(2, left(other).size(), "another's are his own matter");
  }

  @Test
  void theNewestThatCameToItsEndStaysHoweverOldItIs() {
    Subject subject = stage.subject(stage.small(43)).connect();
    began(subject, 300, "finished");
    UUID newest = began(subject, 200, "finished");
    UUID later = began(subject, 199, "stopped");
    began(subject, 201, "stopped");
    stage.sandbox().faults().next(1_000, "GET", RIGHTS, new Fault.Refuse(401, -2015, "No."));
    Runs.Shown run = another(subject);
    assertNotEquals("finished", run.state());
    assertEquals(Set.of(newest + "", later + "", run.id() + ""), left(subject));
  }
}
