package io.tallystick.consent;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.tallystick.boot.TestDatabase;
import io.tallystick.records.BookedAccount;
import io.tallystick.records.Fill;
import io.tallystick.web.Contract;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a holder can do himself with a link, and what nobody can do with it. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class SelfTest {
  @Inject BookedAccount.Maker maker;

  private BookedAccount account;

  @BeforeEach
  void account() {
    account = maker.fresh();
    account.trade(Fill.buy("BTCUSDT", 1, Instant.now().minus(Duration.ofDays(3))));
  }

  private String link() {
    return account
        .tenant
        .as("owner")
        .post("/v1/holders/" + account.holder + "/links")
        .then()
        .statusCode(201)
        .extract()
        .path("token");
  }

  private static RequestSpecification by(String token) {
    return RestAssured.given()
        .header("Authorization", "Bearer " + token)
        .contentType("application/json");
  }

  private String session() {
    return by(link()).post("/v1/self/session").then().statusCode(201).extract().path("token");
  }

  private String own(String path) {
    return "/v1/self/consents/" + account.connection.consent() + path;
  }

  @Test
  void aLinkOpensOneSessionAndDoesNothingElse() {
    String link = link();
    by(link).get("/v1/self/consents").then().statusCode(403);
    String session =
        by(link).post("/v1/self/session").then().statusCode(201).extract().path("token");
    by(link).post("/v1/self/session").then().statusCode(401);
    by(session).post("/v1/self/session").then().statusCode(403);
    by(session).get("/v1/self/consents").then().statusCode(200);
    String last = session.endsWith("0") ? "1" : "0";
    String forged = session.substring(0, session.length() - 1) + last;
    by(forged).get("/v1/self/consents").then().statusCode(401);
  }

  @Test
  void linksAndSessionsEndByTheDatabasesClock() {
    String link = link();
    String session = session();
    List<String> lives =
        account.in(tx ->
            tx.sql(
                    """
                    select kind || ' ' || extract(epoch from expires_at - created_at)::int
                    from holder_link order by kind desc, created_at
                    """)
                .list(row -> row.getString(1)));
    assertEquals(new TreeSet<>(List.of("link 900", "session 1800")), new TreeSet<>(lives));
    by(link).post("/v1/self/session").then().statusCode(201);
    by(session).get("/v1/self/consents").then().statusCode(200);
    over("link", "tlh_over");
    over("session", "tls_over");
    by("tlh_over").post("/v1/self/session").then().statusCode(401);
    by("tls_over").get("/v1/self/consents").then().statusCode(401);
  }

  private String consentOf(String holder) {
    return account
        .tenant
        .as("owner")
        .contentType("application/json")
        .body(
            """
            {"holder": "%s", "recipients": ["%s"], "purposes": ["portfolio"],
             "domains": ["trades"], "look_back_days": 1, "expires_at": "%s",
             "jurisdiction": "DE", "given": {"by": "holder", "method": "signed-form"}}
            """
                .formatted(
                    holder,
                    account.tenant.publicClient("tracker"),
                    Instant.now().plus(Duration.ofDays(10))))
        .post("/v1/consents")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  // One whose time was over a second ago.
  private void over(String kind, String token) {
    account.run(
        """
        insert into holder_link (tenant_id, holder_id, kind, token_hash, link_id, issued_by,
          created_at, expires_at)
        values (?, ?, ?, sha256(?::bytea), ?, 1, now() - interval '20 min', now() - interval '1 s')
        """,
        kind,
        token.getBytes(StandardCharsets.US_ASCII),
        (long) token.hashCode() & Long.MAX_VALUE);
  }

  @Test
  void theHolderReadsPausesAmendsAndWithdrawsAndTheLogSaysThatItWasHe() {
    String session = session();
    by(session)
        .get("/v1/self/consents")
        .then()
        .statusCode(200)
        .body("items.id", contains(account.connection.consent()))
        .body("items.state", contains("active"));
    by(session).body("{\"step\": \"pause\"}").post(own("/steps")).then().statusCode(200);
    account.ask("tracker", "/v1/trades?holder=" + account.holder).then().statusCode(403);
    by(session).body("{\"step\": \"resume\"}").post(own("/steps")).then().statusCode(200);
    by(session).body("{\"step\": \"revoke\"}").post(own("/steps")).then().statusCode(400);
    String amendment =
        """
        {"recipients": ["%s"], "purposes": ["portfolio"], "domains": ["trades", "converts"],
         "look_back_days": 30, "expires_at": "%s", "jurisdiction": "DE"%s}
        """;
    String end = Instant.now().plus(Duration.ofDays(50)).toString();
    String tracker = account.tenant.publicClient("tracker");
    String given = ", \"given\": {\"by\": \"tenant_on_behalf\", \"method\": \"phone\"}";
    by(session)
        .body(amendment.formatted(tracker, end, given))
        .post(own("/amendment"))
        .then()
        .statusCode(400)
        .body("field", equalTo("given"));
    // A kind of record more than before: he gives it by asking.
    Response amended =
        by(session).body(amendment.formatted(tracker, end, "")).post(own("/amendment"));
    amended
        .then()
        .statusCode(201)
        .body("given.by", equalTo("holder"))
        .body("given.method", equalTo("link"));
    String next = "/v1/self/consents/" + amended.path("id");
    by(session)
        .body("{\"reason\": \"enough\", \"deletion\": \"delete\"}")
        .post(next + "/withdrawal")
        .then()
        .statusCode(200)
        .body("state", equalTo("withdrawn"))
        .body("deletion", equalTo("delete"));
    account
        .ask("tracker", "/v1/trades?holder=" + account.holder)
        .then()
        .statusCode(403)
        .body("reason", equalTo("withdrawn"));
    by(session)
        .get(next + "/receipts")
        .then()
        .statusCode(200)
        .body("items.step", contains("amend", "withdraw"));
    for (String kind : List.of("consent.paused", "consent.resumed", "consent.withdrawn")) {
      Map<String, String> facts = account.leaves(kind).getFirst();
      assertEquals("holder", facts.get("recorded_by_role"), kind);
    }
  }

  @Test
  void theHolderSeesEveryReadAboutHimAndNothingAboutOthers() {
    account.get("tracker", "/v1/trades?holder=" + account.holder);
    String other =
        account
            .tenant
            .as("owner")
            .contentType("application/json")
            .body("{\"reference\": \"bob\"}")
            .post("/v1/holders")
            .path("id");
    String session = session();
    by(session)
        .get("/v1/self/access-log?limit=1000")
        .then()
        .statusCode(200)
        .body("items.holder", everyItem(equalTo(account.holder)))
        .body("items.kind", hasItems("consent.granted", "read"));
    List<String> mine = by(session).get("/v1/self/access-log?limit=1000").path("items.kind");
    long rows =
        account.in(tx ->
            tx.sql("select 1 from access_leaf where holder_id = ?")
                .bind(account.holderKey)
                .list(row -> 1)
                .size());
    // The look itself was written down after it was answered.
    assertEquals(rows - 1, mine.size());
    BookedAccount stranger = maker.fresh();
    String others = consentOf(other);
    for (String consent : List.of(stranger.connection.consent(), others)) {
      by(session)
          .body("{}")
          .post("/v1/self/consents/" + consent + "/withdrawal")
          .then()
          .statusCode(404);
      by(session).get("/v1/self/consents/" + consent + "/receipts").then().statusCode(404);
    }
  }

  @Test
  void aSessionOpensNoRouteOfClientsAndAClientNoRouteOfHolders() {
    String session = session();
    int refused = 0;
    for (Contract.Operation operation : Contract.read().operations()) {
      if (operation.roles().contains("holder")) {
        continue;
      }
      String path = operation.path().replace("{holder}", account.holder);
      path = path.replace("{consent}", account.connection.consent());
      path = path.replaceAll("\\{[a-z]+}", account.connection.id());
      by(session)
          .contentType(operation.bodyType())
          .request(operation.method(), path)
          .then()
          .statusCode(403)
          .body("code", equalTo("forbidden"));
      refused++;
    }
    assertTrue(refused > 40, "asked " + refused);
    account.ask("owner", "/v1/self/consents").then().statusCode(403);
    account
        .tenant
        .as("tracker")
        .post("/v1/holders/" + account.holder + "/links")
        .then()
        .statusCode(403);
    maker
        .fresh()
        .tenant
        .as("owner")
        .post("/v1/holders/" + account.holder + "/links")
        .then()
        .statusCode(404);
  }
}
