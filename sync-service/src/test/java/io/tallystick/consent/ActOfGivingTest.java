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
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;

/** What is kept of the act by which a consent was given, and who is told of it. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ActOfGivingTest extends WithAHolder {
  private static final String ADDRESS = "2001:db8:77:1::4711";

  /** The name of a program that nobody else has. */
  private final String program = "Qx" + UUID.randomUUID().toString().replace("-", "");

  private final ConcurrentLinkedQueue<String> logged = new ConcurrentLinkedQueue<>();

  private final class Ear extends Handler {
    private final PatternFormatter format = new PatternFormatter("%s%n%e");

    @Override
    public void publish(LogRecord line) {
      logged.add(format.format(line));
    }

    @Override
    public void flush() {
      // Nothing is held back.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  private String told(String... more) {
    return calls
        .consentJson(holder)
        .replace(
            "\"evidence\"",
            "\"authentication\": \"two-factor\", \"ip\": \"%s\", \"agent\": \"%s\", %s\"evidence\""
                .formatted(ADDRESS, program, String.join("", more)));
  }

  private String himself(String consent, String path, String body) {
    Response answer =
        tenant
            .as(tenant.session(holder))
            .header("user-agent", program)
            .contentType("application/json")
            .body(body)
            .post("/v1/self/consents/" + consent + path);
    assertTrue(answer.statusCode() < 300, answer.asString());
    return answer.path("id");
  }

  private Response shown(String client, String consent) {
    return tenant.as(client).get("/v1/consents/" + consent);
  }

  /** Neither the log, nor a receipt, nor the record that others read, nor what recipients see. */
  private void nowhereElse(String consent, String secret) {
    String record =
        tenant
            .as("compliance")
            .accept("application/ld+json")
            .get("/v1/consents/" + consent + "/record")
            .asString();
    assertTrue(record.contains("\"given_authentication\""), record);
    String receipts =
        tenant.as("compliance").get("/v1/consents/" + consent + "/receipts").asString();
    assertTrue(receipts.contains("\\\"authentication\\\""), receipts);
    String leaves = tenant.as("compliance").get("/v1/access-log?limit=1000").asString();
    assertTrue(leaves.contains("\"given_authentication\""), leaves);
    String seen = shown("tracker", consent).asString();
    assertTrue(seen.contains("\"authentication\""), seen);
    assertTrue(tenant.as("owner").get("/v1/consents").asString().contains(secret));
    for (String text : List.of(record, receipts, leaves, seen)) {
      assertFalse(text.contains(secret), text);
    }
    logged.forEach(line -> assertFalse(line.contains(secret), line));
  }

  @Test
  void whatATenantTellsOfTheActIsShownToThoseWhoAnswerForItOnly() {
    Ear ear = new Ear();
    Logger.getLogger("").addHandler(ear);
    try {
      String consent = calls.grant(told()).then().statusCode(201).extract().path("id");
      for (String client : List.of("owner", "compliance")) {
        shown(client, consent)
            .then()
            .body("given.authentication", equalTo("two-factor"))
            .body("given.ip", equalTo(ADDRESS))
            .body("given.agent", equalTo(program));
      }
      shown("tracker", consent)
          .then()
          .body("given.authentication", equalTo("two-factor"))
          .body("given.ip", nullValue())
          .body("given.agent", nullValue());
      nowhereElse(consent, program);
      nowhereElse(consent, ADDRESS);
      tenant
          .as("compliance")
          .get("/v1/access-log?kind=consent.granted&consent=" + consent)
          .then()
          .body("items.facts.given_authentication", contains("two-factor"));
    } finally {
      Logger.getLogger("").removeHandler(ear);
    }
  }

  @Test
  void whatAHolderGivesInHisSessionIsByHisLinkAndFromWhereHeIs() {
    String consent = AskingTest.ask(calls, holder).path("id");
    shown("owner", consent).then().body("given.ip", nullValue());
    himself(consent, "/steps", "{\"step\": \"grant\"}");
    shown("owner", consent)
        .then()
        .body("given.authentication", equalTo("link"))
        .body("given.ip", equalTo("127.0.0.1"))
        .body("given.agent", equalTo(program));
    nowhereElse(consent, program);
    // What he does to it later is not how he gave it.
    tenant
        .as(tenant.session(holder))
        .header("user-agent", "another")
        .contentType("application/json")
        .body("{\"step\": \"pause\"}")
        .post("/v1/self/consents/" + consent + "/steps")
        .then()
        .statusCode(200)
        .body("given.agent", equalTo(program));
  }

  @Test
  void aVersionThatAllowsLessKeepsTheActAndOneThatHeGivesHasItsOwn() {
    String first = calls.grant(told()).path("id");
    String body = calls.consentJson(holder).replace("\"holder\": \"" + holder + "\", ", "");
    String less = body.substring(0, body.indexOf(",\n \"given\"")) + "}";
    Response narrower =
        calls.post(
            "owner",
            "/v1/consents/" + first + "/amendment",
            less.replace("\"balances\", \"trades\"", "\"trades\""));
    narrower
        .then()
        .statusCode(201)
        .body("given.authentication", equalTo("two-factor"))
        .body("given.ip", equalTo(ADDRESS));
    String own = himself(narrower.path("id"), "/amendment", less);
    shown("owner", own)
        .then()
        .body("given.authentication", equalTo("link"))
        .body("given.ip", equalTo("127.0.0.1"))
        .body("given.agent", equalTo(program));
  }

  @Test
  void whatNobodySaidIsAbsentAndWhatCannotBeIsRefused() {
    shown("owner", calls.grant(calls.consentJson(holder)).path("id"))
        .then()
        .body("given.method", notNullValue())
        .body("given.authentication", nullValue())
        .body("given.ip", nullValue());
    ConsentCalls.refused(
        calls.grant(told().replace("two-factor", "guess")), "given.authentication");
    ConsentCalls.refused(calls.grant(told().replace(ADDRESS, "at home")), "given.ip");
  }

  @Test
  void whereHeWasGoesWithWhoHeWas() throws SQLException {
    String consent = calls.grant(told()).path("id");
    assertEquals(2, sealed(consent));
    calls
        .post("owner", "/v1/holders/" + holder + "/erasure", "{\"books\": \"delete\"}")
        .then()
        .statusCode(200);
    assertEquals(0, sealed(consent));
    shown("owner", consent)
        .then()
        .body("given.authentication", equalTo("two-factor"))
        .body("given.ip", nullValue());
  }

  private static int sealed(String consent) throws SQLException {
    PublicIds.Keyed id = Objects.requireNonNull(PublicIds.consent(consent));
    try (Connection admin = TestDatabase.admin();
        PreparedStatement asked =
            admin.prepareStatement(
                """
                select num_nonnulls(given_ip_sealed, given_agent_sealed) from tallystick.consent
                where holder_id = ? and consent_id = ?
                """)) {
      asked.setLong(1, id.holder());
      asked.setLong(2, id.key());
      try (ResultSet row = asked.executeQuery()) {
        assertTrue(row.next());
        return row.getInt(1);
      }
    }
  }
}
