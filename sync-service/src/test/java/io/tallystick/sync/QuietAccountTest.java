package io.tallystick.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tallystick.boot.TestDatabase;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.account.Fill;
import io.tallystick.sandbox.account.Variety;
import io.tallystick.sandbox.exchange.Call;
import io.tallystick.sandbox.market.Listing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What it costs to watch an account in which little happens. */
@QuarkusTest
@TestProfile(SweepProfile.class)
@WithTestResource(TestDatabase.class)
class QuietAccountTest extends OnStage {
  private static final String OPEN_ORDERS = "/api/v3/openOrders";

  @Test
  void aQuietCycleIsCheapAndANewFillCostsLittleMoreThanItsPage() {
    stage.reopen(360, 20);
    // A new day is the slow rotation's.
    LeapingPace.leapToMorning();
    Account account =
        stage
            .sandbox()
            .addAccount(
                new AccountPlan("quiet", 3, 120, 0, 20, 1_200, 20, 10, 20, 4, 300, Variety.NONE));
    Subject subject = stage.subject(account, Stage.ALL, 1_500).connect();
    subject.runWell();
    assertEquals(Map.of(), subject.differences());
    long traded =
        account.symbols().stream().filter(l -> !account.fills(l.symbol()).isEmpty()).count();
    assertTrue(traded >= 110, "traded " + traded);
    cycle(subject);
    cycle(subject);

    for (int i = 0; i < 5; i++) {
      assertCheap("quiet", cycle(subject), 60, 6);
    }

    Listing listing = account.symbols().get(40);
    Fill fill = stage.trade(account, listing);
    List<Call> calls = cycle(subject);

    assertEquals(
        1,
        subject.count(
            "select count(*) from entry where market = '%s' and venue_ref = '%d'"
                .formatted(listing.symbol(), fill.id())));
    assertEquals(
        List.of(listing.symbol()),
        calls.stream()
            .filter(call -> call.path().equals(TRADES))
            .map(call -> call.parameters().get("symbol"))
            .toList());
    assertTrue(calls.stream().noneMatch(call -> call.path().equals(OPEN_ORDERS)), "nothing locked");
    assertCheap("one fill", calls, 20 + 60, Integer.MAX_VALUE);
    assertEquals(Map.of(), subject.differences());
  }

  @Test
  void openOrdersAreReadOnlyWhenLockedFundsChanged() {
    Account account = stage.small(74);
    Subject subject = stage.subject(account).connect();
    subject.runWell();
    cycle(subject);
    assertTrue(cycle(subject).stream().noneMatch(call -> call.path().equals(OPEN_ORDERS)));

    // A fill moves balances, and nothing that is locked.
    stage.trade(account, account.symbols().getFirst());
    assertTrue(cycle(subject).stream().noneMatch(call -> call.path().equals(OPEN_ORDERS)));

    stage.order(account, account.symbols().getFirst());
    assertTrue(cycle(subject).stream().anyMatch(call -> call.path().equals(OPEN_ORDERS)));
  }

  @Test
  void everyTradedMarketHasItsTurnWithinAWeekAndADay() {
    Account account = stage.small(75);
    Subject subject = stage.subject(account).connect();
    subject.runWell();
    LeapingPace.leap(Duration.ofDays(7));
    long since = stage.sandbox().calls().next();

    for (int i = 0; i < 8; i++) {
      cycle(subject);
    }

    for (Listing listing : account.symbols()) {
      assertTrue(
          subject.calls(since).stream()
              .anyMatch(call ->
                  call.path().equals(TRADES)
                      && listing.symbol().equals(call.parameters().get("symbol"))),
          listing.symbol());
    }
  }

  private List<Call> cycle(Subject subject) {
    LeapingPace.leap(Duration.ofMinutes(15));
    long since = stage.sandbox().calls().next();
    subject.runScheduled();
    return subject.calls(since);
  }

  private static void assertCheap(String what, List<Call> calls, int weight, int sapi) {
    int spent =
        calls.stream().filter(call -> call.path().startsWith("/api/")).mapToInt(Call::weight).sum();
    long calledSapi = calls.stream().filter(call -> call.path().startsWith("/sapi/")).count();
    System.out.printf(
        "quiet account (virtual time), %s: REQUEST_WEIGHT %d, /sapi calls %d%n",
        what, spent, calledSapi);
    assertTrue(spent <= weight, "weight " + spent + " for " + calls);
    assertTrue(calledSapi <= sapi, "sapi " + calledSapi);
  }
}
