package io.tallystick.connection;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.boot.TestDatabase;
import io.tallystick.boot.TestExchange;
import io.tallystick.kernel.PublicIds;
import io.tallystick.sandbox.exchange.ApiKey;
import io.tallystick.sandbox.exchange.KeyGrant;
import io.tallystick.sandbox.fault.Fault;
import io.tallystick.sandbox.protocol.Rights;
import io.tallystick.venue.Denial;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class RightsCheckTest extends AtTheExchange {
  @Inject Connections connections;
  @Inject AccessLog log;

  private ApiKey key;
  private String id;

  @BeforeEach
  void prepare() {
    key = world.key(KeyGrant.hmac());
    id = world.connect(key).path("id");
  }

  private Response check() {
    return world.post("/v1/connections/" + id + "/rights-checks", "");
  }

  private Link link() {
    PublicIds.Keyed at = Objects.requireNonNull(PublicIds.connection(id));
    return world.in(tx -> Objects.requireNonNull(connections.find(tx, at.holder(), at.key())));
  }

  private void rights(Rights rights) {
    sandbox.exchange().changeKey(key.key(), known -> known.with(rights));
  }

  private void revoked(boolean now) {
    sandbox.exchange().changeKey(key.key(), known -> known.revoked(now));
  }

  // The doubt of before was long ago: what keeps its distance counts as another.
  private void sixMinutesPass() {
    world.in(
        tx -> tx.sql("update connection set doubted_at = doubted_at - interval '6 min'").update());
  }

  @Test
  void aCheckReadsTheRightsAgainAndLogsIt() {
    int calls = (int) sandbox.calls().count(call -> call.path().equals(World.RIGHTS_PATH));
    check()
        .then()
        .statusCode(200)
        .body("verdict", equalTo("read_only"))
        .body("state", equalTo("active"));
    assertEquals(calls + 1, sandbox.calls().count(call -> call.path().equals(World.RIGHTS_PATH)));
    assertEquals(2, world.leaves("rights.checked").size());
    assertEquals(0, world.leaves("connection.changed").size(), "nothing changed");
  }

  @Test
  void anOldKeyAndOneForAnyAddressComeWithAdvice() {
    String path = "/v1/connections/" + id;
    // A key of the exchange is for any address unless it names some.
    world
        .get(path)
        .then()
        .statusCode(200)
        .body("key.address_restricted", equalTo(false))
        .body("key.since", notNullValue())
        .body("key.advice", contains(containsString(TestExchange.EGRESS_ADDRESS)));
    world.in(
        tx -> tx.sql("update connection set key_since = now() - interval '181 days'").update());
    List<String> advice = world.get(path).then().statusCode(200).extract().path("key.advice");
    assertEquals(2, advice.size(), advice.toString());
    assertTrue(advice.getFirst().contains("181 days old"), advice.toString());
    world.in(tx -> tx.sql("update connection set address_restricted = true").update());
    assertEquals(1, world.get(path).<List<String>>path("key.advice").size());
    world.tenant.as("tracker").get(path).then().statusCode(200).body("key", nullValue());
  }

  @Test
  void aWidenedKeyIsSuspendedByNameAndGoesOnWhenMended() {
    rights(Rights.readOnly().with("enableWithdrawals", true));
    check()
        .then()
        .statusCode(200)
        .body("verdict", equalTo("too_powerful"))
        .body("rights", contains("enableWithdrawals"))
        .body("state", equalTo("rights-widened"));
    world
        .get("/v1/connections/" + id)
        .then()
        .body("state_reason", equalTo("enableWithdrawals"))
        .body("next_step", containsString("Switch off"));
    assertFalse(link().state().mayPull());
    assertEquals(0, planned(), "the regular run is the only one");
    rights(Rights.readOnly());
    check().then().body("verdict", equalTo("read_only")).body("state", equalTo("active"));
    assertEquals(2, world.leaves("connection.changed").size());
    assertEquals(1, planned(), "what was missed meanwhile is read at once");
    check();
    assertEquals(2, world.leaves("connection.changed").size());
  }

  /** Runs of this connection besides the regular ones. */
  private int planned() {
    Link link = link();
    return world.in(tx ->
        tx.sql("select 1 from qrtz_triggers where trigger_name = ?")
            .bind("once/" + link.tenant() + "/" + link.holder() + "/" + link.id())
            .list(row -> 1)
            .size());
  }

  @Test
  void pullsSinceTheLastGoodReadingAreFlaggedWhenAKeyWasWidened() {
    check().then().body("verdict", equalTo("read_only"));
    Link link = link();
    for (int i = 0; i < 3; i++) {
      world.in(tx ->
          log.append(
              tx,
              new Leaf(Leaf.Kind.PULL, link.holder(), link.consent(), link.id(), null, Map.of())));
    }
    rights(Rights.readOnly().with("enableWithdrawals", true));
    check().then().body("verdict", equalTo("too_powerful"));
    check();
    List<Map<String, String>> told = world.leaves("rights.checked");
    assertEquals("3", told.get(told.size() - 2).get("flagged_pulls"));
    assertTrue(told.get(told.size() - 2).containsKey("flagged_since"));
    assertFalse(told.getLast().containsKey("flagged_pulls"), "told once");
  }

  @Test
  void whatARunKnewBeforeDoesNotUndoASuspension() {
    Link before = link();
    rights(Rights.readOnly().with("enableWithdrawals", true));
    check().then().body("state", equalTo("rights-widened"));
    world.in(tx -> {
      connections.moveTo(tx, before, ConnectionState.ACTIVE, "", null);
      connections.keyRefused(tx, before, Denial.KEY_OR_ADDRESS_OR_RIGHT);
      return before;
    });
    assertEquals(ConnectionState.RIGHTS_WIDENED, link().state());
  }

  @Test
  @DisplayName("F39 a rejected key is doubted first and given up after three spaced refusals")
  void aKeyIsGivenUpAfterThreeSpacedRefusals() {
    revoked(true);
    check().then().statusCode(200).body("state", equalTo("key-doubted"));
    world
        .get("/v1/connections/" + id)
        .then()
        .body("waiting_until", notNullValue())
        .body("verdict", equalTo("rejected"));
    check().then().body("state", equalTo("key-doubted"));
    check().then().body("state", equalTo("key-doubted"));
    assertTrue(link().state().mayPull(), "refusals close together count as one");
    sixMinutesPass();
    check().then().body("state", equalTo("key-doubted"));
    sixMinutesPass();
    check().then().body("state", equalTo("key-rejected"));
    assertFalse(link().state().mayPull());
    world
        .get("/v1/connections/" + id)
        .then()
        .body("waiting_until", nullValue())
        .body("next_step", containsString("new key"));
  }

  @Test
  @DisplayName("F39 one -2015 and then a good answer leaves no doubt behind")
  void oneRefusalThatPassesIsForgotten() {
    sandbox.faults().next(1, World.RIGHTS_PATH, new Fault.Refuse(401, -2015, "no"));
    check().then().body("state", equalTo("key-doubted"));
    check().then().body("state", equalTo("active")).body("verdict", equalTo("read_only"));
    assertEquals(0, world.count("select doubts from connection"));
  }

  @Test
  @DisplayName("F39 a key whose address list changed recovers when it is changed back")
  void anAddressListThatChangesBackRecovers() {
    sandbox.exchange().changeKey(key.key(), known -> known.with(java.util.Set.of("203.0.113.9")));
    check().then().body("state", equalTo("key-doubted"));
    sandbox.exchange().changeKey(key.key(), known -> known.with(java.util.Set.<String>of()));
    check().then().body("state", equalTo("active"));
  }

  @Test
  void aVenueThatCannotTellMovesTheConnectionAndSaysWhenToAskAgain() {
    sandbox.faults().next(1, World.RIGHTS_PATH, new Fault.Region());
    check().then().statusCode(422).body("code", equalTo("venue-restricted"));
    assertEquals(ConnectionState.REGION_REFUSED, link().state());
    check().then().statusCode(200).body("state", equalTo("active"));
  }

  @Test
  void aSuspensionStandsUntilTheVenueTellsThatTheRightsAreGone() {
    rights(Rights.readOnly().with("enableWithdrawals", true));
    check().then().body("state", equalTo("rights-widened"));
    List<Fault> silences =
        List.of(
            new Fault.Page(), new Fault.Region(), new Fault.Refuse(401, -2015, "Not this one."));
    for (Fault silence : silences) {
      sandbox.faults().next(1, World.RIGHTS_PATH, silence);
      check();
      assertEquals(ConnectionState.RIGHTS_WIDENED, link().state(), silence.toString());
      assertEquals("enableWithdrawals", link().stateReason());
    }
    assertEquals(1, world.leaves("connection.changed").size());
    rights(Rights.readOnly());
    check().then().body("state", equalTo("active"));
  }

  @Test
  void withoutConsentNoRightsAreRead() {
    world.post("/v1/consents/" + world.consent + "/withdrawal", "{}").then().statusCode(200);
    long calls = sandbox.calls().next();
    check().then().statusCode(403).body("code", equalTo("consent-missing"));
    assertEquals(calls, sandbox.calls().next());
  }

  @Test
  void whileTheConsentIsPausedItNeedsNoNewOne() {
    String consent = "/v1/consents/" + world.consent;
    String pause = "{\"step\": \"pause\", \"reason\": \"planned\"}";
    world.post(consent + "/steps", pause).then().statusCode(200);
    check()
        .then()
        .statusCode(403)
        .body("code", equalTo("consent-missing"))
        .body("detail", containsString("resume"))
        .body("detail", not(containsString("new one")));
    String shown = "/v1/connections/" + id;
    world.get(shown).then().body("next_step", containsString("resume"));
    assertEquals("consent-paused", link().stateReason());
    world.post(consent + "/withdrawal", "{}").then().statusCode(200);
    check().then().statusCode(403).body("detail", containsString("new one"));
    world.get(shown).then().body("next_step", containsString("new consent"));
  }

  @Test
  void aStateChangesOnceForOneLeafAndSilentlyWhenItIsTheSame() {
    world.in(tx -> {
      Link now = Objects.requireNonNull(connections.find(tx, link().holder(), link().id()));
      connections.moveTo(tx, now, ConnectionState.ACTIVE, "", null);
      connections.moveTo(tx, now, ConnectionState.VENUE_DOWN, "unreachable", null);
      connections.moveTo(tx, now, ConnectionState.VENUE_DOWN, "unreachable", null);
      connections.moveTo(tx, now, ConnectionState.VENUE_DOWN, "a firewall", null);
      return now;
    });
    assertEquals(1, world.leaves("connection.changed").size());
    assertEquals("a firewall", link().stateReason());
  }
}
