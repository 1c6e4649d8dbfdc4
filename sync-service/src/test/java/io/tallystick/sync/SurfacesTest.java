package io.tallystick.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.tallystick.boot.TestDatabase;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.account.PlanAnswers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A whole account with every ordinary surface, from the venue to the answers. */
@QuarkusTest
@TestProfile(EngineProfile.class)
@WithTestResource(TestDatabase.class)
class SurfacesTest extends OnStage {
  private static final List<String> EVERYTHING =
      List.of(
          "balances",
          "trades",
          "orders",
          "deposits",
          "withdrawals",
          "converts",
          "dust",
          "dividends",
          "earn",
          "auto-invest",
          "fiat",
          "p2p",
          "transfers",
          "pay",
          "rebates");

  private static final int LOOK_BACK =
      (int) Duration.between(Instant.parse("2025-08-01T00:00:00Z"), Instant.now()).toDays();

  @Test
  void everyWalletAgreesToTheLastDigitAndEverySurfaceIsAnswered() {
    Account account = stage.sandbox().addAccount(AccountPlan.full("whole", 11));
    account.planAnswers(PlanAnswers.SERVED);
    Subject subject = stage.subject(account, EVERYTHING, LOOK_BACK).connect();
    subject.runWell();

    assertEquals(Map.of(), subject.differences());
    JsonPath wallets = answer(subject, "/v1/wallets?");
    List<String> names = wallets.getList("items.wallet");
    assertTrue(
        names.containsAll(List.of("spot", "funding", "earn-flexible", "earn-locked")),
        names.toString());
    assertEquals(
        new TreeSet<>(List.of(0)), new TreeSet<>(wallets.<Integer>getList("items.differing")));
    assertEquals(
        0,
        subject.count(
            """
            select count(*) from posting p join account a on a.account_id in (p.from_account,
              p.to_account) and a.tenant_id = p.tenant_id
            where a.path in ('suspense', 'opening')
            """));

    JsonPath conversions = answer(subject, "/v1/conversions?limit=1000&");
    List<String> domains = conversions.getList("items.domain");
    assertTrue(
        domains.containsAll(List.of("converts", "dust", "dividends", "fiat", "p2p")),
        new TreeSet<>(domains).toString());
    assertFalse(answer(subject, "/v1/earn/rewards?").getList("items").isEmpty());
    assertFalse(answer(subject, "/v1/earn/positions?").getList("items").isEmpty());
    assertTrue(subject.count("select count(*) from balance_point") > 100);
    // A P2P trade that Pay tells too is one entry, with both records.
    assertTrue(subject.count("select count(*) from entry_evidence") >= 10);
    assertEquals(
        0,
        subject.count(
            """
            select count(*) from entry e where e.domain = 'pay' and e.kind = 'conversion'
            """));

    String before = subject.hash();
    subject.runWell();
    assertEquals(before, subject.hash(), "nothing is booked twice");
    assertEquals(Map.of(), subject.differences());
  }

  @Test
  void plansShowTheirNextRuns() {
    AccountPlan small = AccountPlan.small("planned", 12);
    Account account = stage.sandbox().addAccount(small.with(small.variety().withPlanRuns(12)));
    account.planAnswers(PlanAnswers.SERVED);
    Subject subject =
        stage.subject(account, List.of("balances", "auto-invest"), LOOK_BACK).connect();
    subject.runWell();

    JsonPath plans = answer(subject, "/v1/plans?");
    assertEquals(3, plans.getList("items").size());
    List<String> next = plans.getList("items[0].forecast");
    assertEquals(5, next.size());
    assertEquals(
        Duration.ofDays(7),
        Duration.between(Instant.parse(next.get(0)), Instant.parse(next.get(1))));
  }

  @Test
  @DisplayName("What a consent leaves out is never asked for, and what the venue refuses is a gap")
  void whatAConsentLeavesOutIsNeverAskedFor() {
    Account account = stage.small(13);
    Subject subject =
        stage
            .subject(account, List.of("balances", "auto-invest", "dust"), Stage.LOOK_BACK)
            .connect();
    subject.runWell();

    List<String> asked =
        subject.calls(0).stream().map(call -> call.path()).distinct().sorted().toList();
    for (String path : asked) {
      assertTrue(
          path.contains("/account")
              || path.contains("/exchangeInfo")
              || path.contains("getUserAsset")
              || path.contains("get-funding-asset")
              || path.contains("/wallet/balance")
              || path.contains("/auto-invest/")
              || path.endsWith("/dribblet"),
          path);
    }
    assertTrue(asked.contains("/sapi/v1/asset/dribblet"), asked.toString());
    assertTrue(subject.gaps().contains("auto-invest-runs  not-offered"), subject.gaps().toString());
    JsonPath completeness =
        subject
            .get("/v1/connections/" + subject.connection + "/completeness")
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();
    for (String left : List.of("earn", "fiat", "p2p", "pay", "transfers", "converts", "rebates")) {
      assertEquals(
          Boolean.FALSE,
          completeness.get("by_domain.find { it.domain == '" + left + "' }.in_consent"),
          left);
    }
  }

  @Test
  void coverageHasNoEmptyCell() {
    Subject subject = stage.subject(stage.small(14));
    List<Map<String, Object>> rows =
        subject.get("/v1/coverage").then().statusCode(200).extract().jsonPath().getList("items");
    for (Map<String, Object> row : rows) {
      for (String cell : List.of("records", "proof", "horizon", "check", "files", "sources")) {
        assertFalse(String.valueOf(row.get(cell)).isBlank(), row.toString());
      }
    }
    assertTrue(rows.stream().anyMatch(row -> row.get("domain").equals("margin")));
  }

  private static JsonPath answer(Subject subject, String route) {
    return subject
        .get(route + "connection=" + subject.connection)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }
}
