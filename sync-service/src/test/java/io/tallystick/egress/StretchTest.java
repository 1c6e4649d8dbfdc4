package io.tallystick.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.venue.Pool;
import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StretchTest {
  private static final Instant START = Instant.parse("2026-11-21T12:00:41.337Z");
  private static final Pool MINUTE = pool(Duration.ofMinutes(1));

  private static Pool pool(Duration window) {
    return new Pool("p", Pool.Scope.EGRESS_ADDRESS, false, window, 6000, "x-used");
  }

  private record Flight(Instant answered, int weight, long slot) {}

  @Test
  void howeverLateCallsArriveNoStretchOfAWindowExceedsTheShare() {
    for (int seed = 0; seed < 150; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Pool pool = pool(Duration.ofSeconds(random.nextInt(4) == 0 ? 1 : 60));
      int share = random.nextInt(200, 6000);
      int heaviest = random.nextInt(1, Math.max(2, share / 10));
      int slowest = random.nextInt(10, random.nextInt(5) == 0 ? 20_000 : 800);
      Charges arrived = new Charges();
      fly(pool, share, heaviest, slowest, random, arrived);
      int most = arrived.within(pool.window());
      assertTrue(most <= share, "seed " + seed + ": " + most + " of " + share);
    }
  }

  /** Takes all it can get for five windows. */
  private static void fly(
      Pool pool, int share, int heaviest, int slowest, SplittableRandom random, Charges arrived) {
    Stretch stretch = Stretch.of(pool);
    PriorityQueue<Flight> flights =
        new PriorityQueue<>((one, other) -> one.answered().compareTo(other.answered()));
    Instant now = START;
    while (now.isBefore(START.plus(pool.window().multipliedBy(5)))) {
      int weight = random.nextInt(1, heaviest + 1);
      boolean urgent = random.nextInt(20) == 0;
      Stretch.Room room =
          new Stretch.Room(share, share, urgent ? pool.window().dividedBy(3) : Duration.ZERO);
      Instant earliest = stretch.at(now).earliest(weight, room, now);
      while (earliest.isAfter(now)) {
        Flight next = flights.peek();
        if (next != null && !next.answered().isAfter(earliest)) {
          flights.remove();
          now = next.answered();
          stretch.at(now);
          if (!stretch.covers(next.slot(), now)) {
            stretch.move(next.weight(), next.slot());
          }
        } else {
          now = earliest;
        }
        earliest = stretch.at(now).earliest(weight, room, now);
      }
      stretch.charge(weight, room, now);
      long trip = random.nextInt(1, slowest);
      arrived.add(now.plusMillis(random.nextLong(trip + 1)), weight);
      flights.add(new Flight(now.plusMillis(trip), weight, stretch.newest()));
    }
  }

  @ParameterizedTest(name = "weight {0}")
  @ValueSource(ints = {1, 20, 80, 200})
  void almostAllOfTheShareCanBeUsedInEveryMinuteAndNoneIsADrought(int weight) {
    Stretch stretch = Stretch.of(MINUTE);
    Stretch.Room room = new Stretch.Room(6000, 6000, Duration.ZERO);
    Charges charges = new Charges();
    Instant now = START;
    Instant end = START.plus(Duration.ofMinutes(5));
    while (now.isBefore(end)) {
      stretch.at(now).charge(weight, room, now);
      charges.add(now, weight);
      Instant next = stretch.earliest(weight, room, now);
      now = next.isAfter(now) ? next : now;
    }
    for (int minute = 0; minute < 5; minute++) {
      Instant begin = START.plus(Duration.ofMinutes(minute));
      int used = charges.between(begin, begin.plus(Duration.ofMinutes(1)));
      assertTrue(used >= 6000 * 95 / 100 - 2 * weight, "minute " + minute + " used " + used);
    }
    Duration even = Duration.ofMinutes(1).multipliedBy(weight).dividedBy(6000);
    Duration longest = charges.longestRest();
    assertTrue(longest.compareTo(even.multipliedBy(2).plusSeconds(2)) < 0, "rested " + longest);
  }

  @Test
  void aFewHeavyCallsComeAtOnceAndTheNextWhenThereIsRoom() {
    Stretch stretch = Stretch.of(MINUTE).at(START);
    Stretch.Room room = new Stretch.Room(8400, 8400, Duration.ZERO);
    for (int i = 0; i < 3; i++) {
      assertFalse(stretch.earliest(2400, room, START).isAfter(START));
      stretch.charge(2400, room, START);
    }
    Duration wait = Duration.between(START, stretch.earliest(2400, room, START));
    assertTrue(wait.toMillis() > 60_000 && wait.toMillis() <= 63_000, "waits " + wait);
  }

  @Test
  void whatIsStoredIsWhatWasKnown() {
    Stretch stretch = Stretch.of(MINUTE).at(START);
    Stretch.Room room = new Stretch.Room(6000, 6000, Duration.ZERO);
    stretch.charge(30, room, START);
    Instant later = START.plusSeconds(3);
    stretch.at(later).charge(12, room, later);
    assertTrue(stretch.urgent(20, later.plusSeconds(3), later));
    assertTrue(stretch.urgent(80, later.plusSeconds(3), later), "heavier than they know");
    assertFalse(stretch.urgent(20, later.plusSeconds(3), later));
    Stretch read =
        Stretch.of(
            MINUTE,
            stretch.newest(),
            stretch.stored(),
            stretch.pacedUntil(),
            stretch.urgent(),
            stretch.promised());
    assertEquals(42, read.used(later));
    assertEquals(stretch.earliest(5000, room, later), read.earliest(5000, room, later));
    assertEquals(80, read.urgentWaits(later.plusSeconds(2)));
    assertEquals(0, read.urgentWaits(later.plusSeconds(3)));
    assertTrue(stretch.promise(7, later, later));
    assertTrue(stretch.promisedToAnother(8, later));
    assertFalse(stretch.promise(8, later, later), "who was first is first");
    assertFalse(stretch.promisedToAnother(8, later.plusSeconds(1)), "for a moment");
    stretch.took(7);
    assertFalse(stretch.promisedToAnother(8, later));
    assertEquals(12, read.at(START.plusSeconds(62)).used(START.plusSeconds(62)));
    assertEquals(0, read.at(START.plusSeconds(70)).used(START.plusSeconds(70)));
  }
}
