package io.tallystick.retention;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tallystick.boot.TestDatabase;
import io.tallystick.kernel.PublicIds;
import io.tallystick.records.BookedAccount;
import io.tallystick.records.Fill;
import io.tallystick.tenancy.TestTenant;
import io.tallystick.vault.Opened;
import io.tallystick.vault.RetentionClass;
import io.tallystick.vault.Seals;
import io.tallystick.vault.Unopenable;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What an erasure takes, what it leaves, and that it stays done. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ErasureTest {
  private static final String KEEP = "{\"books\": \"keep\", \"duty\": \"tax law\"}";
  private static final String DELETE = "{\"books\": \"delete\"}";

  @Inject BookedAccount.Maker maker;
  @Inject Seals seals;
  @Inject Erasures erasures;
  @Inject RetentionSettings settings;

  private BookedAccount account;

  @BeforeEach
  void account() {
    account = maker.fresh();
    account.trade(Fill.buy("BTCUSDT", 1, Instant.now().minus(Duration.ofDays(3))));
  }

  private Response erase(String as, String body) {
    return account
        .tenant
        .as(as)
        .contentType("application/json")
        .body(body)
        .post("/v1/holders/" + account.holder + "/erasure");
  }

  private JsonPath proof(String leaf) {
    String path = "/v1/access-log/inclusion?leaf=" + leaf;
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> account.ask("owner", path).statusCode() == 200);
    return account.get("owner", path);
  }

  private byte[] sealedReference() {
    return account.in(tx ->
        Objects.requireNonNull(
            tx.sql("select reference_sealed from holder").first(row -> row.getBytes(1))));
  }

  private Opened open(byte[] sealedReference) {
    return seals.open(
        account.holderKey,
        RetentionClass.IDENTITY,
        sealedReference,
        account.tenant.id(),
        account.holderKey,
        "REFERENCE");
  }

  private long rows(String table) {
    return account.in(tx ->
        Objects.requireNonNull(
            tx.sql("select count(*) from " + table).first(row -> row.getLong(1))));
  }

  @Test
  void anErasureEndsConsentsAndDestroysKeysAndKeepsBooksAndProofs() {
    String leaf =
        account.get("owner", "/v1/access-log?kind=consent.granted").getString("items[0].id");
    JsonPath before = proof(leaf);
    String books = account.hash();
    byte[] backup = sealedReference();
    assertInstanceOf(Opened.Plain.class, open(backup));
    assertTrue(rows("evidence") > 0);

    erase("tracker", KEEP).then().statusCode(403);
    erase("owner", "{\"books\": \"keep\"}").then().statusCode(400).body("field", equalTo("duty"));
    erase("compliance", KEEP)
        .then()
        .statusCode(200)
        .body("erased.kind", contains("access", "credential", "identity", "raw"))
        .body("kept.kind", contains("consent", "books"))
        .body("kept[1].rule", equalTo("de/1"));

    Opened.Closed closed = assertInstanceOf(Opened.Closed.class, open(backup));
    assertEquals(Unopenable.Reason.KEY_DESTROYED, closed.why().reason());
    assertEquals(0, sealedReference().length);
    assertEquals(0, rows("evidence"));
    account
        .ask("tracker", "/v1/trades?holder=" + account.holder)
        .then()
        .statusCode(403)
        .body("reason", equalTo("withdrawn"));
    account
        .ask("owner", "/v1/consents/" + account.connection.consent())
        .then()
        .statusCode(200)
        .body("state", equalTo("withdrawn"))
        .body("deletion", equalTo("delete"))
        .body("given.evidence", nullValue());
    account
        .ask("owner", "/v1/holders/" + account.holder)
        .then()
        .statusCode(200)
        .body("reference", nullValue());
    assertEquals(books, account.hash(), "books that a duty keeps stay as they were");
    assertEquals(before.getString("leaf_hash"), proof(leaf).getString("leaf_hash"));
    account
        .ask("owner", "/v1/access-log?holder=" + account.holder)
        .then()
        .statusCode(200)
        .body("items[0].facts.erased", equalTo("the key of this entry was destroyed"))
        .body("items.kind", hasItem("erasure"));
    JsonPath erasure = account.get("owner", "/v1/access-log?kind=erasure");
    assertEquals("tax law", erasure.getString("items[0].facts.duty"));
    assertEquals("credential identity raw access", sorted(erasure));
    List<String> receipts =
        account
            .get("owner", "/v1/consents/" + account.connection.consent() + "/receipts")
            .getList("items.step");
    assertEquals(List.of("grant", "withdraw"), receipts, "what proves the consent stays");
  }

  private static String sorted(JsonPath erasure) {
    List<String> order = List.of("credential", "identity", "raw", "access");
    List<String> told = List.of(erasure.getString("items[0].facts.erased").split(" "));
    return String.join(" ", order.stream().filter(told::contains).toList());
  }

  @Test
  void booksThatNothingKeepsAreDeletedAndNoOthers() {
    BookedAccount other = maker.fresh();
    other.trade(Fill.buy("BTCUSDT", 1, Instant.now().minus(Duration.ofDays(3))));
    String theirs = other.hash();
    assertTrue(rows("posting") > 0);
    erase("owner", DELETE).then().statusCode(200).body("erased.kind", hasItem("books"));
    for (String table : List.of("entry", "posting", "balance", "account", "evidence", "bookmark")) {
      assertEquals(0, rows(table), table);
    }
    assertEquals(theirs, other.hash());
    Awaitility.await().until(() -> rows("outbox") == 0);
    assertEquals(
        List.of("ended"),
        account.get("tracker", "/v1/changes?after=0&limit=9&through=2").getList("items.change"),
        "no record is left, and that the consent ended is told");
    account.ask("owner", "/v1/changes?after=0").then().statusCode(200);
    account.ask("owner", "/v1/connections").then().statusCode(200);
    assertTrue(rows("consent_receipt") > 0, "what proves the consent stays");
  }

  @Test
  void erasingAgainChangesNothingAndTheHolderCannotBeReadAnew() {
    String done = erase("owner", KEEP).then().statusCode(200).extract().path("erased[0].done_at");
    erase("owner", KEEP).then().statusCode(200).body("erased[0].done_at", equalTo(done));
    account
        .ask("compliance", "/v1/holders/" + account.holder + "/erasure")
        .then()
        .body("erased[0].done_at", equalTo(done));
    assertEquals(1, account.get("owner", "/v1/access-log?kind=erasure").getList("items").size());
    account
        .tenant
        .as("owner")
        .contentType("application/json")
        .body(consent())
        .post("/v1/consents")
        .then()
        .statusCode(409)
        .body("code", equalTo("conflict"));
  }

  private String consent() {
    return """
    {"holder": "%s", "recipients": ["%s"], "purposes": ["portfolio"],
     "domains": ["trades"], "look_back_days": 1, "expires_at": "%s",
     "jurisdiction": "DE", "given": {"by": "holder", "method": "signed-form"}}
    """
        .formatted(
            account.holder,
            account.tenant.publicClient("tracker"),
            Instant.now().plus(Duration.ofDays(10)));
  }

  @Test
  void anotherHolderOfTheTenantIsUntouched() {
    String other =
        account
            .tenant
            .as("owner")
            .contentType("application/json")
            .body("{\"reference\": \"bob\"}")
            .post("/v1/holders")
            .path("id");
    long key = Objects.requireNonNull(PublicIds.holder(other));
    byte[] sealed = seals.seal(key, RetentionClass.RAW, new byte[] {7}, "test");
    String export = "/v1/access-log/export?holder=" + other;
    proof(
        account
            .get("owner", "/v1/access-log?holder=" + other + "&kind=admin")
            .getString("items[0].id"));
    List<String> before = leaves(account.ask("owner", export).asString());
    assertTrue(before.size() > 0);
    erase("owner", DELETE).then().statusCode(200);
    assertInstanceOf(Opened.Plain.class, seals.open(key, RetentionClass.RAW, sealed, "test"));
    List<String> after = leaves(account.ask("owner", export).asString());
    assertEquals(before, after.subList(0, before.size()));
    account
        .ask("owner", "/v1/holders/" + other)
        .then()
        .statusCode(200)
        .body("reference", equalTo("bob"));
    TestTenant stranger = maker.fresh().tenant;
    stranger
        .as("owner")
        .contentType("application/json")
        .body(DELETE)
        .post("/v1/holders/" + other + "/erasure")
        .then()
        .statusCode(404);
  }

  // Lines of leaves carry their header; the other lines tell of the whole log, which grows.
  private static List<String> leaves(String export) {
    return export.lines().filter(line -> line.contains("\"header\"")).toList();
  }

  @Test
  @DisplayName("F115 keys that a restore brought back are destroyed again by the list outside")
  void theListIsReplayed() {
    erase("owner", KEEP).then().statusCode(200);
    // A restored key store: there are keys of this name again.
    seals.renew(account.holderKey, RetentionClass.RAW);
    byte[] sealed = seals.seal(account.holderKey, RetentionClass.RAW, new byte[] {1}, "test");
    erasures.replay();
    Opened again = seals.open(account.holderKey, RetentionClass.RAW, sealed, "test");
    assertInstanceOf(Opened.Closed.class, again);
  }

  @Test
  @DisplayName("F115 a database that was restored to before an erasure is erased again")
  void aRestoredDatabaseIsErasedAgain() {
    // What a restore leaves: the list names a holder of whom the database knows nothing.
    ErasureList list = new ErasureList(settings.erasureList());
    list.add(
        List.of(RetentionClass.IDENTITY, RetentionClass.RAW).stream()
            .map(one ->
                new ErasureList.Line(
                    account.tenant.id(), account.holderKey, one, Instant.now(), false))
            .toList());
    byte[] backup = sealedReference();
    assertEquals(2, erasures.replay());
    assertInstanceOf(Opened.Closed.class, open(backup));
    assertEquals(0, rows("evidence"));
    account
        .ask("owner", "/v1/consents/" + account.connection.consent())
        .then()
        .body("state", equalTo("withdrawn"));
    assertEquals(2, account.get("owner", "/v1/access-log?kind=erasure").getList("items").size());
    assertEquals(0, erasures.replay());
  }
}
