package io.tallystick.tenancy;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.tallystick.boot.TestDatabase;
import io.tallystick.kernel.Digests;
import io.tallystick.tenancy.Repositories.ClientRows;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class TokensTest {
  @Inject Tokens tokens;
  @Inject Provisioning provisioning;
  @Inject Transactions transactions;
  @Inject ClientRows clients;

  private TestTenant tenant;

  @BeforeEach
  void provision() {
    tenant = TestTenant.fresh(provisioning);
  }

  @Test
  void aTokenStandsForItsClientWithRoleAndPurpose() {
    assertEquals(tenant.caller(Role.TRACKER), tokens.callerOf(tenant.token("tracker")));
    assertEquals(tenant.caller(Role.OWNER), tokens.callerOf(tenant.token("owner")));
    assertNull(tokens.callerOf(tenant.token("nobody")));
    assertNull(tokens.callerOf(""));
    assertNull(tokens.callerOf("x".repeat(513)));
  }

  @Test
  @DisplayName("F53 a token that expired a moment ago is refused, by the database's clock")
  void expiredTokensAreRefused() {
    assertEquals(200, status("owner"));
    give("owner", "expires_at = clock_timestamp() + interval '1 hour'");
    assertEquals(200, status("owner"));
    give("owner", "expires_at = clock_timestamp() - interval '1 millisecond'");
    assertEquals(401, status("owner"));
  }

  @Test
  @DisplayName("F54 a revoked token is refused by the next request")
  void revokedTokensAreRefused() {
    assertEquals(200, status("owner"));
    give("owner", "revoked_at = clock_timestamp()");
    assertEquals(401, status("owner"));
  }

  @Test
  void aTokenThatIsGivenOutTwiceNamesNobody() {
    TestTenant other = TestTenant.fresh(provisioning);
    String shared = tenant.token("owner");
    provisioning.apply(
        TestTenant.write(
            """
            {"tenants": [{"name": "%s", "environments": ["sandbox"], "clients": [
              {"name": "owner", "role": "owner", "purpose": "administration",
               "token_sha256": "%s"}]}]}
            """
                .formatted(other.name(), TestTenant.sha256(shared))));
    assertNull(tokens.callerOf(shared));
  }

  @Test
  void ownersSeeTheirClientsAndOthersDoNot() {
    tenant
        .as("owner")
        .get("/v1/clients")
        .then()
        .statusCode(200)
        .body("items", hasSize(6))
        .body("items.name", hasItems("tracker", "other"))
        .body("items.find { it.name == 'tracker' }.id", equalTo(tenant.publicClient("tracker")));
    for (String role : List.of("tracker", "accountant", "operator")) {
      tenant.as(role).get("/v1/clients").then().statusCode(403).body("code", equalTo("forbidden"));
    }
    String csv = tenant.as("owner").accept("text/csv").get("/v1/clients").body().asString();
    assertTrue(csv.startsWith("id,name,role,purpose,country,contact,address\r\n"), csv);
    assertEquals(7, csv.lines().count());
  }

  @Test
  void entitiesLiveInTheTenantsTransactionAndBehindItsWall() {
    TestTenant other = TestTenant.fresh(provisioning);
    List<Long> seen =
        transactions.as(
            tenant.id(),
            tx -> clients.listAll().stream().map(row -> row.tenant).distinct().toList());
    assertEquals(List.of(tenant.id()), seen, "a query without a filter");
    assertEquals(0, clientsSeen(tenant.id(), other.id()));
    assertThrows(
        RuntimeException.class,
        () ->
            transactions.as(
                tenant.id(),
                tx -> {
                  ClientEntity row = new ClientEntity();
                  row.tenant = other.id();
                  row.client = 1;
                  row.name = "forged";
                  row.role = "owner";
                  row.purpose = "tax";
                  clients.persistAndFlush(row);
                  return true;
                }));
    int together =
        transactions.as(
            tenant.id(),
            tx -> {
              ClientEntity row = new ClientEntity();
              row.tenant = tenant.id();
              row.client = Digests.key63("uncommitted");
              row.name = "uncommitted";
              row.role = "owner";
              row.purpose = "tax";
              clients.persistAndFlush(row);
              return tx.sql("select 1 from client where tenant_id = ? and client_id = ?")
                  .bind(tx.tenant(), row.client)
                  .list(found -> true)
                  .size();
            });
    assertEquals(1, together, "plain SQL sees what the entity manager has not committed yet");
  }

  private int clientsSeen(long as, long of) {
    return transactions.as(as, tx -> clients.of(of).size());
  }

  private int status(String client) {
    return RestAssured.given()
        .header("Authorization", "Bearer " + tenant.token(client))
        .get("/v1/clients")
        .statusCode();
  }

  /** Gives a client's token other dates; expiry by a fresh row, as it is never changed in place. */
  private void give(String client, String assignment) {
    long id = tenant.clientId(client);
    transactions.as(
        tenant.id(),
        tx -> {
          if (assignment.startsWith("revoked_at")) {
            return tx.sql("update api_token set " + assignment + " where client_id = ?")
                .bind(id)
                .update();
          }
          tx.sql("update api_token set revoked_at = clock_timestamp() where client_id = ?")
              .bind(id)
              .update();
          String expiry = assignment.substring("expires_at = ".length());
          return tx.sql(
                  "insert into api_token select tenant_id, (random() * 1e15)::bigint, client_id,"
                      + " token_hash, created_at, "
                      + expiry
                      + ", null from api_token"
                      + " where client_id = ? limit 1")
              .bind(id)
              .update();
        });
  }
}
