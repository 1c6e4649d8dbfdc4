package io.tallystick.connection;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tallystick.boot.TestDatabase;
import io.tallystick.sandbox.exchange.KeyGrant;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Ending a consent is as easy as giving it, and needs no venue. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class WithdrawalTest extends AtTheExchange {
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
