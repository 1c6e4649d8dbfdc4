package io.tallystick.consent;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tallystick.boot.TestDatabase;
import io.tallystick.kernel.PublicIds;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What follows a step. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ConsentStepsTest extends WithAHolder {
  private static final long CONNECTION = 77;

  /** With its name: the digits alone may stand in an id or an instant too. */
  private static final String DAYS = "\"look_back_days\": ";

  @Inject Expiry expiry;

  private Response step(String consent, String step) {
    return calls.step(consent, step);
  }

  private Response withdraw(String consent) {
    return calls.withdraw(consent);
  }

  private Response amend(String consent, String... changes) {
    return calls.amend(holder, consent, changes);
  }

  private String state(String consent) {
    return calls.state(consent);
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
    tenant
        .as("owner")
        .get("/v1/connections?holder=" + holder)
        .then()
        .body("items[0].state_reason", equalTo("consent-paused"))
        .body("items[0].next_step", containsString("resume"))
        .body("items[0].next_step", not(containsString("new consent")));
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
  void whoWithdrawsAFormerVersionEndsWhatStandsInItsPlace() {
    String first = grant();
    connect(first);
    String second = amend(first, DAYS + "365", DAYS + "100").path("id");
    String third = amend(second, DAYS + "365", DAYS + "90").path("id");
    withdraw(first)
        .then()
        .statusCode(200)
        .body("id", equalTo(third))
        .body("state", equalTo("withdrawn"));
    assertEquals("superseded", state(first));
    assertEquals("consent-missing", connection("state"));
    tenant.as("tracker").get("/v1/trades?holder=" + holder).then().statusCode(403);
    withdraw(second).then().statusCode(200).body("id", equalTo(third));
    tenant
        .as("owner")
        .get("/v1/access-log?kind=consent.withdrawn")
        .then()
        .body("items.consent", contains(third));
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
