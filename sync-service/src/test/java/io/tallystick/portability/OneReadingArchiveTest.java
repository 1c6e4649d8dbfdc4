package io.tallystick.portability;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.tallystick.boot.TestDatabase;
import io.tallystick.records.BookedAccount;
import io.tallystick.tenancy.Provisioning;
import io.tallystick.tenancy.TestTenant;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Consents for one reading in archives, and archives from before there were any. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class OneReadingArchiveTest {
  @Inject BookedAccount.Maker maker;
  @Inject Provisioning provisioning;

  private static byte[] export(BookedAccount account) {
    return account.ask("owner", "/v1/holders/" + account.holder + "/export").asByteArray();
  }

  /** The consents of the holder who arrives with this archive in a tenant of his own. */
  private ValidatableResponse arrived(byte[] archive) {
    TestTenant there = TestTenant.fresh(provisioning);
    Response made =
        there.as("owner").contentType("application/zip").body(archive).post("/v1/arrivals");
    made.then().statusCode(201);
    return there.as("owner").get("/v1/consents?holder=" + made.path("holder")).then();
  }

  @Test
  void oneArrivesAsWhatItWasAndOneOfBeforeIsForManyReadings() throws Exception {
    BookedAccount account = maker.fresh();
    byte[] before = export(account);
    account
        .tenant
        .as("owner")
        .contentType("application/json")
        .body(
            """
            {"holder": "%s", "recipients": ["%s"], "purposes": ["tax"], "domains": ["trades"],
             "look_back_days": 9, "expires_at": "%s", "duration": "once", "jurisdiction": "AU",
             "given": {"by": "holder", "method": "signed-form"}}
            """
                .formatted(
                    account.holder,
                    account.tenant.publicClient("accountant"),
                    Instant.now().plus(Duration.ofHours(20))))
        .post("/v1/consents")
        .then()
        .statusCode(201);
    account.in(tx -> tx.sql("update consent set used_at = now() where duration = 'once'").update());

    arrived(export(account))
        .body("items.duration", containsInAnyOrder("until", "once"))
        .body("items.find { it.duration == 'once' }.used_at", notNullValue());

    // As it was written when the table had neither column.
    byte[] old =
        new Forgery(before)
            .of(
                "rows/consent.jsonl",
                text -> {
                  String less = text.replaceAll(",\"(duration|used_at)\":(null|\"until\")", "");
                  assertEquals(2, text.split("until|used_at", -1).length - 1, text);
                  assertFalse(less.contains("until") || less.contains("used_at"), less);
                  return less;
                });
    arrived(old).body("items.duration", contains("until"));
  }
}
