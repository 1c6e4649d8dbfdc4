package io.tallystick.egress;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.kernel.VirtualTime;
import io.tallystick.tenancy.TestDatabase;
import io.tallystick.vault.ScriptedVenue;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What paying for a call costs: one transaction, on a database without {@code fsync}. */
class ChargeCostTest {
  private static final int CHARGES = 5000;

  @Test
  @Tag("benchmark")
  void aChargeCostsLittle() throws Exception {
    VirtualTime time = new VirtualTime(Instant.parse("2026-11-21T12:00:10Z"));
    Budget budget =
        new Budget(
            TestDatabase.app(),
            time,
            new SplittableRandom(1),
            Settings.with("address", "charge-cost", "share", "1.00"));
    budget.learn("scripted", "sandbox", Map.of("weight", 6000));
    Charge charge =
        new Charge(
            "scripted/sandbox", ScriptedVenue.WEIGHT, "cost", "payer", 20, Priority.BACKFILL);
    pay(budget, charge, time);
    long begin = System.nanoTime();
    pay(budget, charge, time);
    long each = (System.nanoTime() - begin) / CHARGES / 1000;
    System.out.printf(
        "budget: a charge takes %d us of real time; 300 a minute take %d ms of it%n",
        each, each * 300 / 1000);
    assertTrue(each < 50_000, "took " + each);
  }

  private static void pay(Budget budget, Charge charge, VirtualTime time)
      throws InterruptedException {
    for (int i = 0; i < CHARGES; i++) {
      assertInstanceOf(Budget.Grant.Granted.class, budget.acquire(charge, time::instant));
    }
  }
}
