package io.tallystick.consent;

import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.boot.TestDatabase;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Provisioning;
import io.tallystick.tenancy.TestTenant;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever was shown to somebody finds it in his log, and of strangers nothing is written. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class LooksTest {
  @Inject Provisioning provisioning;

  private TestTenant tenant;
  private ConsentCalls calls;

  @BeforeEach
  void provision() {
    tenant = TestTenant.fresh(provisioning);
    calls = new ConsentCalls(tenant);
  }

  @Test
  void aFilterThatFitsNobodyFindsNothingAndWritesOfNobody() {
    String ada = calls.holder("ada");
    String consent = calls.post("owner", "/v1/consents", calls.consentJson(ada)).path("id");
    String connection = PublicIds.connection(12, 14);
    String beyond = "hld_zzzzzzzzzzzzy";
    for (String filter :
        List.of(
            "consent=" + consent + "&connection=" + connection,
            "holder=" + beyond + "&consent=" + consent,
            "holder=" + beyond,
            "holder=" + PublicIds.holder(12))) {
      tenant
          .as("compliance")
          .get("/v1/access-log?" + filter)
          .then()
          .statusCode(200)
          .body("items", empty());
    }
    String export = "/v1/access-log/export?holder=";
    tenant.as("compliance").get(export + beyond).then().statusCode(anyOf(is(200), is(503)));
    for (String holder : List.of(beyond, PublicIds.holder(12))) {
      tenant.as("tracker").get("/v1/connections?holder=" + holder).then().statusCode(404);
    }
    tenant
        .as("owner")
        .get("/v1/access-log?kind=read&limit=1000")
        .then()
        .body("items.holder", everyItem(nullValue()));
  }

  @Test
  void whoeverIsOnAListFindsThatHeWasShown() {
    String ada = calls.holder("ada");
    String ben = calls.holder("ben");
    calls.post("owner", "/v1/consents", calls.consentJson(ada)).then().statusCode(201);
    for (String list : List.of("/v1/holders", "/v1/consents", "/v1/connections")) {
      tenant.as("owner").get(list).then().statusCode(200);
    }
    assertEquals(List.of("GET /v1/holders", "GET /v1/consents"), looksAt(ada));
    assertEquals(List.of("GET /v1/holders"), looksAt(ben));
  }

  private List<String> looksAt(String holder) {
    return tenant
        .as(tenant.session(holder))
        .get("/v1/self/access-log")
        .then()
        .statusCode(200)
        .extract()
        .path("items.findAll { it.kind == 'read' }.facts.route");
  }
}
