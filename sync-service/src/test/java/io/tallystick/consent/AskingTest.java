package io.tallystick.consent;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tallystick.boot.TestDatabase;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.TestTenant;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A holder is asked for a consent, and answers himself or does not. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class AskingTest extends WithAHolder {
  @Inject Expiry expiry;

  private String trades;

  @BeforeEach
  void look() {
    trades = "/v1/trades?holder=" + holder;
  }

  /** Asks for the consent that is granted elsewhere. */
  static Response ask(ConsentCalls calls, String holder) {
    String given = calls.consentJson(holder);
    String asked = given.substring(0, given.indexOf(",\n \"given\""));
    return calls.grant(
        asked
            + ", \"notice\": {\"version\": \"3\", \"language\": \"en\","
            + " \"words\": \"We read your account.\"}}");
  }

  /** A step that a holder takes in his session. */
  static Response himself(TestTenant tenant, String session, String consent, String step) {
    return tenant
        .as(session)
        .contentType("application/json")
        .body("{\"step\": \"" + step + "\"}")
        .post("/v1/self/consents/" + consent + "/steps");
  }

  private String asked() {
    Response asked = ask(calls, holder);
    asked
        .then()
        .statusCode(201)
        .body("state", equalTo("requested"))
        .body("answer_by", notNullValue())
        .body("given.at", nullValue())
        .body("next_notice_at", nullValue());
    Instant by = Instant.parse(asked.path("answer_by"));
    long left = Duration.between(Instant.now(), by).toSeconds();
    assertTrue(left > 840 && left <= 900, "left " + left);
    return asked.path("id");
  }

  @Test
  void whatWouldEndBeforeItsAnswerIsNotAskedFor() {
    String soon = Instant.now().plus(Duration.ofMinutes(14)).toString();
    String given =
        calls.consentJson(holder).replaceFirst("(\"expires_at\": \")[^\"]+", "$1" + soon);
    calls
        .grant(given.substring(0, given.indexOf(",\n \"given\"")) + "}")
        .then()
        .statusCode(400)
        .body("field", equalTo("expires_at"));
    calls.grant(given).then().statusCode(201);
  }

  private void refused(String reason) {
    tenant.as("tracker").get(trades).then().statusCode(403).body("reason", equalTo(reason));
  }

  private List<String> steps(String consent) {
    return tenant.as("compliance").get("/v1/consents/" + consent + "/receipts").path("items.step");
  }

  private List<String> logged(String consent) {
    List<Map<String, Object>> items =
        tenant.as("compliance").get("/v1/access-log?consent=" + consent).path("items");
    return items.stream()
        .map(item -> String.valueOf(item.get("kind")))
        .filter(kind -> kind.startsWith("consent."))
        .toList();
  }

  @Test
  void whatIsAskedForAllowsNothingUntilTheHolderGivesItHimself() {
    String consent = asked();
    refused("requested");
    calls
        .post(
            "owner",
            "/v1/key-offers",
            """
            {"consent": "%s", "venue": "binance", "environment": "sandbox"}
            """
                .formatted(consent))
        .then()
        .statusCode(403);
    // Nobody gives it for him by this way.
    calls
        .post("owner", "/v1/consents/" + consent + "/steps", "{\"step\": \"grant\"}")
        .then()
        .statusCode(400);
    String session = tenant.session(holder);
    tenant
        .as(session)
        .get("/v1/self/consents")
        .then()
        .body("items.id", contains(consent))
        .body("items.given.notice.version", contains("3"));
    assertEquals(
        "We read your account.",
        tenant.as("owner").get("/v1/consents/" + consent + "/notice").asString());
    himself(tenant, session, consent, "grant")
        .then()
        .statusCode(200)
        .body("state", equalTo("active"))
        .body("given.by", equalTo("holder"))
        .body("given.method", equalTo("link"))
        .body("given.at", notNullValue())
        .body("answer_by", nullValue());
    tenant.as("tracker").get(trades).then().statusCode(200);
    himself(tenant, session, consent, "refuse").then().statusCode(409);
    assertEquals(List.of("request", "grant"), steps(consent));
    assertEquals(List.of("consent.requested", "consent.granted"), logged(consent));
    tenant
        .as("compliance")
        .get("/v1/access-log?kind=consent.granted&consent=" + consent)
        .then()
        .body("items.facts.recorded_by_role", contains("holder"))
        .body("items.facts.given_method", contains("link"));
  }

  @Test
  void whatIsRefusedStaysSo() {
    String consent = asked();
    String session = tenant.session(holder);
    himself(tenant, session, consent, "refuse")
        .then()
        .statusCode(200)
        .body("state", equalTo("refused"));
    refused("refused");
    himself(tenant, session, consent, "grant").then().statusCode(409);
    assertEquals(List.of("request", "refuse"), steps(consent));
    assertEquals(List.of("consent.requested", "consent.refused"), logged(consent));
    String record = tenant.as("owner").get("/v1/consents/" + consent + "/record").asString();
    assertTrue(record.contains("dpv:ConsentRefused"), record);
  }

  @Test
  void whatIsNotAnsweredInTimeExpires() throws Exception {
    String consent = asked();
    late(consent);
    refused("expired");
    himself(tenant, tenant.session(holder), consent, "grant").then().statusCode(409);
    expiry.pass();
    expiry.pass();
    assertEquals(List.of("request", "expire"), steps(consent));
    String receipts =
        tenant.as("compliance").get("/v1/consents/" + consent + "/receipts").asString();
    assertFalse(receipts.contains("\\\"given\\\":"), "it was never given: " + receipts);
    tenant
        .as("compliance")
        .get("/v1/access-log?kind=consent.requested&consent=" + consent)
        .then()
        .body("items.facts.given_at", contains(nullValue()))
        .body("items.facts.answer_by", contains(notNullValue()));
    assertEquals(List.of("consent.requested", "consent.expired"), logged(consent));
    Response shown = tenant.as("owner").get("/v1/consents/" + consent);
    shown.then().body("state", equalTo("expired")).body("given.at", nullValue());
    Instant ended = Instant.parse(shown.path("state_at"));
    assertTrue(ended.isBefore(Instant.now()), "not at the end that it would have had");
  }

  // The database's clock decides and cannot be set: the question is moved into the past.
  private static void late(String consent) throws SQLException {
    PublicIds.Keyed id = Objects.requireNonNull(PublicIds.consent(consent));
    try (Connection admin = TestDatabase.admin();
        PreparedStatement moved =
            admin.prepareStatement(
                """
                update tallystick.consent set given_at = given_at - interval '16 minutes',
                  state_at = state_at - interval '16 minutes',
                  answer_by = answer_by - interval '16 minutes'
                where holder_id = ? and consent_id = ?
                """)) {
      moved.setLong(1, id.holder());
      moved.setLong(2, id.key());
      assertEquals(1, moved.executeUpdate());
    }
  }

  @Test
  void whoIsErasedWhileHeIsAskedHasSaidNo() {
    String consent = asked();
    calls
        .post("owner", "/v1/holders/" + holder + "/erasure", "{\"books\": \"delete\"}")
        .then()
        .statusCode(200);
    tenant.as("owner").get("/v1/consents/" + consent).then().body("state", equalTo("refused"));
  }

  @Test
  void whatHeIsShownIsSaidInOnePlace() {
    String both =
        calls
            .consentJson(holder)
            .replaceFirst(
                "\"given\"",
                "\"notice\": {\"version\": \"1\", \"language\": \"en\", \"words\": \"x\"}, \"given\"");
    ConsentCalls.refused(calls.grant(both), "notice");
  }
}
