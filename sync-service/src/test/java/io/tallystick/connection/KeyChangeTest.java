package io.tallystick.connection;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tallystick.boot.TestDatabase;
import io.tallystick.egress.Environments;
import io.tallystick.kernel.PublicIds;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.exchange.ApiKey;
import io.tallystick.sandbox.exchange.KeyGrant;
import io.tallystick.sandbox.protocol.Rights;
import io.tallystick.vault.NotListed;
import io.tallystick.vault.SealedCredential;
import io.tallystick.vault.Unopenable;
import io.tallystick.vault.Vault;
import io.tallystick.venue.Call;
import io.tallystick.venue.Endpoint;
import io.tallystick.venue.Venue;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class KeyChangeTest extends AtTheExchange {
  @Inject Connections connections;
  @Inject KeySweep sweep;
  @Inject Environments environments;
  @Inject Vault vault;

  private String id;

  @BeforeEach
  void prepare() {
    id = world.connect(world.key(KeyGrant.hmac())).path("id");
  }

  private Link link() {
    PublicIds.Keyed key = Objects.requireNonNull(PublicIds.connection(id));
    return world.in(tx -> Objects.requireNonNull(connections.find(tx, key.holder(), key.key())));
  }

  private SealedCredential credential() {
    return world.in(tx -> Objects.requireNonNull(connections.credential(tx, link())));
  }

  private List<SealedCredential> known() {
    return world.in(tx -> connections.credentials(tx, link()));
  }

  private boolean hasCredential() {
    return world.in(tx -> connections.credential(tx, link()) != null);
  }

  private Response change(String member) {
    return world.post("/v1/connections/" + id + "/key", "{" + member + "}");
  }

  private Response change(ApiKey key) {
    return change("\"key\": " + World.hmac(key));
  }

  private Response withdraw() {
    return world.post("/v1/consents/" + world.consent + "/withdrawal", "{}");
  }

  private Venue venue() {
    return environments.venue("binance").orElseThrow();
  }

  @Test
  void aNewKeyOfTheSameAccountReplacesTheOldOneInPlace() {
    SealedCredential old = credential();
    change("\"overlap_minutes\": 0, \"key\": " + World.hmac(world.key(KeyGrant.hmac())))
        .then()
        .statusCode(200)
        .body("id", equalTo(id))
        .body("state", equalTo("active"))
        .body("key.former_until", nullValue());
    SealedCredential now = credential();
    assertEquals(old.context().version() + 1, now.context().version());
    assertEquals(1, world.count("select count(*) from credential where sealed is not null"));
    assertEquals(1, world.count("select count(*) from credential where destroyed_at is not null"));
    List<Map<String, String>> changes = world.leaves("connection.changed");
    assertEquals("key", changes.getFirst().get("change"));
    assertEquals(now.fingerprint(), changes.getFirst().get("fingerprint"));
  }

  @Test
  void bothKeysAreKnownWhileTheirOverlapLasts() {
    SealedCredential first = credential();
    change(world.key(KeyGrant.hmac()))
        .then()
        .statusCode(200)
        .body("key.former_until", notNullValue());
    SealedCredential second = credential();
    assertEquals(
        List.of(second.fingerprint(), first.fingerprint()),
        known().stream().map(SealedCredential::fingerprint).toList());

    change(world.key(KeyGrant.hmac())).then().statusCode(200);
    assertEquals(2, world.count("select count(*) from credential where sealed is not null"));
    assertEquals(second.fingerprint(), known().getLast().fingerprint(), "the one before the last");

    world.in(tx -> tx.sql("update connection set former_key_until = now()").update());
    assertEquals(1, known().size(), "no longer than that, whether or not an alarm rang");
    sweep.pass();
    assertEquals(1, world.count("select count(*) from credential where sealed is not null"));
    world.get("/v1/connections/" + id).then().body("key.former_until", nullValue());
    assertEquals("overlap-over", world.leaves("connection.changed").getLast().get("reason"));
  }

  @Test
  void aKeyThatGainedARightIsNotKeptBesideTheNewOne() {
    ApiKey first = world.key(KeyGrant.hmac());
    change(first).then().statusCode(200);
    sandbox
        .exchange()
        .changeKey(
            first.key(), known -> known.with(Rights.readOnly().with("enableWithdrawals", true)));
    world.post("/v1/connections/" + id + "/rights-checks", "{}").then().statusCode(200);
    change(world.key(KeyGrant.hmac()))
        .then()
        .statusCode(200)
        .body("state", equalTo("active"))
        .body("key.former_until", nullValue());
    assertEquals(1, known().size());
  }

  @Test
  void aWithdrawalDestroysBothKeys() {
    change(world.key(KeyGrant.hmac())).then().statusCode(200);
    withdraw().then().statusCode(200);
    assertEquals(0, world.count("select count(*) from credential where sealed is not null"));
    world.get("/v1/connections/" + id).then().body("key.former_until", nullValue());
  }

  @Test
  void anOfferRotatesAwayTheSecretThatWasBrought() {
    Response offer = world.offer();
    ApiKey key =
        sandbox.addKey(
            world.account,
            new KeyGrant(offer.path("public_key"), KeyGrant.hmac().rights(), Set.of()));
    change(
            """
            "offer": "%s", "api_key": "%s"
            """
                .formatted(offer.path("id"), key.key()))
        .then()
        .statusCode(200)
        .body("key.origin", equalTo("service_made"))
        .body("key.kind", equalTo("ed25519"));
    assertEquals(0, world.count("select count(*) from key_offer where sealed is not null"));
  }

  @Test
  void aKeyOfAnotherAccountIsRefusedAndTheOldOneServesOn() {
    SealedCredential old = credential();
    Account other = world.newAccount();
    change(sandbox.addKey(other, KeyGrant.hmac()))
        .then()
        .statusCode(409)
        .body("detail", containsString("another account"));
    assertEquals(old.fingerprint(), credential().fingerprint());
    assertEquals(1, world.leaves("connection.refused").size());
  }

  @Test
  void aWiderKeyIsRefusedAndTheOldOneServesOn() {
    SealedCredential old = credential();
    change(world.key(KeyGrant.hmac().allowing("enableFutures")))
        .then()
        .statusCode(422)
        .body("rights[0].right", equalTo("enableFutures"));
    assertEquals(old.fingerprint(), credential().fingerprint());
  }

  @Test
  void withdrawalDestroysTheCredentialAtOnceAndItsSealingKeySoonAfter() {
    SealedCredential copy = credential();
    Call call = venue().rightsCall();
    assertNotNull(vault.sign(copy, call, venue(), Instant.now()));
    withdraw().then().statusCode(200);
    assertEquals(0, world.count("select count(*) from credential where sealed is not null"));
    assertEquals(false, hasCredential());
    world
        .get("/v1/connections/" + id)
        .then()
        .body("state", equalTo("consent-missing"))
        .body("next_step", containsString("new consent"));
    // A copy, as a backup would have one, stops opening too.
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() ->
            assertThrows(Unopenable.class, () -> vault.sign(copy, call, venue(), Instant.now())));
  }

  @Test
  void anotherConsentOfTheHolderIsNotTouchedByAWithdrawal() {
    String second = world.newConsent(world.holder);
    world
        .post("/v1/connections/" + id + "/consent", "{\"consent\": \"" + second + "\"}")
        .then()
        .statusCode(200)
        .body("consent", equalTo(second))
        .body("state", equalTo("active"));
    withdraw().then().statusCode(200);
    assertEquals(true, hasCredential());
    world.get("/v1/connections/" + id).then().body("state", equalTo("active"));
  }

  @Test
  void afterAWithdrawalANewConsentAndANewKeyReviveTheSameConnection() {
    withdraw().then().statusCode(200);
    change(world.key(KeyGrant.hmac()))
        .then()
        .statusCode(403)
        .body("code", equalTo("consent-missing"));
    String second = world.newConsent(world.holder);
    world
        .post("/v1/connections/" + id + "/consent", "{\"consent\": \"" + second + "\"}")
        .then()
        .statusCode(200)
        .body("state", equalTo("key-rejected"))
        .body("state_reason", equalTo("key-destroyed"));
    change(world.key(KeyGrant.hmac()))
        .then()
        .statusCode(200)
        .body("id", equalTo(id))
        .body("consent", equalTo(second))
        .body("state", equalTo("active"))
        .body("state_reason", nullValue());
    assertNotNull(vault.sign(credential(), venue().rightsCall(), venue(), Instant.now()));
  }

  @Test
  void aConsentOfAnotherHolderOrAnEndedOneCannotTakeTheConnectionOver() {
    String other = world.post("/v1/holders", "{\"reference\": \"bob\"}").path("id");
    world
        .post(
            "/v1/connections/" + id + "/consent",
            "{\"consent\": \"" + world.newConsent(other) + "\"}")
        .then()
        .statusCode(404);
    String second = world.newConsent(world.holder);
    world.post("/v1/consents/" + second + "/withdrawal", "{}").then().statusCode(200);
    world
        .post("/v1/connections/" + id + "/consent", "{\"consent\": \"" + second + "\"}")
        .then()
        .statusCode(403);
  }

  @Test
  @DisplayName("F46 a stored credential signs no call that is not on the venue's list")
  void aStoredCredentialSignsListedCallsOnly() {
    SealedCredential stored = credential();
    Endpoint listed = venue().accountCall().endpoint();
    for (Endpoint planted :
        List.of(
            new Endpoint(
                "POST", "/api/v3/order", listed.security(), listed.pool(), listed.weight()),
            new Endpoint(
                "POST", listed.path(), listed.security(), listed.pool(), listed.weight()))) {
      assertThrows(
          NotListed.class, () -> vault.sign(stored, Call.of(planted), venue(), Instant.now()));
    }
  }
}
