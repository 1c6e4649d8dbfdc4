package io.tallystick.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tallystick.egress.Budget.Grant;
import io.tallystick.tenancy.TestDatabase;
import io.tallystick.vault.ScriptedVenue;
import io.tallystick.venue.Call;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the budget learns from the venue's own count, and from answers that come late. */
class VenueCountTest {
  private static final AtomicInteger ADDRESSES = new AtomicInteger();

  private final DrivenPace pace = new DrivenPace("2026-11-21T12:00:10Z");
  private final Budget budget =
      new Budget(
          TestDatabase.app(),
          pace,
          new SplittableRandom(42),
          Settings.with("address", "venue-count-" + ADDRESSES.incrementAndGet()));

  @Test
  void whatTheVenueTellsRaisesTheCountAndNeverLowersIt() throws Exception {
    Grant.Granted first = granted(10);
    granted(10);
    budget.settle(first, 10, pace.instant());
    assertEquals(30, granted(10).used(), "two calls are still under way");
    budget.settle(first, 55, pace.instant());
    assertEquals(65, granted(10).used(), "somebody else used 25");
  }

  @Test
  void aCallThatCrossesTheWindowsEdgeIsCountedWhereTheVenueCountedIt() throws Exception {
    granted(5);
    Grant.Granted last = granted(5);
    pace.move(Duration.ofSeconds(50));
    budget.settle(last, 10, pace.instant());
    assertEquals(5 + 5, granted(5).used(), "10 was the old minute's");
    pace.move(Duration.ofSeconds(60));
    budget.settle(last, 4, pace.instant());
    assertEquals(4 + 5, granted(5).used(), "4 was the new one's");
  }

  @Test
  void anAnswerThatComesLateKeepsItsWeightCountedFromThen() throws Exception {
    Grant.Granted slow = granted(20);
    pace.move(Duration.ofSeconds(25));
    budget.settle(slow, 20, pace.instant());
    pace.move(Duration.ofSeconds(50));
    assertEquals(21, granted(1).counts(), "it may have come late");
    pace.move(Duration.ofSeconds(12));
    assertEquals(2, granted(1).counts());
  }

  @Test
  void aNumberToldNextToTheEdgeMayBeOfEitherSideAndIsNotTakenForAStrangers() throws Exception {
    budget.learn("scripted", "sandbox", Map.of("weight", 143));
    pace.move(Duration.ofSeconds(45));
    granted(15);
    pace.move(Duration.ofSeconds(6));
    Grant.Granted ours = granted(5);
    budget.settle(ours, 20, pace.instant());
    assertEquals(10, granted(5).used(), "20 was the old minute's, by a clock a little behind");
    pace.move(Duration.ofSeconds(5));
    Grant.Granted next = granted(5);
    budget.settle(next, 35, pace.instant());
    assertEquals(40, granted(5).used(), "now it is this minute's: somebody else used 20 of it");
  }

  private Grant.Granted granted(int weight) throws InterruptedException {
    Charge charge =
        Charge.of(
            Target.open("scripted", "sandbox", Priority.LIVE),
            new Call(ScriptedVenue.FILLS, Map.of(), weight));
    return assertInstanceOf(Grant.Granted.class, budget.acquire(charge, pace::instant));
  }
}
