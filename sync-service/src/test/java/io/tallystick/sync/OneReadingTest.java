package io.tallystick.sync;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.tallystick.boot.TestDatabase;
import io.tallystick.connection.ConnectionState;
import io.tallystick.consent.Permits;
import io.tallystick.consent.PullDecision;
import io.tallystick.consent.Refusal;
import io.tallystick.egress.Gateway;
import io.tallystick.egress.Priority;
import io.tallystick.egress.Target;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.exchange.ApiKey;
import io.tallystick.sandbox.exchange.KeyGrant;
import io.tallystick.sandbox.wire.Body;
import io.tallystick.vault.SealedCredential;
import io.tallystick.vault.Unopenable;
import io.tallystick.venue.Domain;
import io.tallystick.venue.binance.BinanceVenue;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a consent for one reading comes to. */
@QuarkusTest
@TestProfile(EngineProfile.class)
@WithTestResource(TestDatabase.class)
class OneReadingTest extends OnStage {
  private static final String ONCE = ", \"duration\": \"once\"";
  private static final String SEALED = "select count(*) from credential where sealed is not null";

  @Inject Gateway gateway;
  @Inject Permits permits;

  @Test
  void anAccountIsReadOnceAndStaysReadableUntilTheConsentEnds() {
    Account account = stage.small(411);
    String undisturbed = stage.undisturbed(account);
    Subject subject = stage.subject(account);
    String consent = consent(subject, Duration.ofHours(20));
    connect(subject, consent, subject.key);
    SealedCredential key =
        subject.in(tx -> Objects.requireNonNull(stage.connections.credential(tx, subject.link())));

    subject.runWell();

    assertEquals(undisturbed, subject.hash());
    assertEquals(0, subject.count(SEALED));
    Unopenable closed =
        assertThrows(
            Unopenable.class,
            () -> gateway.send(Target.of(key, Priority.BACKFILL), new BinanceVenue().rightsCall()));
    assertEquals(Unopenable.Reason.KEY_DESTROYED, closed.reason());
    assertEquals(ConnectionState.READ_ONCE, subject.link().state());
    assertTrue(
        subject
            .leaves("connection.changed")
            .contains(Map.of("change", "key-destroyed", "reason", "read-once")));

    // Nothing more is pulled, by whichever way.
    subject.runInVain();
    String own = "/v1/connections/" + subject.connection;
    subject
        .post(own + "/sync-runs", "")
        .then()
        .statusCode(409)
        .body("state", equalTo("read-once"))
        .body("detail", equalTo(ConnectionState.READ_ONCE.nextStep(null)));
    subject.post(own + "/key", key(subject)).then().statusCode(403);
    subject.post(own + "/rights-checks", "").then().statusCode(403);
    assertEquals(ConnectionState.READ_ONCE, subject.link().state());
    assertEquals(Refusal.USED_UP, refusal(subject));

    // What was read is there until the end; a version that allows less is used up too.
    owner(subject, consent).body("state", equalTo("active")).body("used_at", notNullValue());
    assertEquals(Map.of(), subject.differences());
    Instant soon = Instant.now().plusSeconds(2);
    Response less = amend(subject, consent, soon, "");
    less.then().statusCode(201).body("duration", equalTo("once")).body("used_at", notNullValue());
    assertEquals(Refusal.USED_UP, refusal(subject));
    subject.in(tx ->
        tx.sql("select pg_sleep(greatest(0, extract(epoch from ?::timestamptz - now())))")
            .bind(soon)
            .list(row -> true));
    subject
        .get("/v1/balances?connection=" + subject.connection)
        .then()
        .statusCode(403)
        .body("reason", equalTo("expired"));
  }

  @Test
  void aRunThatWasCutShortOrCouldNotReadAPageUsesNothingUp() {
    Account account = stage.small(412);
    Subject subject = stage.subject(account);
    String consent = consent(subject, Duration.ofHours(20));
    connect(subject, consent, subject.key);
    stage.between((request, exchange) ->
        request.path().equals(DEPOSITS)
            ? exchange.apply(request).with(Body.text("[{\"id\":NaN}]"))
            : exchange.apply(request));

    subject.runWell();

    assertEquals(List.of("deposits  unreadable-page"), subject.gaps());
    notUsedUp(subject, consent);
    stage.between((request, exchange) -> {
      if (request.path().equals(DEPOSITS)) {
        subject
            .post("/v1/consents/" + consent + "/steps", "{\"step\": \"pause\"}")
            .then()
            .statusCode(200);
      }
      return exchange.apply(request);
    });

    assertEquals("stopped", subject.run().state());

    stage.between(null);
    subject
        .post("/v1/consents/" + consent + "/steps", "{\"step\": \"resume\"}")
        .then()
        .statusCode(200);
    notUsedUp(subject, consent);
    subject.runWell();
    assertEquals(ConnectionState.READ_ONCE, subject.link().state());
    owner(subject, consent).body("used_at", notNullValue());
  }

  @Test
  void eachAccountUnderOneConsentIsReadOnceAndAnActOfTheHolderAllowsAnother() {
    Subject subject = stage.subject(stage.small(413));
    Account second = stage.small(414);
    String consent = consent(subject, Duration.ofHours(20));
    connect(subject, consent, subject.key);
    String first = subject.connection;
    connect(subject, consent, stage.sandbox().addKey(second, KeyGrant.hmac()));
    String other = subject.connection;

    subject.connection = first;
    subject.runWell();

    assertEquals(ConnectionState.READ_ONCE, subject.link().state());
    assertEquals(1, subject.count(SEALED));
    owner(subject, consent).body("used_at", nullValue());
    subject
        .post("/v1/connections/" + first + "/key", key(subject))
        .then()
        .statusCode(409)
        .body("detail", equalTo(ConnectionState.READ_ONCE.nextStep(null)));
    subject.connection = other;
    subject.runWell();
    assertEquals(0, subject.count(SEALED));
    owner(subject, consent).body("used_at", notNullValue());

    subject.connection = first;
    Instant end = Instant.now().plus(Duration.ofHours(5));
    String given = ", \"given\": {\"by\": \"holder\", \"method\": \"signed-form\"}";
    amend(subject, consent, end, ", \"duration\": \"until\"")
        .then()
        .statusCode(400)
        .body("field", equalTo("given"));
    String anew = amend(subject, consent, end, given).then().extract().path("id");
    owner(subject, anew).body("duration", equalTo("once")).body("used_at", nullValue());
    assertEquals(ConnectionState.KEY_REJECTED, subject.link().state());
    subject.post("/v1/connections/" + first + "/key", key(subject)).then().statusCode(200);
    subject.runWell();
    assertEquals(ConnectionState.READ_ONCE, subject.link().state());
  }

  @Test
  void oneReadingMustComeWithinADayAndIsLessThanManyReadings() {
    Subject subject = stage.subject(stage.small(415));
    asked(subject, Duration.ofHours(25))
        .then()
        .statusCode(400)
        .body("field", equalTo("expires_at"));
    subject
        .post("/v1/consents/" + subject.consent + "/amendment", terms(subject, inTwoDays(), ONCE))
        .then()
        .statusCode(400)
        .body("field", equalTo("expires_at"));
    // Less than before: nobody's word is needed, and the leaf says what holds now.
    Instant end = Instant.now().plus(Duration.ofHours(3));
    amend(subject, subject.consent, end, ONCE)
        .then()
        .statusCode(201)
        .body("duration", equalTo("once"))
        .body("used_at", nullValue());
    assertEquals("once", subject.leaves("consent.granted").getLast().get("duration"));
    subject
        .tenant
        .as("owner")
        .get("/v1/consents?holder=" + subject.holder)
        .then()
        .body("items.duration", hasItem("until"))
        .body("items.duration", hasItem("once"));
  }

  private static Instant inTwoDays() {
    return Instant.now().plus(Duration.ofDays(2));
  }

  private void notUsedUp(Subject subject, String consent) {
    owner(subject, consent).body("used_at", nullValue());
    assertEquals(1, subject.count(SEALED));
    assertNotNull(subject.in(tx -> stage.connections.credential(tx, subject.link())));
    assertTrue(subject.link().state().mayPull(), subject.link().state().code());
  }

  private Refusal refusal(Subject subject) {
    PullDecision decision =
        subject.in(tx ->
            permits.forPull(
                tx, subject.link().holder(), subject.link().consent(), Domain.BALANCES));
    return ((PullDecision.Refused) decision).reason();
  }

  private static String terms(Subject subject, Instant end, String more) {
    return """
    {"recipients": ["%s", "%s"], "purposes": ["portfolio", "tax"], "domains": ["%s"],
     "look_back_days": %d, "expires_at": "%s", "jurisdiction": "DE"%s}
    """
        .formatted(
            subject.tenant.publicClient("tracker"),
            subject.tenant.publicClient("accountant"),
            String.join("\", \"", Stage.ALL),
            Stage.LOOK_BACK,
            end,
            more);
  }

  private static Response asked(Subject subject, Duration time) {
    String more =
        """
        , "duration": "once", "holder": "%s",
        "given": {"by": "holder", "method": "signed-form"}
        """
            .formatted(subject.holder);
    return subject.post("/v1/consents", terms(subject, Instant.now().plus(time), more));
  }

  private static String consent(Subject subject, Duration time) {
    Response made = asked(subject, time);
    made.then().statusCode(201).body("duration", equalTo("once"));
    return made.path("id");
  }

  private static Response amend(Subject subject, String consent, Instant end, String more) {
    return subject.post("/v1/consents/" + consent + "/amendment", terms(subject, end, more));
  }

  private static void connect(Subject subject, String consent, ApiKey with) {
    Response made =
        subject.post(
            "/v1/connections",
            """
            {"consent": "%s", "venue": "binance", "environment": "sandbox",
             "key": {"kind": "hmac", "api_key": "%s", "secret": "%s"}}
            """
                .formatted(consent, with.key(), with.secret()));
    made.then().statusCode(201);
    subject.connection = made.path("id");
  }

  private String key(Subject subject) {
    ApiKey fresh = stage.sandbox().addKey(subject.account, KeyGrant.hmac());
    return """
    {"key": {"kind": "hmac", "api_key": "%s", "secret": "%s"}}
    """
        .formatted(fresh.key(), fresh.secret());
  }

  private static ValidatableResponse owner(Subject subject, String consent) {
    return subject.tenant.as("owner").get("/v1/consents/" + consent).then().statusCode(200);
  }
}
