package io.tallystick.costbasis.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.costbasis.Event;
import io.tallystick.costbasis.Leg;
import io.tallystick.costbasis.Line;
import io.tallystick.costbasis.Selection;
import io.tallystick.costbasis.Settings;
import io.tallystick.costbasis.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A saved state lets a later run begin where an earlier one ended, with the same result. */
class ResumeTest {

  private static final long SEED = 31_000L;

  private static List<Line> sorted(List<Line> lines) {
    List<Line> sorted = new ArrayList<>(lines);
    sorted.sort(Comparator.comparing(Line::toString));
    return sorted;
  }

  /** Through a store: only bytes survive. */
  private static State stored(State state, Map<String, byte[]> store, Set<String> asked) {
    store.putAll(state.changed());
    return State.stored(
        state.settings(),
        state.through(),
        state.assets(),
        asset -> {
          assertTrue(asked.add(asset), "asked twice for " + asset);
          return store.getOrDefault(asset, new byte[0]).clone();
        });
  }

  @Test
  @DisplayName("19 a run in three parts over a store gives the lines, lots and state of one run")
  void runInPartsEqualsOneRun() {
    for (long seed = SEED; seed < SEED + 60; seed++) {
      List<Event> events = Histories.of(seed, Histories.Spice.ALL);
      for (Settings settings : DifferentialTest.everySetting()) {
        String where = "seed " + seed + " " + settings;
        List<Line> whole = new ArrayList<>();
        Engine one = new Engine(settings, whole::add);
        events.forEach(one::apply);
        Instant after = events.getLast().source().at().plusSeconds(1);
        one.advance(after);
        State end = one.save();
        one.close();

        List<Line> parts = new ArrayList<>();
        Map<String, byte[]> store = new HashMap<>();
        State state = State.empty(settings);
        Engine engine = new Engine(state, parts::add);
        for (int i = 0; i < events.size(); i++) {
          Instant at = events.get(i).source().at();
          boolean third = i % (events.size() / 3) == 0 && i > 0;
          if (third && events.get(i - 1).source().at().isBefore(at)) {
            if (i % 2 == 0) {
              engine.advance(at);
            }
            state = stored(engine.save(), store, new HashSet<>());
            engine = new Engine(state, parts::add);
          }
          engine.apply(events.get(i));
        }
        engine.advance(after);
        State last = engine.save();
        store.putAll(last.changed());
        engine.close();
        assertEquals(sorted(whole), sorted(parts), where);
        assertEquals(one.openLots(), engine.openLots(), where);
        for (String asset : end.assets()) {
          assertArrayEquals(end.bytes(asset), store.get(asset), where + " " + asset);
        }
      }
    }
  }

  private static Event buy(String entry, String at, String asset) {
    return new Event.Traded(
        new Source(entry, Instant.parse(at), "w"),
        Leg.of("USD", "10", "10"),
        Leg.of(asset, "1", "10"),
        List.of(),
        Selection.NONE);
  }

  @Test
  void onlyTheAssetsThatALaterEventTouchesAreReadAndWritten() {
    Settings settings = Settings.of(Map.of());
    Engine first = new Engine(settings, line -> {});
    first.apply(buy("a", "2025-01-01T00:00:00Z", "BTC"));
    first.apply(buy("b", "2025-01-02T00:00:00Z", "ETH"));
    Set<String> asked = new HashSet<>();
    State state = stored(first.save(), new HashMap<>(), asked);
    Engine second = new Engine(state, line -> {});
    second.apply(buy("c", "2025-01-03T00:00:00Z", "ETH"));
    State after = second.save();
    assertEquals(Set.of("ETH"), asked);
    assertEquals(Set.of("ETH"), after.changed().keySet());
    assertEquals(Set.of("BTC", "ETH"), after.assets());
    assertEquals(3, second.openLots().size());
  }

  @Test
  void eventsMustFollowWhatIsAlreadyKnown() {
    Settings settings = Settings.of(Map.of());
    Engine first = new Engine(settings, line -> {});
    first.apply(buy("a", "2025-01-02T00:00:00Z", "BTC"));
    Event earlier = buy("b", "2025-01-01T00:00:00Z", "BTC");
    assertThrows(IllegalArgumentException.class, () -> first.apply(earlier));
    first.apply(buy("c", "2025-01-02T00:00:00Z", "BTC"));
    Engine second = new Engine(first.save(), line -> {});
    Event sameInstant = buy("d", "2025-01-02T00:00:00Z", "BTC");
    assertThrows(IllegalArgumentException.class, () -> second.apply(sameInstant));
    Instant to = Instant.parse("2025-02-01T00:00:00Z");
    second.advance(to);
    second.apply(buy("e", "2025-02-01T00:00:00Z", "BTC"));
    assertThrows(IllegalArgumentException.class, () -> second.advance(to));
    second.close();
    assertThrows(IllegalStateException.class, second::save);
  }
}
