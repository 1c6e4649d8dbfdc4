package io.tallystick.kernel;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final Instant NOON = Instant.parse("2024-06-01T12:00:00Z");
  private static final Duration PLANNED = Duration.ofSeconds(10);

  @Test
  void whatIsPlannedIsAheadUntilItsInstant() {
    assertFalse(at(NOON).isAhead(null, PLANNED));
    assertTrue(at(NOON).isAhead(NOON.plusSeconds(10), PLANNED));
    assertTrue(at(NOON).isAhead(NOON.plusNanos(1), PLANNED));
    assertFalse(at(NOON).isAhead(NOON, PLANNED));
    assertFalse(at(NOON).isAhead(NOON.minusSeconds(1), PLANNED));
  }

  @Test
  void whatWasPlannedByAClockThatWasSetBackIsNotWaitedFor() {
    Instant planned = NOON.plus(PLANNED);
    assertTrue(at(NOON.minusSeconds(10)).isAhead(planned, PLANNED));
    assertFalse(at(NOON.minusSeconds(11)).isAhead(planned, PLANNED));
    assertFalse(at(NOON.minusSeconds(3_600)).isAhead(planned, PLANNED));
  }

  private static Pace at(Instant now) {
    return new VirtualTime(now);
  }
}
