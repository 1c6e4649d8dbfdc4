package io.tallystick.tenancy;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.tallystick.boot.TestDatabase;
import io.tallystick.kernel.PublicIds;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Clients and tokens that an owner makes, replaces and revokes. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class TokenIssueTest {
  @Inject Provisioning provisioning;
  @Inject Transactions transactions;

  private TestTenant tenant;

  @BeforeEach
  void provision() {
    tenant = TestTenant.fresh(provisioning);
  }

  private Response post(String as, String path, String body) {
    return tenant.as(as).contentType("application/json").body(body).post(path);
  }

  private String client(String name) {
    return post("owner", "/v1/clients", clientJson(name, "compliance"))
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private Response issue(String client, Duration life, String more) {
    return post(
        "owner",
        "/v1/clients/" + client + "/tokens",
        "{\"expires_at\": \"%s\"%s}".formatted(Instant.now().plus(life), more));
  }

  private static int status(String token) {
    return RestAssured.given()
        .header("Authorization", "Bearer " + token)
        .get("/v1/holders")
        .statusCode();
  }

  @Test
  void aTokenIsShownOnceWorksAndIsInTheLog() {
    String client = client("auditor");
    Response issued = issue(client, Duration.ofDays(30), "");
    issued.then().statusCode(201).body("issued.client", equalTo(client));
    String token = issued.path("token");
    assertTrue(token.matches("tlk_[0-9a-f]{72}"), "prefix, 256 bits, checksum");
    assertEquals(200, status(token));
    Response list = tenant.as("compliance").get("/v1/clients/" + client + "/tokens");
    list.then().statusCode(200).body("items.id", contains(issued.<String>path("issued.id")));
    assertFalse(list.asString().contains(token.substring(4)));
    tenant
        .as("owner")
        .get("/v1/access-log?kind=admin")
        .then()
        .body("items.facts.act", hasItem("client.created"))
        .body("items.facts.act", hasItem("token.issued"))
        .body("items.facts.about", hasItem(client));
    post("owner", "/v1/clients", clientJson("auditor", "owner")).then().statusCode(409);
  }

  @Test
  void aReplacedTokenLivesForTheOverlapAndThenNoMore() {
    String client = client("auditor");
    Response first = issue(client, Duration.ofDays(30), "");
    String id = first.path("issued.id");
    Response second =
        issue(
            client,
            Duration.ofDays(30),
            ", \"predecessor\": \"" + id + "\", \"overlap_minutes\": 10");
    second.then().statusCode(201);
    assertEquals(200, status(first.path("token")));
    assertEquals(200, status(second.path("token")));
    // Ten minutes later.
    transactions.as(
        tenant.id(),
        tx ->
            tx.sql("update api_token set revoked_at = clock_timestamp() where token_id = ?")
                .bind(PublicIds.orNotFound(PublicIds.token(id)))
                .update());
    assertEquals(401, status(first.path("token")));
    assertEquals(200, status(second.path("token")));
  }

  @Test
  @DisplayName("F54 a token that is revoked by its owner is refused by the next request")
  void aRevokedTokenIsRefusedAtOnce() {
    String client = client("auditor");
    Response issued = issue(client, Duration.ofDays(1), "");
    String path = "/v1/clients/" + client + "/tokens/" + issued.path("issued.id") + "/revocation";
    assertEquals(200, status(issued.path("token")));
    tenant.as("compliance").post(path).then().statusCode(403);
    String at = tenant.as("owner").post(path).then().statusCode(200).extract().path("revoked_at");
    assertEquals(401, status(issued.path("token")));
    tenant.as("owner").post(path).then().statusCode(200).body("revoked_at", equalTo(at));
  }

  @Test
  void theProvisioningFileDoesNotTouchTokensOfTheApi() {
    String owner = PublicIds.client(tenant.clientId("owner"));
    String token = issue(owner, Duration.ofDays(1), "").path("token");
    provisioning.apply(
        TestTenant.write(
            """
            {"tenants": [{"name": "%s", "environments": ["sandbox"], "clients": [%s]}]}
            """
                .formatted(tenant.name(), tenant.client("owner", "owner", "administration"))));
    assertEquals(200, status(token));
    assertEquals(401, status(tenant.token("tracker")), "the file's own, and no longer in it");
  }

  @Test
  @DisplayName("F59 ids that are guessed, or of another tenant, are answered like ids of nobody")
  void guessedIdsTellNothing() {
    TestTenant other = TestTenant.fresh(provisioning);
    String theirs = other.publicClient("tracker");
    String nobody = PublicIds.client(12345);
    String expected =
        tenant
            .as("owner")
            .get("/v1/clients/" + nobody + "/tokens")
            .then()
            .statusCode(404)
            .extract()
            .path("detail");
    for (String id : List.of(theirs, "cli_0", "12345")) {
      tenant
          .as("owner")
          .get("/v1/clients/" + id + "/tokens")
          .then()
          .statusCode(404)
          .body("detail", equalTo(expected));
      issue(id, Duration.ofDays(1), "").then().statusCode(404).body("detail", equalTo(expected));
    }
    String mine = issue(client("auditor"), Duration.ofDays(1), "").path("issued.id");
    String foreign =
        "/v1/clients/" + tenant.publicClient("tracker") + "/tokens/" + mine + "/revocation";
    tenant.as("owner").post(foreign).then().statusCode(404).body("detail", equalTo(expected));
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      ids.add(issue(tenant.publicClient("other"), Duration.ofDays(1), "").path("issued.id"));
    }
    assertEquals(20, ids.size());
  }

  @Test
  @DisplayName("F56 a role that is too small is refused by name, and nothing is made")
  void rolesThatAreTooSmallAreRefused() {
    String client = tenant.publicClient("tracker");
    String body = "{\"expires_at\": \"%s\"}".formatted(Instant.now().plusSeconds(60));
    for (String role : List.of("tracker", "accountant", "compliance", "operator")) {
      post(role, "/v1/clients/" + client + "/tokens", body)
          .then()
          .statusCode(403)
          .body("code", equalTo("forbidden"));
      post(role, "/v1/clients", "{}").then().statusCode(403);
    }
    tenant.as("owner").get("/v1/clients/" + client + "/tokens").then().body("items", hasSize(1));
  }

  @Test
  @DisplayName("F53 a token of another form is refused, whatever it says of itself")
  void foreignFormsAreRefused() {
    for (String header :
        List.of(
            "{\"alg\":\"none\"}",
            "{\"alg\":\"HS256\",\"kid\":\"unknown\"}",
            "{\"alg\":\"RS256\",\"jku\":\"https://example.org/keys\"}")) {
      String claims = "{\"iss\":\"https://example.org/\",\"exp\":4102444800}";
      String jwt = part(header) + "." + part(claims);
      assertEquals(401, status(jwt + "."));
      assertEquals(401, status(jwt + ".c2lnbmF0dXJl"));
    }
  }

  private static String part(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String clientJson(String name, String role) {
    return "{\"name\": \"%s\", \"role\": \"%s\", \"purpose\": \"review\"}".formatted(name, role);
  }

  @Test
  void badRequestsAreRefusedByTheNameOfTheField() {
    String client = tenant.publicClient("tracker");
    issue(client, Duration.ofDays(400), "")
        .then()
        .statusCode(400)
        .body("field", equalTo("expires_at"));
    issue(client, Duration.ofDays(-1), "")
        .then()
        .statusCode(400)
        .body("field", equalTo("expires_at"));
    issue(client, Duration.ofDays(1), ", \"overlap_minutes\": 1441")
        .then()
        .statusCode(400)
        .body("field", equalTo("overlap_minutes"));
    issue(client, Duration.ofDays(1), ", \"predecessor\": \"tok_0\"").then().statusCode(404);
    post("owner", "/v1/clients", clientJson("x", "god"))
        .then()
        .statusCode(400)
        .body("field", equalTo("role"));
  }
}
