package io.tallystick.sync.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.venue.Market;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When a source is worth another call, and which market is the next. */
class RoundsTest {
  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

  @Test
  void aSourceIsDueWhenSomethingMovedAndOnceMoreAfterItHasSettled() {
    Instant moved = NOW.minus(Duration.ofMinutes(15));
    assertTrue(Rounds.due(null, null, NOW));
    assertTrue(Rounds.due(moved, moved, NOW), "at the same instant is not after");
    assertTrue(Rounds.due(moved.plusSeconds(2), moved, NOW), "what came late");
    assertFalse(Rounds.due(moved.plusSeconds(2), moved, moved.plusSeconds(9)), "not at once");
    assertFalse(Rounds.due(moved.plus(Duration.ofMinutes(11)), moved, NOW));
    assertFalse(Rounds.due(NOW.minusSeconds(5), null, NOW));
    assertTrue(Rounds.due(NOW.plusSeconds(5), null, NOW), "a clock that was set back");
  }

  @Test
  void theRotationIsJustFastEnough() {
    assertEquals(0, Rounds.turn(0, Duration.ofMinutes(15), Rounds.TRADED));
    assertEquals(1, Rounds.turn(120, Duration.ofMinutes(15), Rounds.TRADED));
    assertEquals(18, Rounds.turn(120, Duration.ofDays(1), Rounds.TRADED));
    assertEquals(120, Rounds.turn(120, Duration.ofDays(30), Rounds.TRADED));
  }

  @Test
  void whatBalancesLeaveUnexplainedDecidesAndWhatIsExplainedIsNotAskedAgain() {
    List<Market> markets =
        List.of(
            market("A", "USDT"),
            market("B", "USDT"),
            market("C", "USDT"),
            market("A", "BTC"),
            market("Z", "USDT"),
            market("Z", "Y"));
    Set<String> seen = Set.of("A", "B", "C", "USDT", "BTC");
    Map<String, BigDecimal> residuals = Map.of("B", BigDecimal.ONE, "USDT", BigDecimal.valueOf(-5));
    Search search = new Search(markets, List.of(), NOW);
    Clues first = new Clues(seen, residuals, Set.of("A"), Map.of(), Map.of(), Set.of());

    assertEquals("BUSDT", search.next(first));
    search.asked("BUSDT", true);
    Clues rest = new Clues(seen, Map.of(), Set.of("A"), Map.of(), Map.of(), Set.of("BUSDT"));
    assertEquals("AUSDT", search.next(rest));
    search.asked("AUSDT", false);
    assertEquals("ABTC", search.next(rest), "the last that can explain A");
    search.asked("ABTC", false);
    assertEquals("CUSDT", search.next(rest));
    search.asked("CUSDT", false);
    assertEquals(null, search.next(rest), "nothing points to Z");
    assertEquals(List.of("ZUSDT"), search.sweep(Map.of("ZY", NOW), 10));

    Search again = new Search(markets, List.of(), NOW);
    Map<String, Instant> answered =
        Map.of("AUSDT", NOW, "BUSDT", NOW, "CUSDT", NOW, "ABTC", NOW, "ZUSDT", NOW, "ZY", NOW);
    Clues quiet = new Clues(seen, Map.of(), Set.of(), Map.of("B", NOW), answered, Set.of("BUSDT"));
    assertEquals(null, again.next(quiet));
  }

  private static Market market(String base, String quote) {
    return new Market(base + quote, base, quote, "TRADING");
  }
}
