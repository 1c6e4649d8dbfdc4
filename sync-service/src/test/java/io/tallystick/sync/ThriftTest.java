package io.tallystick.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tallystick.boot.TestDatabase;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.exchange.Call;
import io.tallystick.sandbox.protocol.Meter;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A sync on a small budget. Time leaps here, so minutes of patience take no time. */
@QuarkusTest
@TestProfile(EngineProfile.class)
@WithTestResource(TestDatabase.class)
class ThriftTest extends OnStage {
  @Test
  void aTenthOfTheBudgetTakesLongerAndEarnsNo429() {
    Account account = stage.sandbox().addAccount(AccountPlan.small("thrifty", 61));
    assertTrue(account.symbols().size() <= 5);
    Duration rich = timed(stage.subject(account).connect());
    Meter.Limits tenth = Meter.Limits.documented().withWeight(600);
    stage.sandbox().exchange().meter().limits(tenth);
    // The venue tells its limits with its listings, which are read once an hour.
    LeapingPace.leap(Duration.ofMinutes(61));
    toTheNextMinute();
    Subject subject = stage.subject(account).connect();
    long first = stage.sandbox().calls().next();

    Duration poor = timed(subject);

    assertEquals(0, stage.sandbox().calls().countStatus(429));
    assertEquals(0, stage.sandbox().calls().earnedRefusals());
    assertEquals(Map.of(), subject.differences());
    Map<Long, Integer> minutes = new TreeMap<>();
    for (Call call : stage.sandbox().calls().since(first)) {
      if (call.path().startsWith("/api/")) {
        minutes.merge(call.at() / 60_000, call.weight(), Integer::sum);
      }
    }
    assertTrue(minutes.size() >= 2, minutes.toString());
    // Seven tenths of the tenth are ours.
    assertTrue(minutes.values().stream().allMatch(used -> used <= 420), minutes.toString());
    assertTrue(poor.compareTo(rich) > 0, rich + " and " + poor);
  }

  private static void toTheNextMinute() {
    long into = LeapingPace.now().toEpochMilli() % 60_000;
    LeapingPace.leap(Duration.ofMillis(60_000 - into));
  }

  private static Duration timed(Subject subject) {
    Instant begun = LeapingPace.now();
    subject.runWell();
    return Duration.between(begun, LeapingPace.now());
  }
}
