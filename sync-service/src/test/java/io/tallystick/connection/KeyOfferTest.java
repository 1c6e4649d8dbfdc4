package io.tallystick.connection;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tallystick.boot.DatabaseAccess;
import io.tallystick.boot.TestDatabase;
import io.tallystick.boot.TestExchange;
import io.tallystick.sandbox.exchange.ApiKey;
import io.tallystick.sandbox.exchange.KeyGrant;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class KeyOfferTest extends AtTheExchange {
  @Inject KeySweep sweep;

  private static final String OPEN = "select count(*) from key_offer where sealed is not null";

  private static PublicKey publicKey(Response offer) {
    try {
      byte[] der = Base64.getDecoder().decode(offer.<String>path("public_key"));
      return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private ApiKey registered(Response offer) {
    return world.key(KeyGrant.of(publicKey(offer)));
  }

  // The schema's owner may change what the service may not: that the pair was made a day ago.
  private void aDayPasses() {
    DatabaseAccess access = TestDatabase.shared();
    try (Connection connection =
            DriverManager.getConnection(
                access.url(), access.owner().user(), TestDatabase.text(access.owner()));
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("set local app.tenant = '" + world.tenant.id() + "'");
      assertEquals(
          1,
          statement.executeUpdate(
              "update tallystick.key_offer set expires_at = expires_at - interval '24 hours'"));
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anOfferShowsThePublicHalfAndTheStepsAndIsCompletedByTheApiKeyAlone() {
    Response offer = world.offer();
    offer
        .then()
        .statusCode(201)
        .body("id", startsWith("kof_"))
        .body("consent", equalTo(world.consent))
        .body("public_key_pem", startsWith("-----BEGIN PUBLIC KEY-----"))
        .body("steps", hasItem(containsString("every other right off")))
        .body("steps", hasItem(containsString(TestExchange.EGRESS_ADDRESS)));
    Duration life =
        Duration.between(Instant.now(), Instant.parse(offer.<String>path("expires_at")));
    assertTrue(life.compareTo(Duration.ofHours(24)) <= 0, "a day, not more: " + life);
    assertTrue(life.compareTo(Duration.ofHours(23)) > 0, "a day, not less: " + life);
    Response made = world.complete(offer.path("id"), registered(offer));
    made.then()
        .statusCode(201)
        .body("verdict", equalTo("read_only"))
        .body("key.kind", equalTo("ed25519"))
        .body("key.origin", equalTo("service_made"));
    assertEquals(0, world.count(OPEN), "the waiting half is gone");
    assertEquals(1, world.leaves("key.offered").size());
    assertEquals(
        offer.<String>path("id"), world.leaves("connection.created").getFirst().get("offer"));
  }

  @Test
  void anOfferServesOnce() {
    Response offer = world.offer();
    ApiKey key = registered(offer);
    world.complete(offer.path("id"), key).then().statusCode(201);
    world
        .complete(offer.path("id"), key)
        .then()
        .statusCode(409)
        .body("code", equalTo("conflict"))
        .body("detail", containsString("used"));
  }

  @Test
  void anOfferWaitsOnWhileItsKeyIsMended() {
    Response offer = world.offer();
    ApiKey key = world.key(KeyGrant.of(publicKey(offer)).allowing("enableWithdrawals"));
    world.complete(offer.path("id"), key).then().statusCode(422);
    assertEquals(1, world.count(OPEN));
    sandbox.exchange().changeKey(key.key(), known -> known.with(KeyGrant.hmac().rights()));
    world.complete(offer.path("id"), key).then().statusCode(201);
  }

  @Test
  void anExpiredOfferIsRefusedAndItsPairDestroyed() {
    Response offer = world.offer();
    ApiKey key = registered(offer);
    aDayPasses();
    world
        .complete(offer.path("id"), key)
        .then()
        .statusCode(409)
        .body("detail", containsString("expired"));
    assertEquals(0, world.count(OPEN));
    assertEquals(1, world.count("select count(*) from key_offer where close_reason = 'expired'"));
    assertEquals(0, world.count("select count(*) from connection"));
  }

  @Test
  void theSweepDestroysAnExpiredPairThatNobodyAsksFor() {
    world.offer().then().statusCode(201);
    sweep.pass();
    assertEquals(1, world.count(OPEN), "it has a day");
    aDayPasses();
    sweep.pass();
    assertEquals(0, world.count(OPEN));
  }

  @Test
  void anOfferBelongsToItsConsent() {
    Response offer = world.offer();
    ApiKey key = registered(offer);
    String second = world.newConsent(world.holder);
    String body =
        """
        {"consent": "%s", "venue": "binance", "environment": "sandbox", "offer": "%s",
         "api_key": "%s"}
        """;
    world
        .post("/v1/connections", body.formatted(second, offer.path("id"), key.key()))
        .then()
        .statusCode(409)
        .body("detail", containsString("another consent"));
    String other = world.post("/v1/holders", "{\"reference\": \"bob\"}").path("id");
    world
        .post(
            "/v1/connections", body.formatted(world.newConsent(other), offer.path("id"), key.key()))
        .then()
        .statusCode(404);
    assertEquals(1, world.count(OPEN));
  }

  @Test
  void anOfferEndsWithItsConsent() {
    world.offer().then().statusCode(201);
    world.post("/v1/consents/" + world.consent + "/withdrawal", "{}").then().statusCode(200);
    assertEquals(0, world.count(OPEN));
    world.offer().then().statusCode(403).body("code", equalTo("consent-missing"));
  }

  @Test
  void thePrivateHalfIsNeverReturned() {
    Response offer = world.offer();
    assertFalse(offer.asString().contains("PRIVATE"));
    assertEquals(44, Base64.getDecoder().decode(offer.<String>path("public_key")).length);
  }
}
