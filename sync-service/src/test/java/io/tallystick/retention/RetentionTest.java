package io.tallystick.retention;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tallystick.boot.TestDatabase;
import io.tallystick.kernel.PublicIds;
import io.tallystick.records.BookedAccount;
import io.tallystick.records.Fill;
import io.tallystick.vault.RetentionClass;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Periods, holds, and the round that enforces them, with the years driven by the test. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class RetentionTest {
  @Inject BookedAccount.Maker maker;
  @Inject Retention retention;

  private BookedAccount account;

  @BeforeEach
  void account() {
    account = maker.fresh();
    account.trade(Fill.buy("BTCUSDT", 1, Instant.now().minus(Duration.ofDays(3))));
  }

  private Response post(String path, String body) {
    return account.tenant.as("owner").contentType("application/json").body(body).post(path);
  }

  private String due(Instant by) {
    return "/v1/retention/due?by=" + by.truncatedTo(ChronoUnit.SECONDS);
  }

  private static Instant years(Instant end, int years) {
    return end.atZone(ZoneOffset.UTC).plusYears(years).toInstant();
  }

  private static Instant yearEnd(Instant end, int years) {
    int year = end.atZone(ZoneOffset.UTC).getYear() + 1 + years;
    return LocalDate.of(year, 1, 1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private Set<String> erased() {
    return account.in(tx -> {
      Set<String> classes = new HashSet<>();
      RetentionStore.erased(tx, account.holderKey)
          .forEach(one -> classes.add(one.retention().code()));
      return classes;
    });
  }

  private long rows(String table) {
    return account.in(tx ->
        Objects.requireNonNull(
            tx.sql("select count(*) from " + table).first(row -> row.getLong(1))));
  }

  @Test
  void overTwelveYearsEachClassGoesInItsMonthAndProofsVerify() {
    String leaf =
        account.get("owner", "/v1/access-log?kind=consent.granted").getString("items[0].id");
    String path = "/v1/access-log/inclusion?leaf=" + leaf;
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> account.ask("owner", path).statusCode() == 200);
    String hash = account.get("owner", path).getString("leaf_hash");
    account.withdraw();
    Instant end = Instant.now();
    // Germany, as the profile says: three years, books ten from the end of the year.
    Map<String, Instant> expected =
        Map.of(
            "identity", years(end, 3),
            "consent", years(end, 3),
            "access", years(end, 3),
            "raw", yearEnd(end, 3),
            "books", yearEnd(end, 10));
    Map<String, Instant> seen = new TreeMap<>();
    int months = 12 * 12;
    for (int month = 0; month <= months; month++) {
      Instant now = end.atZone(ZoneOffset.UTC).plusMonths(month).plusDays(1).toInstant();
      Set<String> before = erased();
      if (expected.values().stream()
          .anyMatch(at -> Duration.between(at, now).abs().toDays() < 70)) {
        retention.pass(account.tenant.id(), now);
      }
      Set<String> went = erased();
      went.removeAll(before);
      went.forEach(one -> seen.put(one, now));
    }
    assertEquals(expected.keySet(), seen.keySet());
    expected.forEach((kind, at) -> {
      Duration late = Duration.between(at, seen.get(kind));
      assertTrue(!late.isNegative() && late.toDays() <= 32, kind + " went " + late + " after");
    });
    assertEquals(0, rows("posting"));
    assertEquals(0, rows("consent_receipt"));
    assertEquals(hash, account.get("owner", path).getString("leaf_hash"));
    List<String> rules =
        account.get("owner", "/v1/access-log?kind=erasure").getList("items.facts.rules");
    assertTrue(rules.size() >= 3 && rules.stream().allMatch("de/1"::equals), rules.toString());
  }

  @Test
  void whoNeverConsentedIsKeptForATimeTooAndNoLonger() {
    String other = post("/v1/holders", "{\"reference\": \"bob\"}").path("id");
    Instant made = Instant.now();
    retention.pass(account.tenant.id(), made.plus(Duration.ofDays(1)));
    account.ask("owner", "/v1/holders/" + other).then().body("reference", equalTo("bob"));
    List<String> holders = account.get("owner", due(years(made, 20))).getList("items.holder");
    assertTrue(holders.contains(other), holders.toString());
    retention.pass(account.tenant.id(), years(made, 20));
    account
        .ask("owner", "/v1/holders/" + other)
        .then()
        .statusCode(200)
        .body("reference", nullValue());
  }

  @Test
  void theRegisterOfProcessingIsWhatConsentsAndSettingsSayNow() {
    JsonPath register = account.get("compliance", "/v1/retention/register");
    assertEquals(List.of("portfolio", "tax"), register.getList("items.purpose"));
    assertEquals(account.tenant.name(), register.getString("items[0].controller"));
    assertEquals(
        List.of("accountant (accountant)", "tracker (tracker)"),
        register.getList("items[0].clients"));
    assertEquals("privacy@controller.example", register.getString("items[0].contact"));
    assertEquals("1 Main Street, 10115 Berlin", register.getString("items[0].address"));
    assertEquals("Showing you what you own.", register.getString("items[0].text"));
    assertNull(register.getString("items[1].text"), "nobody said what tax means");
    assertEquals(List.of("consent"), register.getList("items[0].lawful_bases"));
    assertEquals(
        List.of("Example Hosting Ltd (hosting, IE)"), register.getList("items[0].processors"));
    assertEquals(
        "Falkenstein, Germany; Nuremberg, Germany", register.getString("items[0].storage"));
    // Under which basis each consent was recorded is what it shows, and where clients work.
    account.in(tx -> tx.sql("update client set country = 'CH' where name = 'tracker'").update());
    assertEquals(
        List.of("accountant (accountant)", "tracker (tracker, CH)"),
        account.get("compliance", "/v1/retention/register").getList("items[0].clients"));
    assertEquals(List.of("DE"), register.getList("items[0].jurisdictions"));
    assertTrue(register.getList("items[0].categories").containsAll(BookedAccount.ALL));
    assertTrue(register.getList("items[0].periods").contains("de/1 books P10Y"));
    assertFalse(register.getList("items[0].measures").isEmpty());
    account.withdraw();
    assertEquals(List.of(), account.get("owner", "/v1/retention/register").getList("items"));
    account.ask("tracker", "/v1/retention/register").then().statusCode(403);
  }

  @Test
  void aHoldKeepsWhatIsDueAndWhatIsAskedForUntilItIsLifted() {
    String holds = "/v1/holders/" + account.holder + "/holds";
    String hold =
        post(holds, "{\"reason\": \"court of Hamburg\"}")
            .then()
            .statusCode(201)
            .body("reason", equalTo("court of Hamburg"))
            .extract()
            .path("id");
    account.withdraw();
    Instant late = years(Instant.now(), 20);
    assertEquals(0, retention.pass(account.tenant.id(), late));
    String erasure = "/v1/holders/" + account.holder + "/erasure";
    post(erasure, "{\"books\": \"delete\"}").then().statusCode(409);
    assertEquals(Set.of(), erased());
    assertTrue(rows("evidence") > 0);
    account
        .ask("compliance", due(late))
        .then()
        .statusCode(200)
        .body("items.kind", contains("access", "books", "consent", "identity", "raw"))
        .body("items.held", contains(true, true, true, true, true));
    post(holds + "/" + hold + "/release", "")
        .then()
        .statusCode(200)
        .body("lifted_at", notNullValue());
    String again = post(holds + "/" + hold + "/release", "").path("lifted_at");
    account.ask("owner", holds).then().body("items[0].lifted_at", equalTo(again));
    assertEquals(5, retention.pass(account.tenant.id(), late));
    assertEquals(0, account.get("owner", due(late)).getList("items").size());
    List<String> acts = account.leaves("admin").stream().map(leaf -> leaf.get("act")).toList();
    // The bodies went with the class of the log; that there were acts did not.
    assertTrue(acts.size() >= 2, acts.toString());
  }

  @Test
  void thePagesOfWhatIsDueLeaveNothingOut() {
    account.withdraw();
    Instant late = years(Instant.now(), 20);
    List<String> kinds =
        account.walkAs("compliance", due(late), 2).stream()
            .map(item -> item.get("kind").toString())
            .toList();
    assertEquals(List.of("access", "books", "consent", "identity", "raw"), kinds);
    assertEquals(0, account.get("compliance", "/v1/retention/due").getList("items").size());
  }

  @Test
  void aWishToDeleteMakesRawRecordsDueAtOnceAndTheHolderMayComeBack() {
    post(
        "/v1/consents/" + account.connection.consent() + "/withdrawal",
        "{\"deletion\": \"delete\"}");
    account
        .ask("owner", "/v1/retention/due")
        .then()
        .body("items.kind", contains("raw"))
        .body("items.rule", contains("holder-choice"));
    assertEquals(1, retention.pass(account.tenant.id(), Instant.now().plusSeconds(5)));
    assertEquals(Set.of(RetentionClass.RAW.code()), erased());
    assertEquals(0, rows("evidence"));
    assertTrue(rows("posting") > 0);
    String consent = account.consent(BookedAccount.ALL, 3650);
    assertTrue(PublicIds.consent(consent) != null);
    assertEquals(Set.of(), erased());
    account.connect("second", consent);
    int fresh = account.trade(Fill.buy("ETHUSDT", 2, Instant.now().minus(Duration.ofDays(1))));
    assertEquals(1, fresh, "raw records are sealed under a new key");
    // In force again: nothing is due, whatever was wished before.
    assertEquals(0, account.get("owner", "/v1/retention/due").getList("items").size());
  }

  @Test
  void nothingIsRemovedWithoutAnErasureThatWasBegunInWriting() {
    for (RetentionClass retention : RetentionClass.values()) {
      assertThrows(
          RuntimeException.class,
          () ->
              account.in(tx ->
                  tx.sql("select remove_erased(?, ?)")
                      .bind(account.holderKey, retention.code())
                      .list(row -> row.getLong(1))));
    }
    assertTrue(rows("evidence") > 0 && rows("posting") > 0);
  }

  @Test
  void everyProfileSaysHowLongEachClassIsKeptAndRegionsFallBack() {
    assertEquals("de", Profiles.of("DE").code());
    assertEquals("us", Profiles.of("US-CA").code());
    assertEquals("generic", Profiles.of("ZZ").code());
    Set<String> seen = new HashSet<>();
    for (Profile profile : Profiles.all()) {
      profile.jurisdictions().forEach(code -> assertTrue(seen.add(code), code + " twice"));
      for (RetentionClass retention : RetentionClass.values()) {
        assertTrue(!profile.keep(retention).period().isNegative());
      }
      assertTrue(profile.sources().size() > 0, profile.code());
    }
    assertTrue(account.get("owner", "/v1/retention/rules").getList("items").size() >= 30);
  }
}
