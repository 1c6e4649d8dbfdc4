package io.tallystick.connection;

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
import io.tallystick.sandbox.exchange.ApiKey;
import io.tallystick.sandbox.exchange.KeyGrant;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class ConnectTest extends AtTheExchange {
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
  void connectsAtOnceEndWithOneConnection() throws InterruptedException {
    List<Integer> ends;
    // Threads of their own: blocked workers of the common pool would hold up HTTP clients too.
    try (ExecutorService racers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> running = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        ApiKey key = world.key(KeyGrant.hmac());
        running.add(racers.submit(() -> world.connect(key).statusCode()));
      }
      racers.shutdown();
      assertTrue(racers.awaitTermination(1, TimeUnit.MINUTES));
      ends = running.stream().map(Future::resultNow).sorted().toList();
    }
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
