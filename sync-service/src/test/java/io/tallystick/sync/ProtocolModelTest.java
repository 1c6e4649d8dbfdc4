package io.tallystick.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The protocol of lease and bookmark as a small model, walked through in every order: two workers,
 * three pages, one crash, leases that run out at any moment. What a page transaction does is one
 * step there, as it is one transaction in the database.
 */
class ProtocolModelTest {
  private static final int PAGES = 3;

  /**
   * A worker.
   *
   * @param token of the lease it believes to hold; 0 for none
   * @param at the bookmark it read; −1 before it did
   * @param fetched whether the page behind it is in its hands
   */
  private record Worker(int token, int at, boolean fetched, boolean dead) {
    static final Worker IDLE = new Worker(0, -1, false, false);
  }

  /**
   * Everything.
   *
   * @param rows how often each page was stored
   */
  private record State(
      int lease,
      boolean free,
      int bookmark,
      List<Integer> rows,
      List<Worker> workers,
      int crashes) {
    State with(int index, Worker worker) {
      List<Worker> changed = new ArrayList<>(workers);
      changed.set(index, worker);
      return new State(lease, free, bookmark, rows, List.copyOf(changed), crashes);
    }
  }

  /** Which guards the page transaction has. */
  private record Guards(boolean token, boolean together) {}

  @Test
  @DisplayName("F123 no order of two workers, three pages and a crash reaches a bad state")
  void noOrderReachesABadState() {
    Set<State> reached = reached(new Guards(true, true));
    assertTrue(reached.size() > 100, "states " + reached.size());
    for (State state : reached) {
      assertEquals(List.of(), wrong(state), state.toString());
    }
    assertTrue(reached.stream().anyMatch(state -> state.bookmark() == PAGES), "nobody finishes");
  }

  @Test
  @DisplayName("F123 the model tells when the token is not compared, or a bookmark goes ahead")
  void theModelBites() {
    for (Guards weak : List.of(new Guards(false, true), new Guards(true, false))) {
      assertTrue(
          reached(weak).stream().anyMatch(state -> !wrong(state).isEmpty()), weak.toString());
    }
  }

  private static List<String> wrong(State state) {
    List<String> wrong = new ArrayList<>();
    for (int page = 0; page < PAGES; page++) {
      int times = state.rows().get(page);
      if (times > 1) {
        wrong.add("page " + page + " was committed by two");
      }
      if (page < state.bookmark() && times == 0) {
        wrong.add("the bookmark is ahead of page " + page);
      }
    }
    return wrong;
  }

  private static Set<State> reached(Guards guards) {
    State begin =
        new State(0, true, 0, Collections.nCopies(PAGES, 0), List.of(Worker.IDLE, Worker.IDLE), 0);
    Set<State> reached = new HashSet<>(Set.of(begin));
    Deque<State> open = new ArrayDeque<>(List.of(begin));
    while (!open.isEmpty()) {
      for (State next : next(open.removeFirst(), guards)) {
        if (next.lease() <= 4 && reached.add(next)) {
          open.add(next);
        }
      }
    }
    return reached;
  }

  private static List<State> next(State state, Guards guards) {
    List<State> next = new ArrayList<>();
    if (!state.free()) {
      // Time passes: whoever holds the lease does not know.
      next.add(
          new State(
              state.lease(),
              true,
              state.bookmark(),
              state.rows(),
              state.workers(),
              state.crashes()));
    }
    for (int index = 0; index < 2; index++) {
      Worker worker = state.workers().get(index);
      if (worker.dead()) {
        continue;
      }
      if (state.crashes() == 0) {
        State crashed = state.with(index, new Worker(0, -1, false, true));
        next.add(
            new State(
                crashed.lease(),
                crashed.free(),
                crashed.bookmark(),
                crashed.rows(),
                crashed.workers(),
                1));
      }
      next.addAll(step(state, index, worker, guards));
    }
    return next;
  }

  private static List<State> step(State state, int index, Worker worker, Guards guards) {
    if (worker.token() == 0) {
      return state.free() ? List.of(taken(state, index)) : List.of();
    }
    if (worker.at() < 0) {
      Worker began = new Worker(worker.token(), state.bookmark(), false, false);
      return List.of(state.with(index, began));
    }
    if (worker.at() == PAGES) {
      return List.of(state.with(index, Worker.IDLE));
    }
    if (!worker.fetched()) {
      Worker holds = new Worker(worker.token(), worker.at(), true, false);
      return List.of(state.with(index, holds));
    }
    return committed(state, index, worker, guards);
  }

  private static State taken(State state, int index) {
    int token = state.lease() + 1;
    State taken = state.with(index, new Worker(token, -1, false, false));
    return new State(
        token, false, taken.bookmark(), taken.rows(), taken.workers(), taken.crashes());
  }

  private static List<State> committed(State state, int index, Worker worker, Guards guards) {
    if (guards.token() && worker.token() != state.lease()) {
      return List.of(state.with(index, Worker.IDLE));
    }
    List<Integer> rows = new ArrayList<>(state.rows());
    rows.set(worker.at(), rows.get(worker.at()) + 1);
    int next = worker.at() + 1;
    State whole =
        new State(
                state.lease(),
                false,
                Math.max(state.bookmark(), next),
                List.copyOf(rows),
                state.workers(),
                state.crashes())
            .with(index, new Worker(worker.token(), next, false, false));
    if (guards.together()) {
      return List.of(whole);
    }
    // In two commits, a crash between them leaves the first alone.
    State ahead =
        new State(state.lease(), false, next, state.rows(), state.workers(), 1)
            .with(index, new Worker(0, -1, false, true));
    return state.crashes() == 0 ? List.of(whole, ahead) : List.of(whole);
  }
}
