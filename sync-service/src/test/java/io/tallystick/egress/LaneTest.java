package io.tallystick.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallystick.vault.ScriptedVenue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaneTest {
  private final Lane lane = new Lane();
  private final List<Named> waiting = new ArrayList<>();

  private record Named(String name, Lane.Waiter waiter) {}

  @Test
  void connectionsTakeTurnsHoweverManyCallsOneOfThemHasWaiting() {
    join("a1", "a", 20, Priority.BACKFILL);
    join("a2", "a", 20, Priority.BACKFILL);
    join("a3", "a", 20, Priority.BACKFILL);
    join("b1", "b", 20, Priority.BACKFILL);
    join("c1", "c", 20, Priority.BACKFILL);
    assertEquals(List.of("a1", "b1", "c1", "a2", "a3"), served());
  }

  @Test
  void whoWasServedLessGoesFirstByWeightNotByCalls() {
    join("heavy", "a", 80, Priority.BACKFILL);
    join("light", "b", 20, Priority.BACKFILL);
    served();
    join("heavy again", "a", 20, Priority.BACKFILL);
    for (int i = 1; i <= 4; i++) {
      join("light " + i, "b", 20, Priority.BACKFILL);
    }
    assertEquals(List.of("light 1", "light 2", "light 3", "heavy again", "light 4"), served());
  }

  @Test
  void urgencyComesBeforeTurns() {
    join("sweep", "a", 20, Priority.SWEEP);
    join("backfill", "b", 20, Priority.BACKFILL);
    join("refresh", "c", 20, Priority.REFRESH);
    join("balances", "b", 20, Priority.BALANCES);
    join("live", "b", 20, Priority.LIVE);
    assertEquals(List.of("live", "balances", "backfill", "refresh", "sweep"), served());
  }

  @Test
  void whoHadToLeaveUnservedHasNotLostHisPlace() {
    join("early", "a", 20, Priority.BACKFILL);
    join("late", "b", 20, Priority.BACKFILL);
    lane.leave(waiting.removeFirst().waiter(), false);
    join("early again", "a", 20, Priority.BACKFILL);
    assertEquals(List.of("early again", "late"), served());
  }

  @Test
  void whoIsServedOutOfTurnForUrgencyDoesNotPushOthersBack() {
    join("a", "a", 20, Priority.BACKFILL);
    join("b", "b", 20, Priority.BACKFILL);
    join("c", "c", 20, Priority.BACKFILL);
    lane.leave(waiting.removeFirst().waiter(), true);
    join("a again", "a", 20, Priority.BACKFILL);
    join("a now", "a", 20, Priority.BALANCES);
    lane.leave(waiting.removeLast().waiter(), true);
    lane.leave(waiting.removeFirst().waiter(), false);
    join("b back", "b", 20, Priority.BACKFILL);
    assertEquals(List.of("b back", "c", "a again"), served());
  }

  @Test
  void aNewcomerIsNotServedForTheTimeBeforeHeCame() {
    for (int i = 0; i < 10; i++) {
      join("old " + i, "a", 20, Priority.BACKFILL);
    }
    served();
    join("old", "a", 20, Priority.BACKFILL);
    join("new 1", "b", 20, Priority.BACKFILL);
    join("new 2", "b", 20, Priority.BACKFILL);
    join("new 3", "b", 20, Priority.BACKFILL);
    assertEquals(List.of("new 1", "old", "new 2", "new 3"), served());
  }

  private void join(String name, String payer, int weight, Priority priority) {
    Charge charge =
        new Charge("scripted/sandbox", ScriptedVenue.WEIGHT, "key", payer, weight, priority);
    waiting.add(new Named(name, lane.join(charge)));
  }

  /** Serves all, each when nobody is before him. */
  private List<String> served() {
    List<String> names = new ArrayList<>();
    while (!waiting.isEmpty()) {
      Named next =
          waiting.stream().min(Comparator.comparingInt(one -> lane.before(one.waiter()))).get();
      assertEquals(0, lane.before(next.waiter()));
      lane.leave(next.waiter(), true);
      waiting.remove(next);
      names.add(next.name());
    }
    return names;
  }
}
