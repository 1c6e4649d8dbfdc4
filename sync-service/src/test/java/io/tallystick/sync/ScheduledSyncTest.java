package io.tallystick.sync;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tallystick.boot.TestDatabase;
import io.tallystick.sandbox.account.Account;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs as clients see them: begun by the scheduler and by request, on real time. */
@QuarkusTest
@TestProfile(EngineProfile.class)
@WithTestResource(TestDatabase.class)
class ScheduledSyncTest extends OnStage {
  @Inject Schedule schedule;

  @Test
  void aNewConnectionIsReadByItselfAndAgainWhenAskedFor() {
    Account account = stage.small(101);
    String undisturbed = stage.undisturbed(account);
    stage.likeOutside();

    Subject subject = stage.subject(account).connect();
    String runs = "/v1/connections/" + subject.connection + "/sync-runs";
    finished(subject, 1);
    subject
        .get(runs)
        .then()
        .statusCode(200)
        .body("items", hasSize(1))
        .body("items[0].trigger", equalTo("connect"))
        .body("items[0].state", equalTo("finished"))
        .body("items[0].finished_at", notNullValue());
    assertEquals(undisturbed, subject.hash());
    assertEquals(Map.of(), subject.differences());

    subject.post(runs, "").then().statusCode(202).body("state", equalTo("requested"));
    finished(subject, 2);
    String newest =
        subject.get(runs).then().body("items", hasSize(2)).extract().path("items[0].id");
    subject
        .get(runs + "/" + newest)
        .then()
        .statusCode(200)
        .body("trigger", equalTo("manual"))
        .body("new_records", equalTo(0))
        .body("phase", equalTo("orders"));

    // Runs tell of a connection: to those who may know of it, and the log says to whom.
    subject.tenant.as("other").get(runs).then().statusCode(403);
    subject.tenant.as("other").get(runs + "/" + newest).then().statusCode(403);
    List<String> told =
        subject.leaves("read").stream()
            .map(facts -> facts.getOrDefault("route", ""))
            .filter(route -> route.endsWith("/sync-runs") || route.endsWith("/sync-runs/{run}"))
            .toList();
    String list = "GET /v1/connections/{connection}/sync-runs";
    assertEquals(List.of(list, list, list + "/{run}"), told);

    subject.withdraw();
    subject.post(runs, "").then().statusCode(409).body("state", equalTo("consent-missing"));
  }

  @Test
  void connectionsThatWereMadeUnderAnotherIntervalFollowTheSetting() {
    Subject subject = stage.subject(stage.small(102)).connect();
    String regular = "trigger_name like 'regular/" + subject.tenant.id() + "/%'";
    Instant before = LeapingPace.now();
    subject.tamper("update qrtz_simple_triggers set repeat_interval = 1000 where " + regular);
    subject.tamper(
        "update qrtz_triggers set next_fire_time = %d where %s"
            .formatted(before.plus(Duration.ofDays(10)).toEpochMilli(), regular));

    schedule.follow();

    String interval = "select repeat_interval from qrtz_simple_triggers where " + regular;
    assertEquals(Duration.ofHours(24).toMillis(), subject.count(interval));
    String next = "select next_fire_time from qrtz_triggers where " + regular;
    long hours = Duration.ofMillis(subject.count(next) - before.toEpochMilli()).toHours();
    assertEquals(24, hours);
    schedule.follow();
    assertEquals(24, Duration.ofMillis(subject.count(next) - before.toEpochMilli()).toHours());
  }

  @Test
  void aRunThatFoundNoWorkerInTimeBeginsWhenOneIsFree() {
    Subject subject = stage.subject(stage.small(103)).connect();
    String regular = "trigger_name like 'regular/" + subject.tenant.id() + "/%'";
    Instant due = Instant.now().minus(Duration.ofMinutes(5));
    subject.tamper(
        "update qrtz_triggers set next_fire_time = %1$d, start_time = %1$d where %2$s"
            .formatted(due.toEpochMilli(), regular));

    stage.likeOutside();

    finished(subject, 1);
    String next = "select next_fire_time from qrtz_triggers where " + regular;
    Instant planned = Instant.ofEpochMilli(subject.count(next));
    assertEquals(due.plus(Duration.ofHours(24)).toEpochMilli(), planned.toEpochMilli());
  }

  private static void finished(Subject subject, int runs) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> subject.count("select count(*) from sync_run where state = 'finished'") == runs);
  }
}
