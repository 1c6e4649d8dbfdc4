package io.tallystick.demo;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Killing the service loses nothing, doubles nothing, and needs no hand to go on. */
@Order(2)
class KillIT {
  @Test
  @DisplayName(
      "F1 F2 F118 three kills of a first sync, on a host of other habits, leave the same ledger")
  void aFirstSyncSurvivesThreeKills() throws Exception {
    Kills.duringAFirstSync(3, seed());
  }

  @ParameterizedTest
  @Tag("long")
  @ValueSource(ints = {1, 2, 3, 4})
  @DisplayName("F1 F2 twenty kills in four first syncs leave the undisturbed ledger")
  void fourFirstSyncsSurviveFiveKillsEach(int round) throws Exception {
    Kills.duringAFirstSync(5, seed() + round);
  }

  @Test
  @Tag("long")
  @DisplayName(
      "F3 a hundred kills in a backfill of ten thousand rows leave the undisturbed records")
  void aBackfillSurvivesAHundredKills() throws Exception {
    BackfillKills.during(Integer.getInteger("tallystick.kills", 100), seed());
  }

  private static long seed() {
    long seed = Long.getLong("tallystick.seed", System.nanoTime());
    System.out.println("seed: run again with -Dtallystick.seed=" + seed);
    return seed;
  }
}
