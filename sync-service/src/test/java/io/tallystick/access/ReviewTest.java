package io.tallystick.access;

import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.boot.TestDatabase;
import io.tallystick.records.BookedAccount;
import io.tallystick.records.Reviews;
import io.tallystick.web.Contract;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A reviewer reads his connections and his period of the log, until his engagement ends. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ReviewTest {
  private static final String REVIEW = "/v1/review/access-log";

  @Inject BookedAccount.Maker maker;

  @Test
  void aReviewerReadsHisConnectionsAndHisPeriodAndNothingElse() {
    BookedAccount account = maker.fresh();
    BookedAccount.Connected second =
        account.connect("second", account.consent(BookedAccount.ALL, 10));
    account.get("tracker", "/v1/trades?holder=" + account.holder + "&connection=" + second.id());
    account.get("owner", "/v1/connections/" + account.connection.id());
    BookedAccount.Connected own = account.connection;
    Instant now = Instant.now();
    String mine = Reviews.token(account, now.minusSeconds(600), now.plusSeconds(600));
    account
        .tenant
        .as(mine)
        .get(REVIEW)
        .then()
        .statusCode(200)
        .body("items.kind", hasItems("consent.granted", "read"))
        .body("items.connection", everyItem(anyOf(nullValue(), equalTo(own.id()))))
        .body("items.consent", everyItem(anyOf(nullValue(), equalTo(own.consent()))));
    String early = Reviews.token(account, now.minusSeconds(900), now.minusSeconds(600));
    assertEquals(List.of(), account.tenant.as(early).get(REVIEW).path("items"));
    List<Map<String, String>> reads = account.leaves("read");
    assertTrue(reads.stream().anyMatch(one -> one.containsKey("engagement")), "it is logged");
    int refused = 0;
    for (Contract.Operation operation : Contract.read().operations()) {
      if (!operation.path().equals(REVIEW)) {
        String path = operation.path().replaceAll("\\{[a-z]+}", account.connection.id());
        account
            .tenant
            .as(mine)
            .contentType(operation.bodyType())
            .request(operation.method(), path)
            .then()
            .statusCode(403);
        refused++;
      }
    }
    assertTrue(refused > 40, "asked " + refused);
  }

  @Test
  void anEngagementEndsAtOnceAndOpensNoOtherTenant() {
    BookedAccount account = maker.fresh();
    Instant now = Instant.now();
    String token = Reviews.token(account, now.minusSeconds(600), now.plusSeconds(600));
    account.tenant.as(token).get(REVIEW).then().statusCode(200);
    String id = account.get("compliance", "/v1/engagements").getString("items[0].id");
    account.tenant.as("owner").post("/v1/engagements/" + id + "/end").then().statusCode(200);
    account.tenant.as(token).get(REVIEW).then().statusCode(401);
    BookedAccount stranger = maker.fresh();
    stranger.tenant.as("owner").post("/v1/engagements/" + id + "/end").then().statusCode(404);
    stranger
        .tenant
        .as("owner")
        .contentType("application/json")
        .body(
            """
            {"name": "x", "connections": ["%s"], "from": "%s", "to": "%s", "expires_at": "%s"}
            """
                .formatted(account.connection.id(), now, now.plusSeconds(1), now.plusSeconds(60)))
        .post("/v1/engagements")
        .then()
        .statusCode(404);
    assertTrue(Reviews.token(account, now, now.plusSeconds(1)).startsWith("tlv_"));
  }
}
