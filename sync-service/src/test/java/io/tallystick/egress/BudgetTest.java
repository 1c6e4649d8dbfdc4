package io.tallystick.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.egress.Budget.Grant;
import io.tallystick.kernel.VirtualTime;
import io.tallystick.tenancy.TestDatabase;
import io.tallystick.vault.ScriptedVenue;
import io.tallystick.venue.Call;
import io.tallystick.venue.Endpoint;
import io.tallystick.venue.Pool;
import io.tallystick.venue.Verdict;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BudgetTest {
  private static final AtomicInteger ADDRESSES = new AtomicInteger();

  private final String address = "budget-test-" + ADDRESSES.incrementAndGet();
  private final DrivenPace pace = new DrivenPace("2026-11-21T12:00:10Z");
  private final Budget budget = process("0.70");

  @Test
  void weightComesAtOnceAtFirstThenEvenlyAndNeverMoreThanTheShareInAnyMinute() throws Exception {
    Charges charges = new Charges();
    for (int i = 0; i < 60; i++) {
      granted(budget, charge(2, Priority.BACKFILL));
      charges.add(pace.instant(), 2);
    }
    assertTrue(charges.within(Duration.ofSeconds(1)) >= 10, "an idle budget answers at once");
    assertTrue(charges.within(Duration.ofSeconds(1)) <= 35, "but not with all it has");
    assertTrue(charges.within(Duration.ofSeconds(60)) <= 70, "whatever minute is looked at");
    assertTrue(charges.longestRest().compareTo(Duration.ofSeconds(4)) < 0, "no drought follows");
    assertTrue(pace.paused().compareTo(Duration.ofSeconds(110)) < 0, "and little is wasted");
  }

  @Test
  void backfillBorrowsTheReserveUntilABalanceReadWaitsForIt() throws Exception {
    Budget here = process("0.70");
    Budget there = impatient();
    int counts = 0;
    for (int i = 0; i < 100; i++) {
      counts = Math.max(counts, granted(here, charge(2, Priority.BACKFILL)).counts());
    }
    // A reserve of 5 % would leave 66 of 70 to the others.
    assertTrue(counts > 66, "all of it was lent out: " + counts);
    Charge balances = charge(8, Priority.BALANCES);
    Instant begin = pace.instant();
    assertInstanceOf(Grant.Full.class, there.acquire(balances, pace::instant));
    Budget greedy = impatient();
    while (!(there.acquire(balances, pace::instant) instanceof Grant.Granted)) {
      assertTrue(pace.instant().isBefore(begin.plusSeconds(60)), "balances starve");
      if (greedy.acquire(charge(2, Priority.BACKFILL), pace::instant)
          instanceof Grant.Granted granted) {
        assertTrue(granted.counts() <= 70 - 8, "what waits is left its room");
      }
    }
    Duration waited = Duration.between(begin, pace.instant());
    assertTrue(waited.compareTo(Duration.ofSeconds(12)) < 0, "waited " + waited);
  }

  @Test
  void whatCanWaitWaitsFromFourFifthsOnWhileLiveCarriesOn() throws Exception {
    Budget one = impatient();
    for (Priority priority : List.of(Priority.REFRESH, Priority.SWEEP)) {
      assertTrue(drain(one, priority) <= 56, priority + " stops at 80 % of 70");
    }
    while (!(one.acquire(charge(2, Priority.REFRESH), pace::instant) instanceof Grant.Granted)) {
      assertTrue(pace.paused().compareTo(Duration.ofHours(1)) < 0);
    }
    assertInstanceOf(Grant.Full.class, one.acquire(charge(8, Priority.REFRESH), pace::instant));
    Instant before = pace.instant();
    for (int i = 0; i < 3; i++) {
      granted(one, charge(2, Priority.LIVE));
    }
    assertEquals(before, pace.instant(), "live does not wait");
    granted(process("0.70"), charge(2, Priority.BACKFILL));
    assertInstanceOf(Grant.Full.class, one.acquire(charge(8, Priority.SWEEP), pace::instant));
  }

  @Test
  void aCallTooHeavyForTheShareGoesAloneAndOneTooHeavyForTheVenueNever() throws Exception {
    assertEquals(90, granted(budget, charge(90, Priority.SWEEP)).used());
    assertInstanceOf(
        Grant.Full.class, impatient().acquire(charge(1, Priority.LIVE), pace::instant));
    Duration before = pace.paused();
    assertInstanceOf(Grant.Full.class, budget.acquire(charge(101, Priority.LIVE), pace::instant));
    assertEquals(before, pace.paused());
  }

  @Test
  void announcedLimitsReplaceTheBuiltInOnes() throws Exception {
    budget.learn("scripted", "sandbox", Map.of("weight", 20));
    assertEquals(10, granted(budget, Priority.LIVE).counts());
    assertEquals(10, granted(budget, Priority.LIVE).counts(), "14 of 20 are ours");
    assertTrue(pace.paused().compareTo(Duration.ofSeconds(60)) > 0);
  }

  @Test
  void manyProcessesAtOnceNeverExceedTheShare() throws Exception {
    List<Budget> processes =
        List.of(process("0.70"), process("0.70"), process("0.70"), process("0.70"));
    Charges charges = new Charges();
    List<VirtualTime.Actor> workers = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Budget process = processes.get(i % processes.size());
      workers.add(() -> {
        for (int turn = 0; turn < 3; turn++) {
          granted(process, charge(2, Priority.BACKFILL));
          charges.add(pace.instant(), 2);
        }
      });
    }
    Instant begin = pace.instant();
    pace.time().run(Duration.ofSeconds(60), workers);
    int most = charges.within(Duration.ofSeconds(60));
    assertTrue(most <= 70 && most > 66, "charged " + most);
    Duration took = Duration.between(begin, pace.instant());
    assertTrue(took.compareTo(Duration.ofSeconds(350)) < 0, "360 at 70 a minute took " + took);
  }

  @Test
  void whatADeadProcessHadChargedStillCountsForWhoTakesOver() throws Exception {
    List<Budget> processes = new ArrayList<>(List.of(process("0.70"), process("0.70")));
    Charges charges = new Charges();
    for (int i = 0; i < 120; i++) {
      if (i % 25 == 24) {
        // One dies between paying and sending, and starts anew.
        processes.set(i % 2, process("0.70"));
      }
      granted(processes.get(i % 2), charge(2, Priority.BACKFILL));
      charges.add(pace.instant(), 2);
    }
    int most = charges.within(Duration.ofSeconds(60));
    assertTrue(most <= 70 && most > 66, "charged " + most);
  }

  @Test
  void aWindowWrittenByAClockFarAheadDoesNotStopTheBudget() throws Exception {
    Instant wrong = pace.instant().plus(Duration.ofHours(5));
    budget.acquire(charge(60, Priority.LIVE), () -> wrong);
    Grant.Granted right = granted(process("0.70"), Priority.LIVE);
    assertEquals(10, right.used());
    assertEquals(Instant.parse("2026-11-21T12:00:00Z"), right.window());
  }

  @Test
  @DisplayName(
      "F24 a ban stops every pool and process of the address; one call goes first after it")
  void f24ABanStopsEverythingAndOneCallGoesFirst() throws Exception {
    Budget other = process("1.00");
    Grant.Granted charged = granted(budget, Priority.LIVE);
    Instant until = pace.instant().plus(Duration.ofMinutes(3));
    budget.block(charged.charge(), Verdict.Scope.EGRESS_ADDRESS, until, true);
    for (Budget process : List.of(budget, other)) {
      for (Charge charge : List.of(charge(10, Priority.LIVE), account(7))) {
        Grant.Blocked blocked =
            assertInstanceOf(Grant.Blocked.class, process.acquire(charge, pace::instant));
        assertEquals(until, blocked.until());
        assertEquals("banned", blocked.cause());
      }
    }
    assertEquals(
        until,
        budget.blocked("scripted", "sandbox", Set.of(), pace.instant()).orElseThrow().until());
    pace.move(Duration.ofMinutes(3));
    Grant.Granted probe = granted(other, Priority.SWEEP);
    assertTrue(probe.probe());
    assertInstanceOf(Grant.Blocked.class, budget.acquire(charge(10, Priority.LIVE), pace::instant));
    budget.lift(probe.charge());
    assertFalse(granted(budget, Priority.LIVE).probe());
    assertTrue(budget.blocked("scripted", "sandbox", Set.of(), pace.instant()).isEmpty());
  }

  @Test
  @DisplayName("F24 a probe that never answers is followed by another half a minute later")
  void f24ALostProbeIsFollowedByAnother() throws Exception {
    Grant.Granted charged = granted(budget, Priority.LIVE);
    budget.block(
        charged.charge(), Verdict.Scope.EGRESS_ADDRESS, pace.instant().plusSeconds(60), true);
    pace.move(Duration.ofSeconds(60));
    assertTrue(granted(budget, Priority.LIVE).probe());
    pace.move(Budget.PROBE.minusSeconds(1));
    assertInstanceOf(Grant.Blocked.class, budget.acquire(charge(10, Priority.LIVE), pace::instant));
    pace.move(Duration.ofSeconds(1));
    assertTrue(granted(budget, Priority.LIVE).probe());
    budget.block(
        charged.charge(), Verdict.Scope.EGRESS_ADDRESS, pace.instant().plusSeconds(600), true);
    assertEquals(
        pace.instant().plusSeconds(600),
        budget.blocked("scripted", "sandbox", Set.of(), pace.instant()).orElseThrow().until(),
        "banned again");
  }

  @Test
  void aLimitedPoolStopsAloneAndALongerStopStays() throws Exception {
    Grant.Granted charged = granted(budget, account(7));
    Instant now = pace.instant();
    budget.block(charged.charge(), Verdict.Scope.POOL, now.plusSeconds(90), false);
    budget.block(charged.charge(), Verdict.Scope.POOL, now.plusSeconds(20), false);
    Grant.Blocked blocked =
        assertInstanceOf(Grant.Blocked.class, budget.acquire(account(7), pace::instant));
    assertEquals(now.plusSeconds(90), blocked.until());
    assertEquals("limited", blocked.cause());
    granted(budget, account(8));
    granted(budget, Priority.LIVE);
    pace.move(Duration.ofSeconds(90));
    granted(budget, account(7));
  }

  @Test
  void withoutADatabaseNothingIsGranted() {
    DataSource down =
        (DataSource)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                  throw new SQLException("down");
                });
    Budget lost = new Budget(down, pace, new SplittableRandom(1), Settings.with());
    assertThrows(
        BudgetRows.BudgetUnavailable.class,
        () -> lost.acquire(charge(1, Priority.LIVE), pace::instant));
  }

  private Budget process(String share) {
    return new Budget(
        TestDatabase.app(),
        pace,
        new SplittableRandom(42),
        Settings.with("address", address, "share", share));
  }

  private Budget impatient() {
    return new Budget(
        TestDatabase.app(),
        pace,
        new SplittableRandom(42),
        Settings.with("address", address, "patience", "PT1S"));
  }

  private Grant.Granted granted(Budget from, Priority priority) throws InterruptedException {
    return granted(from, charge(10, priority));
  }

  private Grant.Granted granted(Budget from, Charge charge) throws InterruptedException {
    return assertInstanceOf(Grant.Granted.class, from.acquire(charge, pace::instant));
  }

  /** Charges until there is no room within a second; tells what counts then. */
  private int drain(Budget from, Priority priority) throws InterruptedException {
    int counts = 0;
    for (int i = 0; i < 100; i++) {
      switch (from.acquire(charge(2, priority), pace::instant)) {
        case Grant.Granted granted -> counts = granted.counts();
        case Grant.Full full -> {
          if (full.next().isAfter(pace.instant().plusSeconds(10))) {
            return counts;
          }
        }
        case Grant.Blocked blocked -> throw new AssertionError(blocked);
      }
    }
    return counts;
  }

  private Charge charge(int weight, Priority priority) {
    Endpoint endpoint = ScriptedVenue.FILLS;
    return Charge.of(
        Target.open("scripted", "sandbox", priority), new Call(endpoint, Map.of(), weight));
  }

  private Charge account(long connection) {
    Pool pool = ScriptedVenue.UID;
    String key = address + "/uid " + connection;
    return new Charge("scripted/sandbox", pool, key, "" + connection, 10, Priority.LIVE);
  }
}
