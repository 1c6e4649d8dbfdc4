package io.tallystick.retention;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tallystick.boot.TestDatabase;
import io.tallystick.records.BookedAccount;
import io.tallystick.records.Transfers;
import io.tallystick.vault.RetentionClass;
import io.tallystick.venue.Raw;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A holder who had his raw records deleted, and comes back or is only asked to. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ReturnTest {
  private static final String WITHDRAWN = "/v1/access-log?kind=consent.withdrawn";

  @Inject BookedAccount.Maker maker;
  @Inject Retention retention;
  @Inject RetentionSettings settings;

  private BookedAccount account;
  private Instant then;

  @BeforeEach
  void account() {
    account = maker.fresh();
    then = Instant.now().minus(Duration.ofDays(3));
    deposits();
  }

  private int deposits(String... names) {
    Raw told = Transfers.deposit("d1", 1, then);
    List<Raw> records = new ArrayList<>(List.of(told));
    // Further ones of which the venue says the same under other names.
    for (String name : names) {
      records.add(new Raw(name, told.bornAt(), told.bytes()));
    }
    return account.page(account.connection, "deposits", "", records);
  }

  private int booked() {
    return account.get("tracker", "/v1/transfers?holder=" + account.holder).getList("items").size();
  }

  private Response post(String path, String body) {
    return account.tenant.as("owner").contentType("application/json").body(body).post(path);
  }

  private void withdrawWithWish() {
    post(
            "/v1/consents/" + account.connection.consent() + "/withdrawal",
            "{\"deletion\": \"delete\"}")
        .then()
        .statusCode(200);
  }

  private Set<String> erased() {
    return account.in(tx -> {
      Set<String> classes = new HashSet<>();
      RetentionStore.erased(tx, account.holderKey)
          .forEach(one -> classes.add(one.retention().code()));
      return classes;
    });
  }

  private void comeBack() {
    assertEquals(1, retention.pass(account.tenant.id(), Instant.now().plusSeconds(5)));
    String consent = account.consent(BookedAccount.ALL, 3650);
    post(
            "/v1/connections/" + account.connection.id() + "/consent",
            "{\"consent\": \"" + consent + "\"}")
        .then()
        .statusCode(200);
  }

  @Test
  void whatIsReadAgainAfterAReturnCountsOnce() {
    String hash = account.hash();
    withdrawWithWish();
    comeBack();
    // Each list is begun anew once a month: the venue tells the same deposit again.
    deposits();
    assertEquals(1, booked());
    assertEquals(hash, account.hash());
  }

  @Test
  void whatIsReadAgainCountsAsOftenAsBeforeAndMoreIsMore() {
    deposits("d2");
    assertEquals(2, booked());
    String hash = account.hash();
    withdrawWithWish();
    comeBack();
    deposits();
    assertEquals(2, booked());
    deposits("d2");
    assertEquals(2, booked());
    assertEquals(hash, account.hash());
    deposits("d2", "d3");
    assertEquals(3, booked());
  }

  private void revoke(String consent) {
    post("/v1/consents/" + consent + "/steps", "{\"step\": \"revoke\", \"reason\": \"over\"}")
        .then()
        .statusCode(200);
  }

  @Test
  void whatHeSaysLastCountsWhicheverConsentItNames() {
    String other = account.consent(BookedAccount.ALL, 3650);
    revoke(account.connection.consent());
    revoke(other);
    account.ask("owner", "/v1/retention/due").then().body("items.kind", empty());
    withdrawWithWish();
    account.ask("owner", "/v1/retention/due").then().body("items.kind", contains("raw"));
  }

  @Test
  void aWishIsNoneForWhatHeConsentsToLater() {
    withdrawWithWish();
    String anew = account.consent(BookedAccount.ALL, 3650);
    revoke(anew);
    account.ask("owner", "/v1/retention/due").then().body("items.kind", empty());
  }

  private String ask() {
    return post(
            "/v1/consents",
            """
            {"holder": "%s", "recipients": ["%s"], "purposes": ["portfolio"],
             "domains": ["trades"], "look_back_days": 10, "expires_at": "%s",
             "jurisdiction": "DE",
             "notice": {"version": "1", "language": "en", "words": "Again?"}}
            """
                .formatted(
                    account.holder,
                    account.tenant.publicClient("tracker"),
                    Instant.now().plus(Duration.ofDays(10))))
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private void refuse(String consent) {
    account
        .tenant
        .as(account.tenant.session(account.holder))
        .contentType("application/json")
        .body("{\"step\": \"refuse\"}")
        .post("/v1/self/consents/" + consent + "/steps")
        .then()
        .statusCode(200);
  }

  @Test
  void aQuestionThatHeRefusesDoesNotUndoHisWish() {
    withdrawWithWish();
    account.ask("owner", "/v1/retention/due").then().body("items.kind", contains("raw"));
    refuse(ask());
    account.ask("owner", "/v1/retention/due").then().body("items.kind", contains("raw"));
  }

  @Test
  void aQuestionThatHeRefusesIsNoReturn() {
    withdrawWithWish();
    assertEquals(1, retention.pass(account.tenant.id(), Instant.now().plusSeconds(5)));
    assertEquals(Set.of("raw"), erased());
    refuse(ask());
    assertEquals(Set.of("raw"), erased(), "he did not come back");
    assertEquals(
        1,
        new ErasureList(settings.erasureList())
            .standing().stream()
                .filter(line -> line.holder() == account.holderKey)
                .filter(line -> line.retention() == RetentionClass.RAW)
                .count(),
        "a restore must erase it again");
  }

  @Test
  void whoseConsentIsOverMayStillWishForDeletion() {
    revoke(account.connection.consent());
    account.ask("owner", "/v1/retention/due").then().body("items.kind", empty());
    withdrawWithWish();
    account.ask("owner", "/v1/retention/due").then().body("items.kind", contains("raw"));
    String path = "/v1/consents/" + account.connection.consent();
    account
        .ask("owner", path)
        .then()
        .body("state", equalTo("revoked"))
        .body("deletion", equalTo("delete"));
    int receipts = account.get("owner", path + "/receipts").getList("items").size();
    List<String> wishes = account.get("owner", WITHDRAWN).getList("items.facts.deletion");
    assertEquals(List.of("delete"), wishes);
    // Once is enough.
    withdrawWithWish();
    assertEquals(receipts, account.get("owner", path + "/receipts").getList("items").size());
    assertEquals(1, account.get("owner", WITHDRAWN).getList("items").size());
    assertEquals(1, retention.pass(account.tenant.id(), Instant.now().plusSeconds(5)));
  }
}
