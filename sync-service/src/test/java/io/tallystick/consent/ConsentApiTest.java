package io.tallystick.consent;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.tallystick.boot.TestDatabase;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Provisioning;
import io.tallystick.tenancy.TestTenant;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class ConsentApiTest {
  private static final Instant SOON = Instant.now().plus(Duration.ofDays(200));

  @Inject Provisioning provisioning;

  private TestTenant tenant;

  @BeforeEach
  void provision() {
    tenant = TestTenant.fresh(provisioning);
  }

  private String holder(String reference) {
    return post("owner", "/v1/holders", "{\"reference\": \"" + reference + "\"}").path("id");
  }

  private Response post(String client, String path, String body) {
    return tenant.as(client).contentType("application/json").body(body).post(path);
  }

  private String consentJson(String holder) {
    return """
    {"holder": "%s", "recipients": ["%s"], "purposes": ["portfolio"],
     "domains": ["balances", "trades"], "look_back_days": 365, "expires_at": "%s",
     "jurisdiction": "DE",
     "given": {"by": "holder", "method": "signed-form", "evidence": "document 4711"}}\
    """
        .formatted(holder, tenant.publicClient("tracker"), SOON);
  }

  private static ValidatableResponse refused(Response response, String field) {
    return response
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-request"))
        .body("field", equalTo(field));
  }

  @Test
  void aHolderIsTheSameForTheSameReferenceAndOnlyThen() {
    Response first = post("owner", "/v1/holders", "{\"reference\": \"ada\"}");
    first.then().statusCode(201).body("id", startsWith("hld_")).body("reference", equalTo("ada"));
    post("owner", "/v1/holders", "{\"reference\": \"ada\"}")
        .then()
        .statusCode(200)
        .body("id", equalTo(first.path("id")))
        .body("created_at", equalTo(first.path("created_at")));
    assertFalse(holder("Ada").equals(first.path("id")));
    TestTenant mine = tenant;
    tenant = TestTenant.fresh(provisioning);
    assertFalse(holder("ada").equals(first.path("id")), "another tenant, another holder");
    tenant = mine;
  }

  @Test
  void aConsentIsGrantedShownAndWithdrawnOnce() {
    String holder = holder("ada");
    Response granted = post("owner", "/v1/consents", consentJson(holder));
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
    post("tracker", path, "{}").then().statusCode(403);
    Response withdrawn = post("compliance", path, "{\"reason\": \"the holder asked\"}");
    withdrawn
        .then()
        .statusCode(200)
        .body("state", equalTo("withdrawn"))
        .body("state_by", equalTo(tenant.publicClient("compliance")))
        .body("state_reason", equalTo("the holder asked"));
    post("owner", path, "{\"reason\": \"again\"}")
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
    String id = post("owner", "/v1/consents", consentJson(holder("ada"))).path("id");
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
    String named = holder("ada");
    holder("bob");
    String consent = post("owner", "/v1/consents", consentJson(named)).path("id");
    tenant.as("owner").get("/v1/holders").then().body("items", hasSize(2));
    tenant.as("tracker").get("/v1/holders").then().body("items.id", contains(named));
    tenant.as("tracker").get("/v1/consents").then().body("items.id", contains(consent));
    tenant.as("other").get("/v1/holders").then().body("items", empty());
    tenant.as("other").get("/v1/consents").then().body("items", empty());
    tenant.as("other").get("/v1/holders/" + named).then().statusCode(404);
    tenant.as("operator").get("/v1/holders").then().statusCode(403);
    post("owner", "/v1/consents/" + consent + "/withdrawal", "{}").then().statusCode(200);
    tenant.as("tracker").get("/v1/holders").then().body("items", empty());
  }

  @Test
  void badConsentsAreRefusedByTheNameOfTheField() {
    String holder = holder("ada");
    String good = consentJson(holder);
    refused(grant(good.replace("\"trades\"", "\"everything\"")), "domains[1]");
    refused(grant(good.replace("\"trades\"", "\"balances\"")), "domains");
    refused(grant(good.replace("365", "0")), "look_back_days");
    refused(grant(good.replace("\"DE\"", "\"Germany\"")), "jurisdiction");
    refused(grant(good.replace("\"portfolio\"", "\"Portfolio!\"")), "purposes[0]");
    refused(grant(good.replace("\"portfolio\"", "")), "purposes");
    refused(grant(good.replace("\"holder\", \"method\"", "\"nobody\", \"method\"")), "given.by");
    refused(grant(good.replace(tenant.publicClient("tracker"), "cli_0")), "recipients");
    refused(grant(good.replace(tenant.publicClient("tracker"), PublicIds.client(1))), "recipients");
    refused(grant(good.replace(SOON.toString(), "2020-01-01T00:00:00Z")), "expires_at");
    refused(grant(good.replace(SOON.toString(), "2999-01-01T00:00:00Z")), "expires_at");
    refused(grant(good.replace(SOON.toString(), "soon")), "expires_at");
    refused(
        grant(good.replace("\"given\": {", "\"given\": {\"at\": \"2999-01-01T00:00:00Z\", ")),
        "given.at");
    refused(grant(good.replace("\"look_back_days\": 365, ", "")), "look_back_days");
    grant(good.replace(holder, PublicIds.holder(1))).then().statusCode(404);
    tenant.as("owner").get("/v1/consents").then().body("items", empty());
  }

  private Response grant(String body) {
    return post("owner", "/v1/consents", body);
  }

  @Test
  @DisplayName("F58 a member that is not in the contract is refused by name")
  void unknownMembersAreRefused() {
    String good = consentJson(holder("ada"));
    for (String name : List.of("tenantId", "tenant_id", "state", "createdAt", "__proto__")) {
      refused(grant(good.replaceFirst("\\{", "{\"" + name + "\": 1, ")), name);
    }
    refused(grant(good.replace("\"given\": {", "\"given\": {\"state\": 1, ")), "given.state");
    refused(post("owner", "/v1/holders", "{\"reference\": \"x\", \"id\": 7}"), "id");
  }

  @Test
  @DisplayName("F47 whatever another tenant owns is answered exactly like what nobody owns")
  void foreignIdsAreAnsweredLikeUnknownOnes() {
    String holder = holder("ada");
    String consent = post("owner", "/v1/consents", consentJson(holder)).path("id");
    String nobody = PublicIds.holder(12);
    String nothing = PublicIds.consent(12, 13);
    String ours = tenant.publicClient("tracker");
    TestTenant victim = tenant;
    tenant = TestTenant.fresh(provisioning);
    for (String[] path :
        new String[][] {
          {"/v1/holders/%s", holder, nobody},
          {"/v1/consents/%s", consent, nothing},
          {"/v1/consents?holder=%s", holder, nobody},
          {"/v1/access-log?holder=%s", holder, nobody},
          {"/v1/access-log?consent=%s", consent, nothing},
          {"/v1/access-log?client=%s", ours, PublicIds.client(12)}
        }) {
      Response foreign = tenant.as("owner").get(path[0].formatted(path[1]));
      Response unknown = tenant.as("owner").get(path[0].formatted(path[2]));
      assertEquals(unknown.statusCode(), foreign.statusCode(), path[0]);
      assertEquals(body(unknown), body(foreign), path[0]);
      assertTrue(Set.of(200, 404).contains(foreign.statusCode()), path[0]);
      assertFalse(foreign.statusCode() == 200 && foreign.asString().contains(path[1]), path[0]);
    }
    String withdrawal = "/v1/consents/%s/withdrawal";
    assertEquals(
        body(post("owner", withdrawal.formatted(nothing), "{}")),
        body(post("owner", withdrawal.formatted(consent), "{}")));
    Response grantedForForeigner = grant(consentJson(holder));
    Response grantedForNobody = grant(consentJson(nobody));
    assertEquals(404, grantedForForeigner.statusCode());
    assertEquals(body(grantedForNobody), body(grantedForForeigner));
    String mine = holder("ada");
    String foreignClient = consentJson(mine).replace(tenant.publicClient("tracker"), ours);
    refused(grant(foreignClient), "recipients");
    victim.as("owner").get("/v1/consents/" + consent).then().body("state", equalTo("active"));
  }

  private static String body(Response response) {
    return response.asString().replaceAll("req_[0-9a-f]{20}", "req");
  }

  @Test
  @DisplayName("F69 limits out of range, altered and foreign cursors and wild dates are refused")
  void pagesAreBounded() {
    for (int i = 0; i < 3; i++) {
      holder("person " + i);
    }
    for (String limit : List.of("0", "-1", "1001", "1000000000", "1e3", "", "ten", "%D9%A3")) {
      Response response = tenant.as("owner").get("/v1/holders?limit=" + limit);
      assertEquals(400, response.statusCode(), "limit " + limit);
      refused(response, "limit");
    }
    String cursor = tenant.as("owner").get("/v1/holders?limit=1").path("next_cursor");
    refused(tenant.as("owner").get("/v1/holders?limit=1&cursor=x" + cursor), "cursor");
    refused(tenant.as("owner").get("/v1/consents?cursor=" + cursor), "cursor");
    refused(tenant.as("compliance").get("/v1/holders?cursor=" + cursor), "cursor");
    TestTenant other = TestTenant.fresh(provisioning);
    refused(other.as("owner").get("/v1/holders?cursor=" + cursor), "cursor");
    for (String date : List.of("%2B1000000-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "x")) {
      refused(tenant.as("owner").get("/v1/access-log?from=" + date), "from");
      refused(tenant.as("owner").get("/v1/access-log?to=" + date), "to");
    }
    refused(tenant.as("owner").get("/v1/access-log?kind=(a%2B)%2B$"), "kind");
    refused(tenant.as("owner").get("/v1/access-log?holder=x"), "holder");
  }

  @Test
  void pagesOfEverySizeShowEachHolderOnceInTheSameOrder() {
    Set<String> all = new TreeSet<>();
    for (int i = 0; i < 7; i++) {
      all.add(holder("person " + i));
    }
    List<String> whole = tenant.as("owner").get("/v1/holders").path("items.id");
    assertEquals(all, new TreeSet<>(whole));
    for (int size = 1; size <= 8; size++) {
      List<String> seen = new ArrayList<>();
      String cursor = "";
      do {
        Response page = tenant.as("owner").get("/v1/holders?limit=" + size + cursor);
        List<String> ids = page.path("items.id");
        seen.addAll(ids);
        String next = page.path("next_cursor");
        cursor = next == null ? "" : "&cursor=" + next;
      } while (!cursor.isEmpty());
      assertEquals(whole, seen, "pages of " + size);
    }
  }

  @Test
  void listsAreOfferedAsCsvWithTheCursorInAHeader() {
    post("owner", "/v1/consents", consentJson(holder("=1+1"))).then().statusCode(201);
    holder("bob");
    Response holders = tenant.as("owner").accept("text/csv").get("/v1/holders?limit=1");
    holders.then().statusCode(200).contentType("text/csv").header("next-cursor", notNullValue());
    Response all = tenant.as("owner").accept("text/csv").get("/v1/holders");
    all.then().header("next-cursor", nullValue());
    assertTrue(all.asString().contains(",'=1+1,"), all.asString());
    Response consents = tenant.as("owner").accept("text/csv").get("/v1/consents");
    assertTrue(consents.asString().contains("given_by,given_method,given_evidence,given_at"));
    Response log = tenant.as("compliance").accept("text/csv").get("/v1/access-log");
    assertTrue(log.asString().contains("consent.granted"), log.asString());
  }

  @Test
  void theAccessLogIsFilteredPagedAndTellsWhoLooked() {
    String ada = holder("ada");
    String consent = post("owner", "/v1/consents", consentJson(ada)).path("id");
    post("owner", "/v1/consents", consentJson(holder("bob"))).then().statusCode(201);
    String compliance = tenant.publicClient("compliance");
    tenant
        .as("compliance")
        .get("/v1/access-log?holder=" + ada)
        .then()
        .statusCode(200)
        .body("items.holder", everyItem(equalTo(ada)))
        .body("items.kind", contains("admin", "consent.granted"))
        .body("items[1].consent", equalTo(consent))
        .body("items[1].facts.domains", equalTo("balances trades"))
        .body("items[1].id", startsWith("log_"));
    tenant
        .as("compliance")
        .get("/v1/access-log?kind=read&client=" + compliance)
        .then()
        .body("items.facts.route", hasItem("GET /v1/access-log"))
        .body("items.client", everyItem(equalTo(compliance)));
    String from = Instant.now().plus(Duration.ofHours(1)).toString();
    tenant.as("owner").get("/v1/access-log?from=" + from).then().body("items", empty());
    Response page = tenant.as("owner").get("/v1/access-log?kind=consent.granted&limit=1");
    String cursor = page.path("next_cursor");
    tenant
        .as("owner")
        .get("/v1/access-log?kind=consent.granted&limit=1&cursor=" + cursor)
        .then()
        .body("items", hasSize(1))
        .body("items[0].id", not(equalTo(page.path("items[0].id"))))
        .body("next_cursor", nullValue());
    refused(tenant.as("owner").get("/v1/access-log?limit=1&cursor=" + cursor), "cursor");
    for (String role : List.of("tracker", "accountant", "operator")) {
      tenant
          .as(role)
          .get("/v1/access-log")
          .then()
          .statusCode(403)
          .body("detail", containsString("role"));
    }
  }
}
