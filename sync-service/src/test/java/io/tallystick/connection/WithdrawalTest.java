package io.tallystick.connection;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tallystick.boot.TestDatabase;
import io.tallystick.kernel.PublicIds;
import io.tallystick.sandbox.exchange.KeyGrant;
import io.tallystick.vault.RetentionClass;
import io.tallystick.vault.Seals;
import io.tallystick.vault.Unopenable;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Ending a consent is as easy as giving it, and needs no venue. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class WithdrawalTest extends AtTheExchange {
  @Inject KeySweep sweep;
  @Inject HolderKeys keys;
  @Inject Seals seals;

  private int calls;

  private Response call(String token, String path, String body) {
    calls++;
    return world.tenant.as(token).contentType("application/json").body(body).post(path);
  }

  private int callsSince(int before) {
    return calls - before;
  }

  private String asked() {
    return world
        .post(
            "/v1/consents",
            """
            {"holder": "%s", "recipients": ["%s"], "purposes": ["portfolio"],
             "domains": ["balances", "trades"], "look_back_days": 365, "expires_at": "%s",
             "jurisdiction": "DE"}
            """
                .formatted(
                    world.holder,
                    world.tenant.publicClient("tracker"),
                    Instant.now().plus(Duration.ofDays(100))))
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private String connected(String consent) {
    String key = World.hmac(world.key(KeyGrant.hmac()));
    return world
        .post(
            "/v1/connections",
            """
            {"consent": "%s", "venue": "binance", "environment": "sandbox", "key": %s}
            """
                .formatted(consent, key))
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private void isOver(String connection) {
    assertEquals(0, world.count("select count(*) from credential where sealed is not null"));
    world
        .get("/v1/connections/" + connection)
        .then()
        .statusCode(200)
        .body("state", equalTo("consent-missing"));
    world
        .tenant
        .as("tracker")
        .get("/v1/balances?connection=" + connection)
        .then()
        .statusCode(403)
        .body("reason", equalTo("withdrawn"));
  }

  @Test
  void aHolderEndsByOneCallWhatHeGaveByOneThoughTheVenueIsDown() {
    String consent = asked();
    String session = world.tenant.session(world.holder);
    String own = "/v1/self/consents/" + consent;
    int before = calls;
    call(session, own + "/steps", "{\"step\": \"grant\"}").then().statusCode(200);
    final int giving = callsSince(before);
    String connection = connected(consent);
    try {
      sandbox.close();
      before = calls;
      call(session, own + "/withdrawal", "{}").then().statusCode(200);
      assertTrue(callsSince(before) <= giving, "giving took " + giving);
      isOver(connection);
    } finally {
      sandbox = World.open();
    }
  }

  private static final String MARKED =
      "select count(*) from connection where former_key_until is not null";

  @Test
  void whoeverEndsAConsentAndDiesLeavesTheKeyToTheSweep() {
    String consent = asked();
    String session = world.tenant.session(world.holder);
    String own = "/v1/self/consents/" + consent;
    call(session, own + "/steps", "{\"step\": \"grant\"}").then().statusCode(200);
    connected(consent);
    long holder = Objects.requireNonNull(PublicIds.holder(world.holder));
    world.in(tx -> {
      // Nobody comes to destroying it while this is held.
      tx.sql("select pg_advisory_xact_lock(?, ?)")
          .bind(0x6b65, Long.hashCode(holder))
          .list(row -> 1);
      call(session, own + "/withdrawal", "{}").then().statusCode(200);
      assertEquals(1, world.count(MARKED));
      return tx;
    });
    sweep.pass();
    assertEquals(0, world.count(MARKED));
    isGone(holder);
    world.in(tx -> {
      keys.ready(tx, holder);
      return tx.sql("update connection set former_key_until = now()").update();
    });
    sweep.pass();
    isGone(holder);
  }

  private void isGone(long holder) {
    Unopenable gone =
        assertThrows(
            Unopenable.class,
            () -> seals.seal(holder, RetentionClass.CREDENTIAL, new byte[1], "test"));
    assertEquals(Unopenable.Reason.KEY_DESTROYED, gone.reason());
  }

  @Test
  void aTenantRecordsTheEndByOneCallAsTheBeginningThoughTheVenueIsDown() {
    int before = calls;
    String consent = world.newConsent(world.holder);
    calls++;
    final int giving = callsSince(before);
    String connection = connected(consent);
    try {
      sandbox.close();
      before = calls;
      call("owner", "/v1/consents/" + consent + "/withdrawal", "{}").then().statusCode(200);
      assertTrue(callsSince(before) <= giving, "giving took " + giving);
      isOver(connection);
    } finally {
      sandbox = World.open();
    }
  }
}
