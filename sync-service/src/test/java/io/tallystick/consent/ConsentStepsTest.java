package io.tallystick.consent;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tallystick.boot.TestDatabase;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Provisioning;
import io.tallystick.tenancy.TestTenant;
import io.tallystick.tenancy.Transactions;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every step from every state, and what follows a step. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ConsentStepsTest {
  private static final long CONNECTION = 77;
  private static final Set<ConsentState> IN_FORCE =
      Set.of(ConsentState.ACTIVE, ConsentState.PAUSED);

  /** With its name: the digits alone may stand in an id or an instant too. */
  private static final String DAYS = "\"look_back_days\": ";

  @Inject Provisioning provisioning;
  @Inject Transactions transactions;
  @Inject Expiry expiry;

  private final List<String> expired = new ArrayList<>();
  private TestTenant tenant;
  private ConsentCalls calls;
  private String holder;

  @BeforeEach
  void provision() {
    tenant = TestTenant.fresh(provisioning);
    calls = new ConsentCalls(tenant);
    holder = calls.holder("ada");
  }

  private String grant() {
    return calls.grant(calls.consentJson(holder)).path("id");
  }

  private String grantFor(Duration time) {
    String end = Instant.now().plus(time).toString();
    return calls
        .grant(calls.consentJson(holder).replace(ConsentCalls.SOON.toString(), end))
        .path("id");
  }

  // The database's clock cannot be driven: let it pass the moment, in the database.
  private void letPass(String seconds) {
    transactions.as(
        tenant.id(), tx -> tx.sql("select pg_sleep(" + seconds + ")").list(row -> true));
  }

  private Response step(String consent, String step) {
    return calls.post(
        "compliance",
        "/v1/consents/" + consent + "/steps",
        "{\"step\": \"%s\", \"reason\": \"planned\"}".formatted(step));
  }

  private Response withdraw(String consent) {
    return calls.post(
        "owner", "/v1/consents/" + consent + "/withdrawal", "{\"deletion\": \"delete\"}");
  }

  private Response amend(String consent, String... changes) {
    String body = calls.consentJson(holder).replace("\"holder\": \"" + holder + "\", ", "");
    for (int i = 0; i < changes.length; i += 2) {
      assertTrue(body.contains(changes[i]), changes[i]);
      body = body.replace(changes[i], changes[i + 1]);
    }
    return calls.post("owner", "/v1/consents/" + consent + "/amendment", body);
  }

  private String state(String consent) {
    return tenant.as("owner").get("/v1/consents/" + consent).path("state");
  }

  private String in(ConsentState state) {
    if (state == ConsentState.EXPIRED) {
      if (expired.isEmpty()) {
        for (int i = 0; i < ConsentStep.values().length; i++) {
          expired.add(grantFor(Duration.ofMillis(1500)));
        }
        letPass("1.6");
      }
      return expired.removeLast();
    }
    String id = grant();
    switch (state) {
      case ACTIVE, EXPIRED -> assertEquals("active", state(id));
      case PAUSED -> step(id, "pause").then().statusCode(200);
      case SUPERSEDED -> amend(id).then().statusCode(201);
      case WITHDRAWN -> withdraw(id).then().statusCode(200);
      case REVOKED -> step(id, "revoke").then().statusCode(200);
      case INVALIDATED -> step(id, "invalidate").then().statusCode(200);
    }
    return id;
  }

  private Response take(String consent, ConsentStep step) {
    return switch (step) {
      case CONFIRM, PAUSE, RESUME, REVOKE, INVALIDATE -> step(consent, step.code());
      case WITHDRAW -> withdraw(consent);
      case REPLACE -> amend(consent);
      case EXPIRE -> throw new IllegalArgumentException("nobody takes it");
    };
  }

  /** What the table of states says; the state after the step, or null for a refusal. */
  private static ConsentState after(ConsentState from, ConsentStep step) {
    return switch (step) {
      case CONFIRM -> from == ConsentState.ACTIVE ? ConsentState.ACTIVE : null;
      case PAUSE -> IN_FORCE.contains(from) ? ConsentState.PAUSED : null;
      case RESUME -> IN_FORCE.contains(from) ? ConsentState.ACTIVE : null;
      case WITHDRAW -> IN_FORCE.contains(from) ? ConsentState.WITHDRAWN : from;
      case REVOKE ->
          IN_FORCE.contains(from) || from == ConsentState.REVOKED ? ConsentState.REVOKED : null;
      case INVALIDATE ->
          IN_FORCE.contains(from) || from == ConsentState.INVALIDATED
              ? ConsentState.INVALIDATED
              : null;
      case REPLACE -> IN_FORCE.contains(from) ? ConsentState.SUPERSEDED : null;
      case EXPIRE -> throw new IllegalArgumentException("nobody takes it");
    };
  }

  @Test
  void everyStepFromEveryStateLeadsWhereTheTableSaysAndNowhereElse() {
    List<String> faults = new ArrayList<>();
    int tried = 0;
    for (ConsentState from : ConsentState.values()) {
      for (ConsentStep step : ConsentStep.values()) {
        if (step == ConsentStep.EXPIRE) {
          continue;
        }
        String id = in(from);
        assertEquals(from.code(), state(id));
        int status = take(id, step).statusCode();
        ConsentState expected = after(from, step);
        String now = state(id);
        boolean right =
            expected == null
                ? status == 409 && now.equals(from.code())
                : status < 300 && now.equals(expected.code());
        if (!right) {
          faults.add(from + " " + step + ": " + status + " " + now);
        }
        tried++;
      }
    }
    assertEquals(List.of(), faults);
    assertEquals(49, tried);
  }

  @Test
  void aPauseStopsReadsAndConnectionsAndResumingBringsThemBack() {
    String consent = grant();
    connect(consent);
    String trades = "/v1/trades?holder=" + holder;
    tenant.as("tracker").get(trades).then().statusCode(200);
    step(consent, "pause").then().statusCode(200).body("state", equalTo("paused"));
    tenant.as("tracker").get(trades).then().statusCode(403).body("reason", equalTo("paused"));
    assertEquals("consent-missing", connection("state"));
    step(consent, "resume").then().statusCode(200);
    tenant.as("tracker").get(trades).then().statusCode(200);
    assertEquals("active", connection("state"));
    tenant
        .as("owner")
        .get("/v1/access-log?consent=" + consent)
        .then()
        .body("items.kind", hasItem("consent.paused"))
        .body("items.kind", hasItem("consent.resumed"));
  }

  @Test
  void anAmendmentKeepsTheArrangementTakesTheConnectionsAndShowsItsHistory() {
    String first = grant();
    connect(first);
    Response amended =
        amend(first, DAYS + "365", DAYS + "100", "\"balances\", \"trades\"", "\"trades\"");
    String second = amended.path("id");
    amended
        .then()
        .statusCode(201)
        .body("version", equalTo(2))
        .body("arrangement", equalTo(first))
        .body("replaces", equalTo(first))
        .body("state", equalTo("active"));
    assertNotEquals(first, second);
    assertEquals("superseded", state(first));
    assertEquals(key(second), Long.parseLong(connection("consent_id")));
    tenant.as("tracker").get("/v1/trades?holder=" + holder).then().statusCode(200);
    tenant
        .as("tracker")
        .get("/v1/balances?holder=" + holder)
        .then()
        .statusCode(403)
        .body("reason", equalTo("wrong-domain"));
    amend(first).then().statusCode(409).body("state", equalTo("superseded"));
  }

  @Test
  void allowingLessNeedsNoActOfTheHolderAndAllowingMoreDoes() {
    String consent = grant();
    String given = ",\n \"given\": {\"by\": \"holder\", \"method\": \"signed-form\"";
    String whole = given + ", \"evidence\": \"document 4711\"}";
    amend(consent, whole, "", DAYS + "365", DAYS + "366")
        .then()
        .statusCode(400)
        .body("field", equalTo("given"));
    amend(consent, whole, "", "\"trades\"", "\"trades\", \"fiat\"").then().statusCode(400);
    Response less = amend(consent, whole, "", DAYS + "365", DAYS + "364");
    less.then().statusCode(201).body("given.evidence", equalTo("document 4711"));
    amend(less.path("id"), DAYS + "365", DAYS + "366")
        .then()
        .statusCode(201)
        .body("version", equalTo(3));
  }

  @Test
  void anExpiredConsentLosesItsKeysLikeAWithdrawnOne() {
    String consent = grantFor(Duration.ofSeconds(1));
    connect(consent);
    seal();
    letPass("1.1");
    expiry.pass();
    assertEquals("expired", state(consent));
    assertEquals("consent-missing", connection("state"));
    assertEquals("0", text("select count(*) from credential where sealed is not null"));
    tenant
        .as("owner")
        .get("/v1/access-log?kind=consent.expired")
        .then()
        .body("items.consent", contains(consent))
        .body("items.client", contains(nullValue()));
    assertEquals(0, endedAgain(consent));
  }

  private int endedAgain(String consent) {
    expiry.pass();
    List<String> kinds =
        tenant.as("owner").get("/v1/access-log?kind=consent.expired").path("items.consent");
    return (int) kinds.stream().filter(consent::equals).count() - 1;
  }

  private void connect(String consent) {
    PublicIds.Keyed id = Objects.requireNonNull(PublicIds.consent(consent));
    Connections.add(transactions, tenant.id(), id.holder(), CONNECTION, id.key());
  }

  private void seal() {
    long id = Objects.requireNonNull(PublicIds.holder(holder));
    transactions.as(
        tenant.id(),
        tx ->
            tx.sql(
                    """
                    insert into credential (tenant_id, holder_id, credential_id, connection_id,
                      version, key_kind, format, sealed, fingerprint, created_at)
                    values (?, ?, 5, ?, 1, 'hmac', 1, '\\x01', 'none', now())
                    """)
                .bind(tenant.id(), id, CONNECTION)
                .update());
  }

  private String connection(String column) {
    return text("select " + column + " from connection");
  }

  private String text(String sql) {
    return transactions.as(
        tenant.id(), tx -> Objects.requireNonNull(tx.sql(sql).first(row -> row.getString(1))));
  }

  private static long key(String consent) {
    return Objects.requireNonNull(PublicIds.consent(consent)).key();
  }
}
