package io.tallystick.connection;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tallystick.boot.TestDatabase;
import io.tallystick.boot.TestExchange;
import io.tallystick.sandbox.Sandbox;
import io.tallystick.sandbox.exchange.ApiKey;
import io.tallystick.sandbox.exchange.KeyGrant;
import io.tallystick.sandbox.fault.Fault;
import io.tallystick.sandbox.protocol.Rights;
import io.tallystick.tenancy.Provisioning;
import io.tallystick.tenancy.Transactions;
import jakarta.inject.Inject;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class ConnectTest {
  private static Sandbox sandbox;

  @Inject Provisioning provisioning;
  @Inject Transactions transactions;
  @Inject Scheduler scheduler;

  private World world;

  @BeforeAll
  static void open() {
    sandbox = World.open();
  }

  @AfterAll
  static void close() {
    sandbox.close();
  }

  @BeforeEach
  void begin() throws SchedulerException {
    // The engine would read each account: what is asked here ends with the connection.
    scheduler.standby();
    world = new World(sandbox, provisioning, transactions);
  }

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

  @Test
  void aReadOnlyHmacKeyIsConnectedAndNeverShown() {
    ApiKey key = world.key(KeyGrant.hmac());
    Response made = world.connect(key);
    made.then()
        .statusCode(201)
        .body("id", startsWith("con_"))
        .body("holder", equalTo(world.holder))
        .body("consent", equalTo(world.consent))
        .body("venue", equalTo("binance"))
        .body("environment", equalTo("sandbox"))
        .body("state", equalTo("active"))
        .body("state_reason", nullValue())
        .body("next_step", containsString("Nothing to do"))
        .body("verdict", equalTo("read_only"))
        .body("verdict_text", equalTo("proved read-only"))
        .body("rights", contains("enableReading"))
        .body("rights_checked_at", notNullValue())
        .body("key.kind", equalTo("hmac"))
        .body("key.origin", equalTo("brought"));
    String id = made.path("id");
    Response shown = world.get("/v1/connections/" + id);
    shown.then().statusCode(200).body("id", equalTo(id));
    world
        .get("/v1/connections?holder=" + world.holder)
        .then()
        .statusCode(200)
        .body("items", hasSize(1))
        .body("items[0].id", equalTo(id));
    world
        .get("/v1/connections/" + id + "/rights")
        .then()
        .statusCode(200)
        .body("verdict", equalTo("read_only"))
        .body("rights", contains("enableReading"))
        .body("acknowledged", equalTo(false));
    assertEquals(1, world.count("select count(*) from connection"));
    assertEquals(1, world.count("select count(*) from venue_account"));
    assertEquals(1, world.count("select count(*) from credential where sealed is not null"));
    assertEquals(1, world.leaves("rights.checked").size());
    Map<String, String> created = world.leaves("connection.created").getFirst();
    assertEquals("hmac", created.get("key_kind"));
    assertEquals(16, created.get("fingerprint").length());
    assertFalse(key.key().contains(created.get("fingerprint")));
  }

  @Test
  void rsaAndEd25519KeysAreConnectedToo() {
    KeyPair rsa = World.rsa();
    world
        .connect(World.asymmetric("rsa", world.key(KeyGrant.of(rsa.getPublic())), rsa))
        .then()
        .statusCode(201)
        .body("key.kind", equalTo("rsa"));
    world = new World(sandbox, provisioning, transactions);
    KeyPair ed25519 = World.ed25519();
    world
        .connect(World.asymmetric("ed25519", world.key(KeyGrant.of(ed25519.getPublic())), ed25519))
        .then()
        .statusCode(201)
        .body("key.kind", equalTo("ed25519"));
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
    assertTrue(response.statusCode() == 422 || response.statusCode() == 503);
    assertEquals(0, world.stored());
    assertEquals(1, world.leaves("connection.refused").size());
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
  @DisplayName("F45 a second key of the same account is refused and names the connection")
  void theSameAccountIsConnectedOnce() {
    String first = world.connect(world.key(KeyGrant.hmac())).path("id");
    Response second = world.connect(world.key(KeyGrant.hmac()));
    second
        .then()
        .statusCode(409)
        .body("code", equalTo("already-connected"))
        .body("connection", equalTo(first));
    assertEquals(3, world.stored(), "one connection, its account, its credential");
  }

  @Test
  @DisplayName("F45 another holder of the tenant cannot connect the account, and learns no id")
  void theSameAccountOfAnotherHolderIsRefused() {
    world.connect(world.key(KeyGrant.hmac())).then().statusCode(201);
    String other = world.post("/v1/holders", "{\"reference\": \"bob\"}").path("id");
    Response second =
        world.post(
            "/v1/connections",
            """
            {"consent": "%s", "venue": "binance", "environment": "sandbox", "key": %s}
            """
                .formatted(world.newConsent(other), World.hmac(world.key(KeyGrant.hmac()))));
    second
        .then()
        .statusCode(409)
        .body("code", equalTo("already-connected"))
        .body("connection", nullValue());
  }

  @Test
  @DisplayName("F45 of two connects of one account at once, one wins")
  void connectsAtOnceEndWithOneConnection() {
    List<CompletableFuture<Integer>> racers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ApiKey key = world.key(KeyGrant.hmac());
      racers.add(CompletableFuture.supplyAsync(() -> world.connect(key).statusCode()));
    }
    List<Integer> ends = racers.stream().map(CompletableFuture::join).sorted().toList();
    assertEquals(List.of(201, 409, 409, 409), ends);
    assertEquals(3, world.stored());
  }

  @Test
  void theSameAccountIsTheSameConnectionForTwoTenantsWithoutEitherKnowing() {
    String first = world.connect(world.key(KeyGrant.hmac())).path("id");
    World other = new World(sandbox, provisioning, transactions);
    Response second = other.connect(world.key(KeyGrant.hmac()));
    second.then().statusCode(201);
    other.get("/v1/connections/" + first).then().statusCode(404);
    world.get("/v1/connections/" + second.path("id")).then().statusCode(404);
    String query =
        "select ('x' || left(replace(public_id::text, '-', ''), 15))::bit(60)::bigint"
            + " from connection";
    assertEquals(world.count(query), other.count(query), "the public id survives a rebuild");
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

  @Test
  void onlyOwnersConnectAndOnlyNamedClientsSeeIt() {
    String body = "{\"consent\": \"x\", \"venue\": \"binance\", \"environment\": \"sandbox\"}";
    for (String client : List.of("tracker", "accountant", "compliance", "operator")) {
      world
          .tenant
          .as(client)
          .contentType("application/json")
          .body(body)
          .post("/v1/connections")
          .then()
          .statusCode(403);
    }
    String id = world.connect(world.key(KeyGrant.hmac())).path("id");
    world.tenant.as("tracker").get("/v1/connections/" + id).then().statusCode(200);
    world
        .tenant
        .as("tracker")
        .get("/v1/connections")
        .then()
        .body("items", hasSize(1))
        .body("items[0].key", nullValue());
    world.tenant.as("other").get("/v1/connections/" + id).then().statusCode(404);
    world.tenant.as("other").get("/v1/connections").then().body("items", hasSize(0));
    world
        .tenant
        .as("compliance")
        .get("/v1/connections/" + id)
        .then()
        .statusCode(200)
        .body("key", nullValue());
  }
}
