package io.tallystick.connection;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tallystick.boot.TestDatabase;
import io.tallystick.boot.TestExchange;
import io.tallystick.sandbox.exchange.ApiKey;
import io.tallystick.sandbox.exchange.KeyGrant;
import io.tallystick.sandbox.fault.Fault;
import io.tallystick.sandbox.protocol.Rights;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class KeyRefusalTest extends AtTheExchange {
  private void refused(Response response, String code) {
    response.then().statusCode(422).body("code", equalTo(code));
    nothingStored(code);
  }

  private void nothingStored(String reason) {
    assertEquals(0, world.stored(), "rows of a refused connection");
    List<Map<String, String>> leaves = world.leaves("connection.refused");
    assertEquals(1, leaves.size());
    assertEquals(reason, leaves.getFirst().get("reason"));
    assertEquals(List.of(), world.leaves("connection.created"));
  }

  @ParameterizedTest(name = "F37 a key with the right {0} is refused by name")
  @ValueSource(
      strings = {
        "enableWithdrawals",
        "enableInternalTransfer",
        "enableMargin",
        "enableFutures",
        "permitsUniversalTransfer",
        "enableVanillaOptions",
        "enableFixApiTrade",
        "enableSpotAndMarginTrading",
        "enablePortfolioMarginTrading"
      })
  void eachRightBeyondReadingIsRefusedByName(String right) {
    Response response = world.connect(world.key(KeyGrant.hmac().allowing(right)));
    response
        .then()
        .body("rights", hasSize(1))
        .body("rights[0].right", equalTo(right))
        .body("rights[0].known", equalTo(true))
        .body("rights[0].remedy", containsString("API Management"));
    refused(response, "key-too-powerful");
    assertEquals(right, world.leaves("connection.refused").getFirst().get("rights"));
  }

  @Test
  @DisplayName("F37 a key with every right is refused with all of them named at once")
  void allRightsAreNamedAtOnce() {
    KeyGrant grant = KeyGrant.hmac();
    List<String> tooMuch = new ArrayList<>();
    for (String right : Rights.NAMES) {
      if (!right.equals("enableReading") && !right.equals("enableFixReadOnly")) {
        grant = grant.allowing(right);
        tooMuch.add(right);
      }
    }
    Response response = world.connect(world.key(grant));
    refused(response, "key-too-powerful");
    assertEquals(Set.copyOf(tooMuch), Set.copyOf(response.path("rights.right")));
  }

  @Test
  @DisplayName("F35 a right that no document knows and that is on refuses the key")
  void anUnknownRightIsRefused() {
    Response response = world.connect(world.key(KeyGrant.hmac().allowing("enablePredictionTrade")));
    response
        .then()
        .body("rights[0].right", equalTo("enablePredictionTrade"))
        .body("rights[0].known", equalTo(false));
    refused(response, "key-too-powerful");
  }

  private void rejectedForOneOfThreeCauses(Response response) {
    response
        .then()
        .body("causes", hasSize(3))
        .body("causes.cause", contains("key-unknown", "address-not-allowed", "reading-not-enabled"))
        .body("causes[1].check", containsString(TestExchange.EGRESS_ADDRESS));
    refused(response, "key-rejected");
  }

  @Test
  void aRevokedKeyIsRejectedWithThreeCausesToCheck() {
    ApiKey key = world.key(KeyGrant.hmac());
    sandbox.exchange().changeKey(key.key(), known -> known.revoked(true));
    rejectedForOneOfThreeCauses(world.connect(key));
  }

  @Test
  void aKeyOfAnotherEnvironmentIsRejectedWithThreeCausesToCheck() {
    rejectedForOneOfThreeCauses(world.connect(new ApiKey("e".repeat(64), "s".repeat(64))));
  }

  @Test
  void aKeyForOtherAddressesIsRejectedWithThreeCausesToCheck() {
    rejectedForOneOfThreeCauses(
        world.connect(world.key(KeyGrant.hmac().from(Set.of("203.0.113.9")))));
  }

  @Test
  void aKeyThatMayNotReadIsRejectedWithThreeCausesToCheck() {
    ApiKey key = world.key(KeyGrant.hmac());
    sandbox
        .exchange()
        .changeKey(key.key(), known -> known.with(Rights.readOnly().with("enableReading", false)));
    rejectedForOneOfThreeCauses(world.connect(key));
  }

  @Test
  void aWrongSecretHasAProblemOfItsOwn() {
    ApiKey key = world.key(KeyGrant.hmac());
    refused(world.connect(new ApiKey(key.key(), "w".repeat(64))), "key-signature-rejected");
  }

  @Test
  void aKeyWithoutTheVenuesFormIsRefusedBeforeAnyCall() {
    long calls = sandbox.calls().next();
    Response response = world.connect(new ApiKey("not-a-key-at-all", "s".repeat(64)));
    refused(response, "key-malformed");
    assertFalse(response.asString().contains("not-a-key-at-all"));
    assertEquals(calls, sandbox.calls().next(), "calls to the venue");
  }

  @Test
  void aPrivateKeyThatIsNoneIsRefusedWithoutBeingRepeated() {
    String pasted = "cGFzdGVkLWJ5LW1pc3Rha2U=";
    long calls = sandbox.calls().next();
    Response response =
        world.connect(
            """
            {"kind": "ed25519", "api_key": "%s", "private_key": "%s"}
            """
                .formatted("k".repeat(64), pasted));
    refused(response, "key-malformed");
    assertFalse(response.asString().contains(pasted));
    assertEquals(calls, sandbox.calls().next(), "calls to the venue");
  }

  @Test
  void aRestrictedRegionHasAProblemOfItsOwn() {
    sandbox.faults().next(1, World.RIGHTS_PATH, new Fault.Region());
    refused(world.connect(world.key(KeyGrant.hmac())), "venue-restricted");
  }

  @Test
  void aVenueThatAsksForPatienceIsAnsweredWithRetryAfter() {
    ApiKey key = world.key(KeyGrant.hmac());
    sandbox.faults().next(1, World.RIGHTS_PATH, new Fault.TooMany("2"));
    Response response = world.connect(key);
    response
        .then()
        .statusCode(503)
        .body("code", equalTo("venue-unavailable"))
        .header("Retry-After", notNullValue());
    assertTrue(Integer.parseInt(response.header("Retry-After")) >= 1);
    nothingStored("venue-unavailable");
    // The whole address keeps quiet meanwhile; then the same request goes through.
    await().atMost(Duration.ofSeconds(30)).until(() -> world.connect(key).statusCode() == 201);
  }

  @Test
  void anUnreadableAnswerAboutRightsStoresNothing() {
    sandbox
        .faults()
        .next(1, World.RIGHTS_PATH, new Fault.Replace(200, "application/json", "{\"ok\": 1}"));
    Response response = world.connect(world.key(KeyGrant.hmac()));
    response.then().body("remedy", containsString("until its rights can be read"));
    refused(response, "key-unverifiable");
  }

  @Test
  void anAccountThatCannotBeReadStoresNothing() {
    sandbox.faults().next(1, World.ACCOUNT_PATH, new Fault.Refuse(401, -2015, "no"));
    rejectedForOneOfThreeCauses(world.connect(world.key(KeyGrant.hmac())));
  }

  @Test
  void rightsAreReadBeforeTheAccount() {
    long before = sandbox.calls().next();
    world.connect(world.key(KeyGrant.hmac().allowing("enableWithdrawals")));
    List<String> signed =
        sandbox.calls().since(before).stream()
            .filter(call -> !call.key().isEmpty())
            .map(call -> call.path())
            .toList();
    assertEquals(List.of(World.RIGHTS_PATH), signed);
  }

  @Test
  void anEndedConsentRefusesBeforeTheKeyIsLookedAt() {
    world.post("/v1/consents/" + world.consent + "/withdrawal", "{}").then().statusCode(200);
    long calls = sandbox.calls().next();
    Response response = world.connect(world.key(KeyGrant.hmac()));
    response.then().statusCode(403).body("code", equalTo("consent-missing"));
    nothingStored("consent-missing");
    assertEquals(calls, sandbox.calls().next(), "calls to the venue");
  }

  @Test
  void environmentsTheTenantMayNotUseAndUnknownOnesAreRefusedAlike() {
    ApiKey key = world.key(KeyGrant.hmac());
    for (String environment : List.of("production", "moon")) {
      world
          .post(
              "/v1/connections",
              """
              {"consent": "%s", "venue": "binance", "environment": "%s", "key": %s}
              """
                  .formatted(world.consent, environment, World.hmac(key)))
          .then()
          .statusCode(400)
          .body("field", equalTo("environment"))
          .body("detail", containsString("may not connect to this environment"));
    }
    assertEquals(0, world.stored());
  }

  @Test
  void requestsThatMixTheWaysAreRefused() {
    ApiKey key = world.key(KeyGrant.hmac());
    world
        .connect(
            """
            {"kind": "hmac", "api_key": "%s", "private_key": "%s"}
            """
                .formatted(key.key(), key.secret()))
        .then()
        .statusCode(400)
        .body("field", equalTo("key.secret"));
    world
        .post(
            "/v1/connections",
            """
            {"consent": "%s", "venue": "binance", "environment": "sandbox"}
            """
                .formatted(world.consent))
        .then()
        .statusCode(400)
        .body("field", equalTo("key"));
    assertEquals(0, world.stored());
  }
}
