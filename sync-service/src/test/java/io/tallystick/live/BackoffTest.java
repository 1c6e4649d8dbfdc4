package io.tallystick.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.egress.Outcome;
import io.tallystick.egress.Trace;
import io.tallystick.kernel.Pace;
import io.tallystick.venue.Denial;
import io.tallystick.venue.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Pauses between attempts to open a line. */
class BackoffTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final Pace STILL =
      new Pace() {
        @Override
        public Instant instant() {
          return NOW;
        }

        @Override
        public void pause(Duration duration) {
          throw new IllegalStateException("nobody waits in here");
        }
      };
  private static final Trace TRACE =
      new Trace(0, null, 4, null, Duration.ZERO, Duration.ZERO, 1, 0, "api", NOW, NOW);
  private static final Outcome CUT = new Outcome.Unreachable("cut", TRACE);

  private static Backoff of(long seed) {
    return new Backoff(STILL, new SplittableRandom(seed));
  }

  @Test
  void pausesGrowToTwoMinutesAndStayThere() {
    for (long seed = 0; seed < 200; seed++) {
      Backoff backoff = of(seed);
      for (int failure = 1; failure <= 40; failure++) {
        Duration pause = backoff.after(CUT);
        long most = Math.min(1_000L << Math.min(failure, 10), 120_000);
        String told = "seed " + seed + ", failure " + failure + ": " + pause;
        assertTrue(pause.isPositive() && pause.toMillis() <= most, told);
      }
      backoff.forget();
      assertTrue(backoff.after(CUT).toMillis() <= 2_000, "seed " + seed + ", after a good line");
    }
  }

  @Test
  @DisplayName("F22 five hundred that were cut at once come back spread over the whole pause")
  void whoWasCutTogetherDoesNotComeBackTogether() {
    int[] perTenth = new int[10];
    for (long seed = 0; seed < 500; seed++) {
      Backoff backoff = of(seed);
      for (int failure = 1; failure < 7; failure++) {
        backoff.after(CUT);
      }
      perTenth[(int) ((backoff.after(CUT).toMillis() - 1) * 10 / 120_000)]++;
    }
    for (int tenth = 0; tenth < 10; tenth++) {
      assertTrue(
          perTenth[tenth] > 25 && perTenth[tenth] < 80,
          "seeds 0 to 499, tenth " + tenth + ": " + perTenth[tenth]);
    }
  }

  @Test
  void aStopIsWaitedOutAndANoIsNotAskedAgainSoon() {
    Instant until = NOW.plusSeconds(37);
    Outcome stopped = new Outcome.Waiting(until, Verdict.Scope.EGRESS_ADDRESS, "banned", TRACE);
    for (long seed = 0; seed < 200; seed++) {
      Duration pause = of(seed).after(stopped);
      assertTrue(pause.compareTo(Duration.ofSeconds(37)) > 0, "seed " + seed + ": " + pause);
      assertTrue(pause.compareTo(Duration.ofSeconds(39)) <= 0, "seed " + seed + ": " + pause);
    }
    Outcome no = new Outcome.Refused(Denial.SIGNATURE, -2015, TRACE);
    assertEquals(Duration.ofMinutes(5), of(1).after(no));
  }

  @Test
  void whoGoesOnSayingNoIsAskedEverLess() {
    Outcome no = new Outcome.Refused(Denial.BAD_REQUEST, -2036, TRACE);
    Backoff backoff = of(1);
    assertFalse(backoff.isRefused());
    for (int minutes : new int[] {5, 10, 20, 40, 60, 60}) {
      assertEquals(Duration.ofMinutes(minutes), backoff.after(no));
      // A line that is cut meanwhile, or one with the former key that lasts, is no yes.
      backoff.after(CUT);
      backoff.forget();
      assertTrue(backoff.isRefused());
    }
    backoff.accepted();
    assertFalse(backoff.isRefused());
    assertEquals(Duration.ofMinutes(5), backoff.after(no));
  }

  @Test
  void aLineThatDropsAtOnceIsNotKnockedAtWithoutAPause() {
    Backoff backoff = of(7);
    assertEquals(Duration.ZERO, backoff.beforeTrying());
    backoff.dropped();
    assertTrue(backoff.beforeTrying().isPositive());
    assertEquals(Duration.ZERO, backoff.beforeTrying());
  }
}
