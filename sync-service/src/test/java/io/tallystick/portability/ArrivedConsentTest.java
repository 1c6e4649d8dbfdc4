package io.tallystick.portability;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tallystick.boot.TestDatabase;
import io.tallystick.records.BookedAccount;
import io.tallystick.records.Fill;
import io.tallystick.tenancy.Provisioning;
import io.tallystick.tenancy.TestTenant;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;

/**
 * What is told of how a consent was given goes with the holder; what tells less is taken in too.
 */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ArrivedConsentTest {
  // The rest of a text in JSON, its quotation mark included.
  private static final String TEXT = "(?:[^\"\\\\]|\\\\.)*\"";

  @Inject BookedAccount.Maker maker;
  @Inject Provisioning provisioning;

  private static Response arrive(TestTenant there, byte[] bytes) {
    return there.as("owner").contentType("application/zip").body(bytes).post("/v1/arrivals");
  }

  @Test
  void whereAConsentWasGivenArrivesAndWhatDoesNotTellItDoesToo() throws Exception {
    BookedAccount account = maker.fresh();
    account.trade(Fill.buy("BTCUSDT", 1, Instant.now().minus(Duration.ofDays(3))));
    String given =
        """
        {"holder": "%s", "recipients": ["%s"], "purposes": ["portfolio"], "domains": ["trades"],
         "look_back_days": 365, "expires_at": "%s", "jurisdiction": "DE",
         "given": {"by": "holder", "method": "signed-form", "authentication": "in-person",
           "ip": "192.0.2.7", "agent": "a booth"}}
        """
            .formatted(
                account.holder,
                account.tenant.publicClient("tracker"),
                Instant.now().plus(Duration.ofDays(20)));
    account
        .tenant
        .as("owner")
        .contentType("application/json")
        .body(given)
        .post("/v1/consents")
        .then()
        .statusCode(201);
    byte[] archive =
        account.tenant.as("owner").get("/v1/holders/" + account.holder + "/export").asByteArray();
    TestTenant there = TestTenant.fresh(provisioning);
    String arrived = arrive(there, archive).then().statusCode(201).extract().path("holder");
    there
        .as("owner")
        .get("/v1/consents?holder=" + arrived)
        .then()
        .body("items.given.authentication", hasItem("in-person"))
        .body("items.given.ip", hasItem("192.0.2.7"))
        .body("items.given.agent", hasItem("a booth"));
    // Who answered for the data there is told as it was, by the name that he had.
    List<String> consents =
        there.as("owner").get("/v1/consents?holder=" + arrived).path("items.id");
    String record =
        there.as("owner").get("/v1/consents/" + consents.getFirst() + "/record").asString();
    assertTrue(record.contains(account.tenant.name()), record);
    assertFalse(record.contains(there.name()), record);
    TestTenant elsewhere = TestTenant.fresh(provisioning);
    for (String broken : List.of("none", "[]", "{}", "{\\\"form\\\":1}")) {
      String told = Matcher.quoteReplacement("\"stated\":\"" + broken + "\"");
      byte[] forged =
          new Forgery(archive)
              .of("rows/consent.jsonl", text -> text.replaceAll("\"stated\":\"" + TEXT, told));
      arrive(elsewhere, forged).then().statusCode(400).body("field", equalTo("rows/consent.jsonl"));
    }
    // As it was written before anybody told of that.
    byte[] former =
        new Forgery(archive)
            .of(
                "rows/consent.jsonl",
                text ->
                    text.replaceAll(",\"given_authentication\":(null|\"[^\"]*\")", "")
                        .replaceAll(",\"given_(ip|agent)_sealed\":(null|\\{[^}]*\\})", "")
                        .replaceAll(",\"(lawful_basis|stated)\":\"" + TEXT, ""));
    there = TestTenant.fresh(provisioning);
    String earlier = arrive(there, former).then().statusCode(201).extract().path("holder");
    String shown = there.as("owner").get("/v1/consents?holder=" + earlier).asString();
    assertTrue(shown.contains("signed-form"), shown);
    assertFalse(shown.contains("authentication") || shown.contains("192.0.2.7"), shown);
  }
}
