package io.tallystick.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.egress.Budget.Grant;
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
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
  void weightIsChargedUpToTheShareAndThenTheNextWindowIsWaitedFor() throws Exception {
    for (int i = 1; i <= 7; i++) {
      assertEquals(10 * i, granted(budget, Priority.LIVE).used());
    }
    assertEquals(Duration.ZERO, pace.paused());
    Grant.Granted next = granted(budget, Priority.LIVE);
    assertEquals(10, next.used());
    assertEquals(Instant.parse("2026-11-21T12:01:00Z"), next.window());
    assertTrue(pace.instant().isAfter(Instant.parse("2026-11-21T12:01:00Z")));
    assertTrue(pace.instant().isBefore(Instant.parse("2026-11-21T12:01:02Z")));
  }

  @Test
  void theReserveIsLeftForBalancesAndLiveCalls() throws Exception {
    for (int i = 0; i < 6; i++) {
      granted(budget, Priority.BACKFILL);
    }
    // 66 of 100 is what 70 less a reserve of 5 % leaves to the others.
    assertInstanceOf(
        Grant.Full.class, impatient().acquire(charge(10, Priority.SWEEP), pace::instant));
    assertEquals(70, granted(budget, Priority.BALANCES).used());
    assertInstanceOf(
        Grant.Full.class, impatient().acquire(charge(1, Priority.BALANCES), pace::instant));
  }

  @Test
  void aCallTooHeavyForTheShareGoesAloneAndOneTooHeavyForTheVenueNever() throws Exception {
    assertEquals(90, granted(budget, charge(90, Priority.SWEEP)).used());
    assertInstanceOf(
        Grant.Full.class, impatient().acquire(charge(1, Priority.LIVE), pace::instant));
    assertInstanceOf(Grant.Full.class, budget.acquire(charge(101, Priority.LIVE), pace::instant));
    assertEquals(Duration.ZERO, pace.paused());
  }

  @Test
  void announcedLimitsReplaceTheBuiltInOnes() throws Exception {
    budget.learn("scripted", "sandbox", Map.of("weight", 20));
    assertEquals(10, granted(budget, Priority.LIVE).used());
    assertEquals(10, granted(budget, Priority.LIVE).used(), "the next window");
    assertTrue(pace.paused().compareTo(Duration.ofSeconds(49)) > 0);
  }

  @Test
  void manyProcessesAtOnceNeverExceedTheShare() throws Exception {
    List<Budget> processes = List.of(impatient(), impatient(), impatient(), impatient());
    List<Future<Grant>> asked = new ArrayList<>();
    try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 60; i++) {
        Budget process = processes.get(i % processes.size());
        asked.add(workers.submit(() -> process.acquire(charge(3, Priority.LIVE), pace::instant)));
      }
    }
    int weight = 0;
    for (Future<Grant> one : asked) {
      weight += one.get() instanceof Grant.Granted granted ? granted.charge().weight() : 0;
    }
    assertEquals(69, weight, "23 calls of weight 3 fit into 70");
  }

  @Test
  void whatTheVenueTellsRaisesTheCountAndNeverLowersIt() throws Exception {
    Grant.Granted first = granted(budget, Priority.LIVE);
    granted(budget, Priority.LIVE);
    budget.correct(first, 10, pace.instant());
    assertEquals(30, granted(budget, Priority.LIVE).used(), "two calls are still under way");
    budget.correct(first, 55, pace.instant());
    assertEquals(65, granted(budget, Priority.LIVE).used(), "somebody else used 25");
  }

  @Test
  void aCallThatCrossesTheWindowsEdgeIsCountedWhereTheVenueCountedIt() throws Exception {
    granted(budget, Priority.LIVE);
    Grant.Granted last = granted(budget, Priority.LIVE);
    pace.move(Duration.ofSeconds(50));
    budget.correct(last, 20, pace.instant());
    assertEquals(10, granted(budget, Priority.LIVE).used(), "20 was the old window's");
    pace.move(Duration.ofSeconds(60));
    budget.correct(last, 10, pace.instant());
    assertEquals(20, granted(budget, Priority.LIVE).used(), "10 was the new window's");
  }

  @Test
  void aWindowWrittenByAClockFarAheadDoesNotStopTheBudget() throws Exception {
    Instant wrong = pace.instant().plus(Duration.ofHours(5));
    budget.acquire(charge(60, Priority.LIVE), () -> wrong);
    Grant.Granted right = granted(budget, Priority.LIVE);
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
    budget.block(charged.charge(), Verdict.Scope.EGRESS_ADDRESS, until, true, pace.instant());
    for (Budget process : List.of(budget, other)) {
      for (Charge charge : List.of(charge(10, Priority.LIVE), account(7))) {
        Grant.Blocked blocked =
            assertInstanceOf(Grant.Blocked.class, process.acquire(charge, pace::instant));
        assertEquals(until, blocked.until());
        assertEquals("banned", blocked.cause());
      }
    }
    assertEquals(
        until, budget.blocked("scripted", "sandbox", pace.instant()).orElseThrow().until());
    pace.move(Duration.ofMinutes(3));
    Grant.Granted probe = granted(other, Priority.SWEEP);
    assertTrue(probe.probe());
    assertInstanceOf(Grant.Blocked.class, budget.acquire(charge(10, Priority.LIVE), pace::instant));
    budget.lift(probe.charge());
    assertFalse(granted(budget, Priority.LIVE).probe());
    assertTrue(budget.blocked("scripted", "sandbox", pace.instant()).isEmpty());
  }

  @Test
  @DisplayName("F24 a probe that never answers is followed by another half a minute later")
  void f24ALostProbeIsFollowedByAnother() throws Exception {
    Grant.Granted charged = granted(budget, Priority.LIVE);
    budget.block(
        charged.charge(),
        Verdict.Scope.EGRESS_ADDRESS,
        pace.instant().plusSeconds(60),
        true,
        pace.instant());
    pace.move(Duration.ofSeconds(60));
    assertTrue(granted(budget, Priority.LIVE).probe());
    pace.move(Budget.PROBE.minusSeconds(1));
    assertInstanceOf(Grant.Blocked.class, budget.acquire(charge(10, Priority.LIVE), pace::instant));
    pace.move(Duration.ofSeconds(1));
    assertTrue(granted(budget, Priority.LIVE).probe());
    budget.block(
        charged.charge(),
        Verdict.Scope.EGRESS_ADDRESS,
        pace.instant().plusSeconds(600),
        true,
        pace.instant());
    assertEquals(
        pace.instant().plusSeconds(600),
        budget.blocked("scripted", "sandbox", pace.instant()).orElseThrow().until(),
        "banned again");
  }

  @Test
  void aLimitedPoolStopsAloneAndALongerStopStays() throws Exception {
    Grant.Granted charged = granted(budget, account(7));
    Instant now = pace.instant();
    budget.block(charged.charge(), Verdict.Scope.POOL, now.plusSeconds(90), false, now);
    budget.block(charged.charge(), Verdict.Scope.POOL, now.plusSeconds(20), false, now);
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

  private Charge charge(int weight, Priority priority) {
    Endpoint endpoint = ScriptedVenue.FILLS;
    return Charge.of(
        Target.open("scripted", "sandbox", priority), new Call(endpoint, Map.of(), weight));
  }

  private Charge account(long connection) {
    Pool pool = ScriptedVenue.UID;
    return new Charge("scripted/sandbox", pool, address + "/uid " + connection, 10, Priority.LIVE);
  }
}
