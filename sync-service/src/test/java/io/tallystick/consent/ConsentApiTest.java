package io.tallystick.consent;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tallystick.boot.TestDatabase;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Provisioning;
import io.tallystick.tenancy.TestTenant;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class ConsentApiTest {
  @Inject Provisioning provisioning;

  private TestTenant tenant;
  private ConsentCalls calls;

  @BeforeEach
  void provision() {
    become(TestTenant.fresh(provisioning));
  }

  private void become(TestTenant other) {
    tenant = other;
    calls = new ConsentCalls(other);
  }

  @Test
  void aHolderIsTheSameForTheSameReferenceAndOnlyThen() {
    Response first = calls.post("owner", "/v1/holders", "{\"reference\": \"ada\"}");
    first.then().statusCode(201).body("id", startsWith("hld_")).body("reference", equalTo("ada"));
    calls
        .post("owner", "/v1/holders", "{\"reference\": \"ada\"}")
        .then()
        .statusCode(200)
        .body("id", equalTo(first.path("id")))
        .body("created_at", equalTo(first.path("created_at")));
    assertFalse(calls.holder("Ada").equals(first.path("id")));
    become(TestTenant.fresh(provisioning));
    assertFalse(calls.holder("ada").equals(first.path("id")), "another tenant, another holder");
  }

  @Test
  void aConsentIsGrantedShownAndWithdrawnOnce() {
    String holder = calls.holder("ada");
    Response granted = calls.post("owner", "/v1/consents", calls.consentJson(holder));
    granted
        .then()
        .statusCode(201)
        .body("id", startsWith("cns_"))
        .body("state", equalTo("active"))
        .body("recipients", contains(tenant.publicClient("tracker")))
        .body("given.evidence", equalTo("document 4711"))
        .body("given.at", notNullValue());
    String id = granted.path("id");
    tenant.as("compliance").get("/v1/consents/" + id).then().statusCode(200);
    tenant
        .as("tracker")
        .get("/v1/consents/" + id)
        .then()
        .statusCode(200)
        .body("given.evidence", nullValue());
    tenant.as("other").get("/v1/consents/" + id).then().statusCode(404);
    String path = "/v1/consents/" + id + "/withdrawal";
    calls.post("tracker", path, "{}").then().statusCode(403);
    Response withdrawn = calls.post("compliance", path, "{\"reason\": \"the holder asked\"}");
    withdrawn
        .then()
        .statusCode(200)
        .body("state", equalTo("withdrawn"))
        .body("state_by", equalTo(tenant.publicClient("compliance")))
        .body("state_reason", equalTo("the holder asked"));
    calls
        .post("owner", path, "{\"reason\": \"again\"}")
        .then()
        .statusCode(200)
        .body("state_reason", equalTo("the holder asked"))
        .body("state_at", equalTo(withdrawn.path("state_at")));
    tenant
        .as("compliance")
        .get("/v1/access-log?consent=" + id)
        .then()
        .statusCode(200)
        .body("items.kind", contains("consent.granted", "read", "read", "consent.withdrawn"));
  }

  @Test
  void aWithdrawalNeedsNoBody() {
    String id =
        calls.post("owner", "/v1/consents", calls.consentJson(calls.holder("ada"))).path("id");
    tenant
        .as("owner")
        .contentType("application/json")
        .post("/v1/consents/" + id + "/withdrawal")
        .then()
        .statusCode(200)
        .body("state", equalTo("withdrawn"));
  }

  @Test
  void recipientsSeeTheHoldersAndConsentsThatNameThem() {
    String named = calls.holder("ada");
    calls.holder("bob");
    String consent = calls.post("owner", "/v1/consents", calls.consentJson(named)).path("id");
    tenant.as("owner").get("/v1/holders").then().body("items", hasSize(2));
    tenant.as("tracker").get("/v1/holders").then().body("items.id", contains(named));
    tenant.as("tracker").get("/v1/consents").then().body("items.id", contains(consent));
    tenant.as("other").get("/v1/holders").then().body("items", empty());
    tenant.as("other").get("/v1/consents").then().body("items", empty());
    tenant.as("other").get("/v1/holders/" + named).then().statusCode(404);
    tenant.as("operator").get("/v1/holders").then().statusCode(403);
    calls.post("owner", "/v1/consents/" + consent + "/withdrawal", "{}").then().statusCode(200);
    tenant.as("tracker").get("/v1/holders").then().body("items", empty());
  }

  @Test
  void badConsentsAreRefusedByTheNameOfTheField() {
    String holder = calls.holder("ada");
    String good = calls.consentJson(holder);
    ConsentCalls.refused(calls.grant(good.replace("\"trades\"", "\"everything\"")), "domains[1]");
    ConsentCalls.refused(calls.grant(good.replace("\"trades\"", "\"balances\"")), "domains");
    ConsentCalls.refused(calls.grant(good.replace(": 365,", ": 0,")), "look_back_days");
    ConsentCalls.refused(calls.grant(good.replace("\"DE\"", "\"Germany\"")), "jurisdiction");
    ConsentCalls.refused(
        calls.grant(good.replace("\"portfolio\"", "\"Portfolio!\"")), "purposes[0]");
    ConsentCalls.refused(calls.grant(good.replace("\"portfolio\"", "")), "purposes");
    ConsentCalls.refused(
        calls.grant(good.replace("\"holder\", \"method\"", "\"nobody\", \"method\"")), "given.by");
    ConsentCalls.refused(
        calls.grant(good.replace(tenant.publicClient("tracker"), "cli_0")), "recipients");
    ConsentCalls.refused(
        calls.grant(good.replace(tenant.publicClient("tracker"), PublicIds.client(1))),
        "recipients");
    ConsentCalls.refused(
        calls.grant(good.replace(ConsentCalls.SOON.toString(), "2020-01-01T00:00:00Z")),
        "expires_at");
    ConsentCalls.refused(
        calls.grant(good.replace(ConsentCalls.SOON.toString(), "2999-01-01T00:00:00Z")),
        "expires_at");
    ConsentCalls.refused(
        calls.grant(good.replace(ConsentCalls.SOON.toString(), "soon")), "expires_at");
    ConsentCalls.refused(
        calls.grant(good.replace("\"given\": {", "\"given\": {\"at\": \"2999-01-01T00:00:00Z\", ")),
        "given.at");
    ConsentCalls.refused(
        calls.grant(good.replace("\"look_back_days\": 365, ", "")), "look_back_days");
    calls.grant(good.replace(holder, PublicIds.holder(1))).then().statusCode(404);
    tenant.as("owner").get("/v1/consents").then().body("items", empty());
  }

  @Test
  @DisplayName("F58 a member that is not in the contract is refused by name")
  void unknownMembersAreRefused() {
    String good = calls.consentJson(calls.holder("ada"));
    for (String name : List.of("tenantId", "tenant_id", "state", "createdAt", "__proto__")) {
      ConsentCalls.refused(calls.grant(good.replaceFirst("\\{", "{\"" + name + "\": 1, ")), name);
    }
    ConsentCalls.refused(
        calls.grant(good.replace("\"given\": {", "\"given\": {\"state\": 1, ")), "given.state");
    ConsentCalls.refused(
        calls.post("owner", "/v1/holders", "{\"reference\": \"x\", \"id\": 7}"), "id");
  }
}
