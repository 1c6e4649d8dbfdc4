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
import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.boot.TestDatabase;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Provisioning;
import io.tallystick.tenancy.TestTenant;
import io.tallystick.tenancy.Transactions;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class ConsentListsTest {
  @Inject Provisioning provisioning;
  @Inject Transactions transactions;
  @Inject AccessLog log;

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
  @DisplayName("F47 whatever another tenant owns is answered exactly like what nobody owns")
  void foreignIdsAreAnsweredLikeUnknownOnes() {
    String holder = calls.holder("ada");
    String consent = calls.post("owner", "/v1/consents", calls.consentJson(holder)).path("id");
    String nobody = PublicIds.holder(12);
    String nothing = PublicIds.consent(12, 13);
    String ours = tenant.publicClient("tracker");
    TestTenant victim = tenant;
    become(TestTenant.fresh(provisioning));
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
        body(calls.post("owner", withdrawal.formatted(nothing), "{}")),
        body(calls.post("owner", withdrawal.formatted(consent), "{}")));
    Response grantedForForeigner = calls.grant(calls.consentJson(holder));
    Response grantedForNobody = calls.grant(calls.consentJson(nobody));
    assertEquals(404, grantedForForeigner.statusCode());
    assertEquals(body(grantedForNobody), body(grantedForForeigner));
    String mine = calls.holder("ada");
    String foreignClient = calls.consentJson(mine).replace(tenant.publicClient("tracker"), ours);
    ConsentCalls.refused(calls.grant(foreignClient), "recipients");
    victim.as("owner").get("/v1/consents/" + consent).then().body("state", equalTo("active"));
  }

  private static String body(Response response) {
    return response.asString().replaceAll("req_[0-9a-f]{20}", "req");
  }

  @Test
  @DisplayName("F69 limits out of range, altered and foreign cursors and wild dates are refused")
  void pagesAreBounded() {
    for (int i = 0; i < 3; i++) {
      calls.holder("person " + i);
    }
    for (String limit : List.of("0", "-1", "1001", "1000000000", "1e3", "", "ten", "%D9%A3")) {
      Response response = tenant.as("owner").get("/v1/holders?limit=" + limit);
      assertEquals(400, response.statusCode(), "limit " + limit);
      ConsentCalls.refused(response, "limit");
    }
    String cursor = tenant.as("owner").get("/v1/holders?limit=1").path("next_cursor");
    ConsentCalls.refused(tenant.as("owner").get("/v1/holders?limit=1&cursor=x" + cursor), "cursor");
    ConsentCalls.refused(tenant.as("owner").get("/v1/consents?cursor=" + cursor), "cursor");
    ConsentCalls.refused(tenant.as("compliance").get("/v1/holders?cursor=" + cursor), "cursor");
    TestTenant other = TestTenant.fresh(provisioning);
    ConsentCalls.refused(other.as("owner").get("/v1/holders?cursor=" + cursor), "cursor");
    for (String date : List.of("%2B1000000-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "x")) {
      ConsentCalls.refused(tenant.as("owner").get("/v1/access-log?from=" + date), "from");
      ConsentCalls.refused(tenant.as("owner").get("/v1/access-log?to=" + date), "to");
    }
    ConsentCalls.refused(tenant.as("owner").get("/v1/access-log?kind=(a%2B)%2B$"), "kind");
    ConsentCalls.refused(tenant.as("owner").get("/v1/access-log?holder=x"), "holder");
  }

  @Test
  void pagesOfEverySizeShowEachHolderOnceInTheSameOrder() {
    Set<String> all = new TreeSet<>();
    for (int i = 0; i < 7; i++) {
      all.add(calls.holder("person " + i));
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
    calls
        .post("owner", "/v1/consents", calls.consentJson(calls.holder("=1+1")))
        .then()
        .statusCode(201);
    calls.holder("bob");
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
    String ada = calls.holder("ada");
    String consent = calls.post("owner", "/v1/consents", calls.consentJson(ada)).path("id");
    calls
        .post("owner", "/v1/consents", calls.consentJson(calls.holder("bob")))
        .then()
        .statusCode(201);
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
    ConsentCalls.refused(
        tenant.as("owner").get("/v1/access-log?limit=1&cursor=" + cursor), "cursor");
    for (String role : List.of("tracker", "accountant", "operator")) {
      tenant
          .as(role)
          .get("/v1/access-log")
          .then()
          .statusCode(403)
          .body("detail", containsString("role"));
    }
  }

  @Test
  void theAccessLogIsSearchedByPurpose() {
    String ada = calls.holder("ada");
    String portfolio = calls.grant(calls.consentJson(ada)).path("id");
    String tax =
        calls
            .grant(calls.consentJson(calls.holder("bob")).replace("\"portfolio\"", "\"tax\""))
            .path("id");
    written(Leaf.Kind.PULL, portfolio, null);
    written(Leaf.Kind.PULL, tax, null);
    written(Leaf.Kind.READ, portfolio, "tracker");
    // A consent may name several purposes, but a client reads for its own alone.
    written(Leaf.Kind.READ, portfolio, "other");
    String search = "/v1/access-log?limit=1&purpose=portfolio";
    assertEquals(
        List.of("consent.granted " + portfolio, "pull " + portfolio, "read " + portfolio),
        walked(search));
    assertEquals(
        List.of("consent.granted " + tax, "pull " + tax, "read " + portfolio),
        walked("/v1/access-log?limit=1&purpose=tax"));
    assertEquals(
        List.of("pull " + portfolio), walked("/v1/access-log?kind=pull&purpose=portfolio"));
    String cursor = tenant.as("owner").get(search).path("next_cursor");
    String elsewhere = "/v1/access-log?limit=1&purpose=tax&cursor=" + cursor;
    ConsentCalls.refused(tenant.as("owner").get(elsewhere), "cursor");
    for (String unknown : List.of("gardening", "Portfolio", "(a%2B)%2B$", "%25")) {
      Response response = tenant.as("owner").get("/v1/access-log?purpose=" + unknown);
      ConsentCalls.refused(response, "purpose");
    }
  }

  private void written(Leaf.Kind kind, String consent, @Nullable String client) {
    PublicIds.Keyed id = Objects.requireNonNull(PublicIds.consent(consent));
    Long by = client == null ? null : Long.valueOf(tenant.clientId(client));
    transactions.as(
        tenant.id(),
        tx -> log.append(tx, new Leaf(kind, id.holder(), id.key(), null, by, Map.of())));
  }

  private List<String> walked(String path) {
    List<String> seen = new ArrayList<>();
    for (String next = path; next != null; ) {
      Response page = tenant.as("owner").get(next);
      page.then().statusCode(200);
      List<String> kinds = page.path("items.kind");
      List<String> consents = page.path("items.consent");
      for (int i = 0; i < kinds.size(); i++) {
        seen.add(kinds.get(i) + " " + consents.get(i));
      }
      String cursor = page.path("next_cursor");
      next = cursor == null ? null : path + "&cursor=" + cursor;
    }
    return seen;
  }
}
