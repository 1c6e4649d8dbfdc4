package io.tallystick.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.tallystick.egress.Priority;
import io.tallystick.venue.Domain;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a run says that it will be done with a kind of record. */
class ProgressTest {
  private static final Instant BEGAN = Instant.parse("2026-11-22T12:00:00Z");
  private static final Instant NOW = BEGAN.plusSeconds(100);

  private final Progress progress = new Progress();

  private Runs.Shown shown(@Nullable Instant finished) {
    return new Runs.Shown(
        new UUID(1, 2),
        1,
        2,
        "schedule",
        progress.state,
        "trades",
        progress.detail,
        BEGAN,
        NOW,
        finished,
        progress.stepsTotal,
        progress.stepsDone,
        0,
        0,
        0,
        0,
        Progress.byDomain(progress.byDomain()));
  }

  private @Nullable Instant expected(Domain domain) {
    return Progress.expected(shown(null), domain);
  }

  /** Half a step a second so far. */
  private void underWay() {
    progress.plan(Domain.DEPOSITS, 15);
    progress.plan(Domain.TRADES, 75);
    progress.plan(Domain.ORDERS, 20);
    for (int i = 0; i < 10; i++) {
      progress.done(Domain.DEPOSITS);
    }
    for (int i = 0; i < 40; i++) {
      progress.done(Domain.TRADES);
    }
  }

  @Test
  void whatIsReadBeforeADomainIsWaitedForToo() {
    underWay();
    assertEquals(NOW.plusSeconds(2 * 5), expected(Domain.DEPOSITS));
    assertEquals(NOW.plusSeconds(2 * (5 + 35)), expected(Domain.TRADES));
    assertEquals(NOW.plusSeconds(2 * (5 + 35 + 20)), expected(Domain.ORDERS));
  }

  @Test
  void whatIsHandedOutSeldomIsNeitherExpectedNorWaitedFor() {
    progress.plan(Domain.FIAT, 4);
    progress.slow(Set.of(Domain.FIAT));
    underWay();
    assertNull(expected(Domain.FIAT), "at the venue's pace, not at the run's");
    assertEquals(NOW.plusSeconds(2 * (5 + 35)), expected(Domain.TRADES));
    progress.slow(Set.of());
    assertEquals(NOW.plusSeconds(2 * (4 + 5 + 35)), expected(Domain.TRADES));
  }

  @Test
  void aStopIsWaitedForFirst() {
    underWay();
    progress.waits("banned", NOW.plus(Duration.ofHours(1)).plusNanos(4_711));
    assertEquals("banned until 2026-11-22T13:01:40Z", progress.detail);
    assertEquals(
        NOW.plus(Duration.ofHours(1)).plusSeconds(2 * 5),
        expected(Domain.DEPOSITS),
        "nothing is read during a ban");
    progress.state = "running";
    progress.detail = null;
    assertEquals(NOW.plusSeconds(2 * 5), expected(Domain.DEPOSITS));
  }

  @Test
  void nothingIsExpectedOfWhatIsDoneOrNotBegun() {
    progress.plan(Domain.TRADES, 5);
    assertNull(expected(Domain.TRADES), "nobody knows the pace yet");
    progress.done(Domain.TRADES);
    assertNull(Progress.expected(shown(NOW), Domain.TRADES), "the run has ended");
    progress.planned(Domain.TRADES, 0);
    assertNull(expected(Domain.TRADES), "all is done");
    assertNull(expected(Domain.PAY), "never planned");
  }

  @Test
  void aRunOutOfTurnWaitsForOthersOnlyUntilTheAccountsOwnRunIsDue() {
    assertEquals(Priority.BALANCES, progress.priority(Priority.BALANCES, NOW));
    progress.outOfTurn = NOW.plusSeconds(1);
    assertEquals(Priority.REFRESH, progress.priority(Priority.BALANCES, NOW));
    assertEquals(Priority.BALANCES, progress.priority(Priority.BALANCES, NOW.plusSeconds(1)));
    assertEquals(Priority.BACKFILL, progress.priority(Priority.BACKFILL, NOW.plusSeconds(1)));
  }
}
