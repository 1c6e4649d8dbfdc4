package io.tallystick.consent;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tallystick.access.proof.SignedNote;
import io.tallystick.boot.TestDatabase;
import io.tallystick.kernel.PublicIds;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Holders are reminded of what they allowed. The database's clock decides and cannot be set, so a
 * consent is moved into the past instead; the service's own job may come before the test's.
 */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ReminderTest extends WithAHolder {
  @Inject Expiry expiry;
  @Inject ConsentSteps steps;

  private static void pass(String consent, Duration time) throws SQLException {
    PublicIds.Keyed id = Objects.requireNonNull(PublicIds.consent(consent));
    try (Connection admin = TestDatabase.admin();
        PreparedStatement moved =
            admin.prepareStatement(
                """
                update tallystick.consent set given_at = given_at - t, expires_at = expires_at - t,
                  remind_at = remind_at - t, confirm_by = confirm_by - t, state_at = state_at - t
                from (select make_interval(secs => ?) as t) as passed
                where holder_id = ? and consent_id = ?
                """)) {
      moved.setLong(1, time.toSeconds());
      moved.setLong(2, id.holder());
      moved.setLong(3, id.key());
      assertEquals(1, moved.executeUpdate());
    }
  }

  private void step(String consent, String step) {
    calls
        .post("owner", "/v1/consents/" + consent + "/steps", "{\"step\": \"" + step + "\"}")
        .then()
        .statusCode(200);
  }

  /** Why and how many days before the end, of each reminder, after the job ran twice. */
  private List<String> reminded(String consent) {
    expiry.pass();
    expiry.pass();
    Response found =
        tenant.as("compliance").get("/v1/access-log?kind=consent.reminded&consent=" + consent);
    found.then().statusCode(200).body("items.client", everyItem(nullValue()));
    List<Map<String, String>> facts = found.path("items.facts");
    return facts.stream().map(one -> one.get("why") + " " + one.get("days_left")).toList();
  }

  @Test
  void aHolderIsRemindedAfterNinetyDaysAndBeforeTheEndOnceEach() throws Exception {
    String consent = grant();
    List<String> told = new ArrayList<>();
    assertEquals(told, reminded(consent));
    pass(consent, Duration.ofDays(90).minusHours(1));
    assertEquals(told, reminded(consent), "an hour before");
    pass(consent, Duration.ofHours(2));
    told.add("periodic 110");
    assertEquals(told, reminded(consent));
    Map<Integer, Integer> left = Map.of(80, 30, 23, 7, 6, 1);
    for (int days : List.of(80, 23, 6)) {
      pass(consent, Duration.ofDays(days).minusHours(6));
      assertEquals(told, reminded(consent), "not yet");
      pass(consent, Duration.ofHours(6));
      told.add("before-expiry " + left.get(days));
      assertEquals(told, reminded(consent));
    }
    tenant
        .as("owner")
        .get("/v1/consents/" + consent)
        .then()
        .body("state", equalTo("active"))
        .body("next_notice_at", nullValue());
    pass(consent, Duration.ofDays(2));
    assertEquals(told, reminded(consent), "after the end");
  }

  @Test
  void aReminderHasASignedReceiptAndTheHolderHimselfFindsBoth() throws Exception {
    String consent = grant();
    pass(consent, Duration.ofDays(91).plusMinutes(1));
    assertEquals(List.of("periodic 109"), reminded(consent));
    Response receipts = tenant.as("compliance").get("/v1/consents/" + consent + "/receipts");
    receipts.then().body("items.step", contains("grant", "remind"));
    SignedNote note = Objects.requireNonNull(SignedNote.parse(receipts.path("items[1].note")));
    String key = receipts.path("items[1].verifier_key");
    assertTrue(note.signedBy(Objects.requireNonNull(SignedNote.Verifier.parse(key))));
    assertTrue(note.text().contains("\"step\":\"remind\""), note.text());
    assertTrue(note.text().contains("\"state\":{\"name\":\"active\""), note.text());
    String next =
        tenant.as("owner").get("/v1/consents/" + consent).then().extract().path("next_notice_at");
    // 30 days before the end is sooner than 90 days from now.
    long days = Duration.between(Instant.now(), Instant.parse(next)).toHours() / 24;
    assertEquals(78, days);
    assertTrue(note.text().contains(next.substring(0, 19)), note.text());
    String session = tenant.session(holder);
    tenant
        .as(session)
        .get("/v1/self/access-log")
        .then()
        .body("items.kind", hasItem("consent.reminded"));
    tenant
        .as(session)
        .get("/v1/self/consents/" + consent + "/receipts")
        .then()
        .body("items.step", contains("grant", "remind"));
  }

  @Test
  void ninetyDaysAreCountedFromTheLastTimeThatTheHolderWentOnWithIt() throws Exception {
    String consent = grant();
    pass(consent, Duration.ofDays(50));
    step(consent, "pause");
    step(consent, "resume");
    pass(consent, Duration.ofDays(89));
    assertEquals(List.of(), reminded(consent), "139 days after it was given");
    pass(consent, Duration.ofDays(1).plusMinutes(1));
    assertEquals(List.of("periodic 60"), reminded(consent));
  }

  @Test
  void whatFellDueWhileNobodyWorkedIsOneReminder() throws Exception {
    String consent = grant();
    pass(consent, Duration.ofDays(195).plusMinutes(1));
    assertEquals(List.of("before-expiry 5"), reminded(consent));
  }

  @Test
  void whereAConsentHasToBeConfirmedItsHolderIsRemindedBeforeItPauses() throws Exception {
    String british = calls.consentJson(holder).replace("\"DE\"", "\"GB-SCT\"");
    String consent = calls.grant(british).path("id");
    String shown = "/v1/consents/" + consent;
    pass(consent, Duration.ofDays(76).minusHours(1));
    assertEquals(List.of(), reminded(consent));
    pass(consent, Duration.ofHours(2));
    assertEquals(List.of("before-pause 14"), reminded(consent));
    pass(consent, Duration.ofDays(11));
    assertEquals(List.of("before-pause 14", "before-pause 3"), reminded(consent));
    String by = tenant.as("owner").get(shown).path("confirm_by");
    assertEquals(2, Duration.between(Instant.now(), Instant.parse(by)).toDays(), "still ahead");
    tenant.as("owner").get(shown).then().body("state", equalTo("active"));
    // It is not too late: he stands by it, and has another ninety days.
    tenant
        .as(tenant.session(holder))
        .contentType("application/json")
        .body("{\"step\": \"confirm\"}")
        .post("/v1/self/consents/" + consent + "/steps")
        .then()
        .statusCode(200)
        .body("state", equalTo("active"));
    pass(consent, Duration.ofDays(4));
    assertEquals(2, reminded(consent).size(), "the pause was put off");
    tenant.as("owner").get(shown).then().body("state", equalTo("active"));
    tenant
        .as("compliance")
        .get("/v1/access-log?kind=consent.confirmed&consent=" + consent)
        .then()
        .body("items.facts.recorded_by_role", contains("holder"));
    tenant
        .as("compliance")
        .get(shown + "/receipts")
        .then()
        .body("items.step", contains("grant", "remind", "remind", "confirm"));
    pass(consent, Duration.ofDays(87));
    reminded(consent);
    tenant.as("owner").get(shown).then().body("state", equalTo("paused"));
  }

  @Test
  void pausedEndedAndExpiredConsentsAreNotReminded() throws Exception {
    String paused = grant();
    step(paused, "pause");
    String ended = grant();
    calls.post("owner", "/v1/consents/" + ended + "/withdrawal", "{}").then().statusCode(200);
    String over = grant();
    for (String consent : List.of(paused, ended)) {
      pass(consent, Duration.ofDays(100));
    }
    pass(over, Duration.ofDays(201));
    for (String consent : List.of(paused, ended, over)) {
      assertEquals(List.of(), reminded(consent));
      PublicIds.Keyed id = Objects.requireNonNull(PublicIds.consent(consent));
      boolean asked = transactions.as(tenant.id(), tx -> steps.remind(tx, id));
      assertFalse(asked, "nor by whoever had it in his list");
      tenant
          .as("owner")
          .get("/v1/consents/" + consent)
          .then()
          .statusCode(200)
          .body("next_notice_at", nullValue());
    }
  }

  @Test
  void ofTwoWorkersAtOnceOneReminds() throws Exception {
    String consent = grant();
    PublicIds.Keyed id = Objects.requireNonNull(PublicIds.consent(consent));
    pass(consent, Duration.ofDays(91).plusMinutes(1));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> second =
          transactions.as(
              tenant.id(),
              tx -> {
                steps.remind(tx, id);
                Future<Boolean> started =
                    threads.submit(
                        () -> transactions.as(tenant.id(), other -> steps.remind(other, id)));
                tx.sql("select pg_sleep(0.3)").list(row -> true);
                assertFalse(started.isDone(), "it waits for the first");
                return started;
              });
      assertFalse(second.get(20, TimeUnit.SECONDS));
    }
    assertEquals(List.of("periodic 109"), reminded(consent));
  }
}
