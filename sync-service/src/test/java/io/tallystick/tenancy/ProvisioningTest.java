package io.tallystick.tenancy;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.access.AccessLog;
import io.tallystick.boot.TestDatabase;
import io.tallystick.tenancy.Repositories.ClientRows;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the provisioning file makes of a tenant, and what of it is refused. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ProvisioningTest {
  private static final AccessLog.Query ADMIN =
      new AccessLog.Query(null, null, null, null, "admin", null, null, null, null, 10);

  @Inject Tokens tokens;
  @Inject Provisioning provisioning;
  @Inject Transactions transactions;
  @Inject ClientRows clients;
  @Inject AccessLog log;

  private TestTenant tenant;

  @BeforeEach
  void provision() {
    tenant = TestTenant.fresh(provisioning);
  }

  @Test
  void provisioningAgainChangesNothingAndDroppedTokensAreRevoked() {
    Path file =
        TestTenant.write(
            """
            {"tenants": [{"name": "%s", "environments": ["sandbox"], "clients": [%s]}]}
            """
                .formatted(tenant.name(), tenant.client("owner", "owner", "administration")));
    provisioning.apply(file);
    provisioning.apply(file);
    assertNotNull(tokens.callerOf(tenant.token("owner")));
    assertNull(tokens.callerOf(tenant.token("tracker")), "no longer in the file");
    transactions.as(
        tenant.id(),
        tx ->
            tx.sql("update api_token set revoked_at = clock_timestamp() where client_id = ?")
                .bind(tenant.clientId("owner"))
                .update());
    provisioning.apply(file);
    assertNull(tokens.callerOf(tenant.token("owner")), "revoked stays revoked");
    assertEquals(6, (int) transactions.as(tenant.id(), tx -> clients.of(tenant.id()).size()));
    // What the operator changed is in the log, as what owners change is: twice something, no more.
    List<Map<String, String>> acts =
        transactions.as(
            tenant.id(), tx -> log.find(tx, ADMIN).stream().map(AccessLog.Shown::facts).toList());
    assertEquals(2, acts.size(), acts.toString());
    for (Map<String, String> act : acts) {
      assertEquals("provisioning.applied", act.get("act"));
      boolean made = act.containsKey("tenant");
      assertEquals(made ? 6 : 0, count(act, "clients"));
      assertEquals(made ? 6 : 0, count(act, "tokens"));
      assertEquals(made ? 0 : 5, count(act, "revoked"));
    }
  }

  private static int count(Map<String, String> act, String what) {
    return act.containsKey(what) ? act.get(what).split(" ").length : 0;
  }

  @Test
  @DisplayName("F117 a bad provisioning file is refused with all its faults, and changes nothing")
  void badFilesAreRefused() {
    String message =
        refusal(
            """
            {"tenants": [{"name": "bad one", "environments": [], "clients": [
              {"name": "", "role": "god", "purpose": "Tax!", "token_sha256": "demo-owner"},
              {"name": "b", "role": "owner", "purpose": "tax", "token_sha256": "%1$s"},
              {"name": "b", "role": "owner", "purpose": "tax", "token_sha256": "%1$s"}]}]}
            """
                .formatted(TestTenant.sha256("x")));
    Stream.of(
            "tenants[0].environments",
            "clients[0].name",
            "clients[0].role",
            "clients[0].purpose",
            "clients[0].token_sha256",
            "clients[2].name: is given twice",
            "clients[2].token_sha256: is given twice")
        .forEach(part -> assertTrue(message.contains(part), part + " in " + message));
    assertTrue(!message.contains("demo-owner"), "no value is repeated");
    assertTrue(refusal("{\"tenants\": [], \"admin\": 1}").contains("admin"));
    assertTrue(refusal("{\"tenants\": [{\"name\": 7}]}").contains("tenants[0].name"));
    assertTrue(refusal("not json").contains("JSON"));
    long id = Provisioning.tenantId("bad one");
    assertEquals(0, (int) transactions.as(id, tx -> clients.of(id).size()));
  }

  @Test
  void aClientCannotChangeItsRoleUnderTheSameName() {
    String message =
        refusal(
            """
            {"tenants": [{"name": "%s", "environments": ["sandbox"], "clients": [%s]}]}
            """
                .formatted(tenant.name(), tenant.client("tracker", "owner", "portfolio")));
    assertTrue(message.contains("clients[0]"), message);
    assertEquals(tenant.caller(Role.TRACKER), tokens.callerOf(tenant.token("tracker")));
  }

  @Test
  void theFileTellsWhereAClientWorksOnceAndForGood() {
    String place = ", \"country\": \"%s\", \"contact\": \"desk@alpine.example\"}";
    provisioning.apply(tracker(place.formatted("CH")));
    provisioning.apply(tracker("}"));
    tenant
        .as("compliance")
        .get("/v1/clients")
        .then()
        .body("items.find { it.name == 'tracker' }.country", equalTo("CH"))
        .body("items.find { it.name == 'tracker' }.contact", equalTo("desk@alpine.example"))
        .body("items.find { it.name == 'accountant' }.country", nullValue());
    List<String> told =
        tenant.as("compliance").get("/v1/access-log?kind=admin").path("items.facts.told");
    assertEquals(2, told.size(), "when it was made, and now");
    assertTrue(told.contains(tenant.publicClient("tracker")), told.toString());
    String other = refusal(tracker(place.formatted("FR")));
    assertTrue(other.contains("country"), other);
    String unknown = refusal(tracker(place.formatted("Switzerland")));
    assertTrue(unknown.contains("clients[1].country"), unknown);
  }

  private Path tracker(String end) {
    String client = tenant.client("tracker", "tracker", "portfolio").strip();
    return TestTenant.write(
        """
        {"tenants": [{"name": "%s", "environments": ["sandbox"], "clients": [%s, %s]}]}
        """
            .formatted(
                tenant.name(),
                tenant.client("compliance", "compliance", "review"),
                client.substring(0, client.length() - 1) + end));
  }

  private String refusal(String json) {
    return refusal(TestTenant.write(json));
  }

  private String refusal(Path file) {
    return assertThrows(Provisioning.Refused.class, () -> provisioning.apply(file)).getMessage();
  }
}
