package io.tallystick.sync;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tallystick.boot.TestDatabase;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.account.EarnEvent;
import io.tallystick.sandbox.account.IncomeEvent;
import io.tallystick.sandbox.account.Variety;
import io.tallystick.sandbox.account.Wallet;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** More at once than the venue hands out: it arrives whole, or a gap tells what did not. */
@QuarkusTest
@TestProfile(EngineProfile.class)
@WithTestResource(TestDatabase.class)
class CrowdTest extends OnStage {
  private static final int LOOK_BACK =
      (int) Duration.between(Instant.parse("2026-08-01T00:00:00Z"), Instant.now()).toDays();

  @Test
  @DisplayName("F9 what one millisecond holds beyond an answer is a gap that names the instant")
  void whatOneMillisecondHoldsBeyondAnAnswerIsAGapThatNamesTheInstant() {
    Account account = stage.small(91);
    Instant moment = Instant.parse("2026-10-20T12:00:00.250Z");
    for (int i = 0; i < 620; i++) {
      account.add(
          new IncomeEvent.Dividend(
              7_000_000L + i,
              8_000_000L + i,
              "BNB",
              1_000L + i,
              false,
              "BNB airdrop",
              false,
              moment.toEpochMilli()));
    }
    Subject subject = stage.subject(account, List.of("balances", "dividends"), LOOK_BACK).connect();
    subject.runWell();

    assertTrue(subject.gaps().contains("dividends  saturated"), subject.gaps().toString());
    // The two narrowest windows that share the instant.
    assertEquals(
        2,
        subject.count(
            """
            select count(*) from gap where reason = 'saturated'
              and gap.from_at <= timestamptz '2026-10-20T12:00:00.250Z'
              and to_at >= timestamptz '2026-10-20T12:00:00.250Z'
              and to_at - from_at < interval '1 second'
            """));
    // What the venue did hand out of them is kept, once.
    assertEquals(500, subject.count("select count(*) from entry where domain = 'dividends'"));
    subject.runWell();
    assertEquals(500, subject.count("select count(*) from entry where domain = 'dividends'"));
    assertTrue(subject.gaps().contains("dividends  saturated"), subject.gaps().toString());
  }

  @Test
  @DisplayName("F11 what lies before the venue's memory is a gap, not a time without trades")
  void whatLiesBeforeTheVenuesMemoryIsAGap() {
    Subject subject = stage.subject(stage.small(93), List.of("balances", "p2p"), 400).connect();
    subject.runWell();

    for (String side : List.of("BUY", "SELL")) {
      assertTrue(
          subject.gaps().contains("peer-trades " + side + " beyond-retention"),
          subject.gaps().toString());
    }
    assertEquals(
        2,
        subject.count(
            """
            select count(*) from gap where reason = 'beyond-retention' and domain = 'p2p'
              and to_at - from_at > interval '150 days'
            """));
    subject
        .get("/v1/connections/" + subject.connection + "/completeness")
        .then()
        .statusCode(200)
        .body("by_domain.find { it.domain == 'p2p' }.verdict", equalTo("gap"));
  }

  @Test
  void moreEarnPositionsThanAPageCarriesAddUpToTheWallet() {
    AccountPlan small = AccountPlan.small("savers", 92);
    Account account =
        stage.sandbox().addAccount(small.with(Variety.of(400).within(70).withPlanRuns(0)));
    long open =
        account.events(EarnEvent.LockedSubscription.class).stream()
            .filter(e -> !e.moves().isEmpty())
            .count();
    assertTrue(open > 100 && !account.holdings(Wallet.EARN_LOCKED).isEmpty(), "locked " + open);
    Subject subject =
        stage.subject(account, List.of("balances", "earn", "dividends"), LOOK_BACK).connect();
    subject.runWell();

    long pages =
        subject.calls(0).stream().filter(call -> call.path().endsWith("/locked/position")).count();
    assertTrue(pages >= 2, "pages " + pages);
    assertEquals(
        1,
        subject.count(
            "select count(*) from reported_wallet where wallet = 'earn-locked' and complete"));
    Map<String, BigDecimal> off = subject.differences();
    assertFalse(off.keySet().stream().anyMatch(place -> place.contains("earn-")), off.toString());
    long before = subject.count("select count(*) from evidence where stream = 'locked-positions'");
    subject.runWell();
    assertEquals(
        before, subject.count("select count(*) from evidence where stream = 'locked-positions'"));
  }
}
