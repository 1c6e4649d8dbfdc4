package io.tallystick.consent;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tallystick.boot.TestDatabase;
import io.tallystick.records.BookedAccount;
import io.tallystick.records.Fill;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A consent that has to be confirmed again, where a jurisdiction asks for that. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ReconfirmationTest {
  @Inject BookedAccount.Maker maker;
  @Inject Expiry expiry;

  private Response post(BookedAccount account, String client, String path, String body) {
    return account.tenant.as(client).contentType("application/json").body(body).post(path);
  }

  private String british(BookedAccount account) {
    String body =
        """
        {"recipients": ["%s", "%s"], "purposes": ["portfolio", "tax"], "look_back_days": 3650,
         "domains": ["balances", "trades", "orders", "deposits", "withdrawals"],
         "expires_at": "%s", "jurisdiction": "GB",
         "given": {"by": "holder", "method": "signed-form"}}
        """
            .formatted(
                account.tenant.publicClient("tracker"),
                account.tenant.publicClient("accountant"),
                Instant.now().plus(Duration.ofDays(300)));
    return post(
            account, "owner", "/v1/consents/" + account.connection.consent() + "/amendment", body)
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private static long days(String instant) {
    return Duration.between(Instant.now(), Instant.parse(instant)).toDays();
  }

  @Test
  void whatIsNotConfirmedInTimePausesAndItsHolderStillReadsAndConfirms() {
    BookedAccount account = maker.fresh();
    account.trade(Fill.buy("BTCUSDT", 1, Instant.now().minus(Duration.ofDays(3))));
    account
        .ask("owner", "/v1/consents/" + account.connection.consent())
        .then()
        .body("confirm_by", nullValue());
    String consent = british(account);
    String shown = "/v1/consents/" + consent;
    assertEquals(89, days(account.get("owner", shown).getString("confirm_by")));
    expiry.pass();
    assertEquals("active", account.get("owner", shown).getString("state"));

    account.run(
        "update consent set confirm_by = now() where tenant_id = ? and holder_id = ?"
            + " and confirm_by is not null");
    assertTrue(expiry.pass() >= 1);
    account
        .ask("owner", shown)
        .then()
        .body("state", equalTo("paused"))
        .body("state_reason", containsString("not confirmed in time"));
    account.ask("tracker", "/v1/trades?holder=" + account.holder).then().statusCode(403);
    String session = account.tenant.session(account.holder);
    account
        .tenant
        .as(session)
        .get("/v1/self/consents")
        .then()
        .statusCode(200)
        .body("items.findAll { it.state == 'paused' }.id", contains(consent));
    account.tenant.as(session).get("/v1/self/export").then().statusCode(200);

    post(account, session, "/v1/self/consents/" + consent + "/steps", "{\"step\": \"resume\"}")
        .then()
        .statusCode(200)
        .body("state", equalTo("active"));
    assertEquals(89, days(account.get("owner", shown).getString("confirm_by")));
    account.ask("tracker", "/v1/trades?holder=" + account.holder).then().statusCode(200);
    assertEquals(1, account.leaves("consent.paused").size());
  }

  @Test
  void allowingLessLeavesAConfirmationAsItWas() throws SQLException {
    BookedAccount account = maker.fresh();
    String consent = british(account);
    String shown = "/v1/consents/" + consent;
    try (Connection admin = TestDatabase.admin();
        PreparedStatement moved =
            admin.prepareStatement(
                """
                update tallystick.consent set given_at = given_at - interval '100 days',
                  expires_at = expires_at - interval '100 days',
                  confirm_by = now() + interval '1 day'
                where holder_id = ? and confirm_by is not null
                """)) {
      moved.setLong(1, account.holderKey);
      assertEquals(1, moved.executeUpdate());
    }
    post(account, "owner", shown + "/steps", "{\"step\": \"confirm\"}").then().statusCode(200);
    String until = account.get("owner", shown).getString("confirm_by");
    String told = account.get("owner", shown).getString("next_notice_at");
    String less =
        """
        {"recipients": ["%s"], "purposes": ["portfolio"], "look_back_days": 100,
         "domains": ["trades"], "expires_at": "%s", "jurisdiction": "GB"}
        """
            .formatted(
                account.tenant.publicClient("tracker"),
                account.get("owner", shown).getString("expires_at"));
    String narrower =
        post(account, "owner", shown + "/amendment", less)
            .then()
            .statusCode(201)
            .body("confirm_by", equalTo(until))
            .body("next_notice_at", equalTo(told))
            .extract()
            .path("id");
    expiry.pass();
    assertEquals("active", account.get("owner", "/v1/consents/" + narrower).getString("state"));
  }
}
