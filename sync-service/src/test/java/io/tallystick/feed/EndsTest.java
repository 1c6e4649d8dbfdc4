package io.tallystick.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tallystick.boot.TestDatabase;
import io.tallystick.consent.ConsentRounds;
import io.tallystick.records.BookedAccount;
import io.tallystick.records.Fill;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What clients hear in the feed when they may read a holder no more. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class EndsTest {
  private static final Instant START =
      Instant.now().minus(200, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);

  @Inject BookedAccount.Maker maker;
  @Inject FeedStage stage;
  @Inject ConsentRounds rounds;

  private static List<Object> changes(List<Map<String, Object>> items) {
    return items.stream().map(item -> item.get("change")).toList();
  }

  private static void step(BookedAccount account, String step) {
    step(account, account.connection.consent(), step);
  }

  private static void step(BookedAccount account, String consent, String step) {
    account
        .tenant
        .as("owner")
        .contentType("application/json")
        .body("{\"step\": \"" + step + "\", \"reason\": \"planned\"}")
        .post("/v1/consents/" + consent + "/steps")
        .then()
        .statusCode(200);
  }

  private static Map<String, Object> end(BookedAccount account, String state) {
    JsonPath consent = account.get("owner", "/v1/consents/" + account.connection.consent());
    return Map.of(
        "connection", account.connection.id(), "state", state, "at", consent.get("state_at"));
  }

  @Test
  void theEndOfAConsentIsToldOnceToWhomItNamedAndNothingElseOfTheHolder() {
    BookedAccount account = maker.fresh();
    account.trade(Fill.buy("BTCUSDT", 1, START));
    account.withdraw();
    account.withdraw();
    stage.settle(account);
    for (String client : List.of("tracker", "accountant")) {
      assertEquals(
          List.of(Map.of("position", 2, "change", "ended", "ended", end(account, "withdrawn"))),
          FeedStage.walk(account, client, 0, 1),
          client);
    }
    assertEquals(List.of(), FeedStage.walk(account, "tracker", 2, 10), "once");
    assertEquals(List.of(), FeedStage.walk(account, "other", 0, 10), "it was not named");
    assertEquals(
        403,
        account.ask("tracker", "/v1/trades?connection=" + account.connection.id()).statusCode());
    List<String> table = account.csv("tracker", "/v1/changes?after=1").lines().toList();
    assertTrue(table.getFirst().endsWith(",ended_connection,ended_state,ended_at"));
    assertTrue(table.getLast().startsWith("2,ended,,"), table.getLast());
    assertTrue(table.getLast().contains("," + account.connection.id() + ",withdrawn,"));
    assertEquals(2, table.size());
    List<Map<String, String>> told =
        account.leaves("read").stream()
            .filter(facts -> "GET /v1/changes".equals(facts.get("route")))
            .toList();
    assertEquals(List.of("1", "1", "1"), told.stream().map(facts -> facts.get("rows")).toList());
  }

  @Test
  void everyWayToEndIsToldAndAPauseIsNone() {
    for (Map.Entry<String, String> way :
        Map.of("revoke", "revoked", "invalidate", "invalidated").entrySet()) {
      BookedAccount account = maker.fresh();
      step(account, "pause");
      assertEquals(0, FeedStage.waiting(account));
      step(account, way.getKey());
      stage.settle(account);
      List<Map<String, Object>> items = FeedStage.walk(account, "tracker", 0, 10);
      assertEquals(
          List.of(end(account, way.getValue())),
          items.stream().map(item -> item.get("ended")).toList());
    }
  }

  @Test
  void aConsentWhoseTimeIsOverIsToldToo() throws Exception {
    BookedAccount account = maker.fresh();
    // The database's clock decides and cannot be set: the consent is moved into the past.
    try (Connection admin = TestDatabase.admin();
        PreparedStatement moved =
            admin.prepareStatement(
                """
                update tallystick.consent set given_at = given_at - interval '200 days',
                  expires_at = expires_at - interval '200 days' where holder_id = ?
                """)) {
      moved.setLong(1, account.holderKey);
      assertEquals(1, moved.executeUpdate());
    }
    rounds.now();
    stage.settle(account);
    List<Map<String, Object>> items = FeedStage.walk(account, "tracker", 0, 10);
    assertEquals(
        List.of(end(account, "expired")), items.stream().map(item -> item.get("ended")).toList());
  }

  @Test
  void whomAnAmendmentLeavesOutIsToldAndTheOthersAreNot() {
    BookedAccount account = maker.fresh();
    account.trade(Fill.buy("BTCUSDT", 1, START));
    String first = account.connection.consent();
    Response amended =
        account
            .tenant
            .as("owner")
            .contentType("application/json")
            .body(
                """
                {"recipients": ["%s"], "purposes": ["portfolio"], "look_back_days": 3650,
                 "domains": ["balances", "trades", "orders", "deposits", "withdrawals"],
                 "expires_at": "%s", "jurisdiction": "DE"}
                """
                    .formatted(
                        account.tenant.publicClient("tracker"),
                        Instant.now().plus(30, ChronoUnit.DAYS)))
            .post("/v1/consents/" + first + "/amendment");
    amended.then().statusCode(201);
    stage.settle(account);
    assertEquals(
        List.of(Map.of("position", 2, "change", "ended", "ended", end(account, "superseded"))),
        FeedStage.walk(account, "accountant", 0, 10));
    assertEquals(List.of("added"), changes(FeedStage.walk(account, "tracker", 0, 10)));
    assertEquals(List.of(), FeedStage.walk(account, "other", 0, 10));
    step(account, amended.path("id"), "revoke");
    stage.settle(account);
    assertEquals(
        List.of(), FeedStage.walk(account, "accountant", 2, 10), "it was not named any more");
    assertEquals(List.of("ended"), changes(FeedStage.walk(account, "tracker", 2, 10)));
  }
}
