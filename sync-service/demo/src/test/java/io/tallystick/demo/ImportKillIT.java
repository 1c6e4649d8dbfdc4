package io.tallystick.demo;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Killing the service in an import loses nothing, doubles nothing, and needs no hand to go on. */
class ImportKillIT {
  @Test
  void anImportSurvivesThreeKills() throws Exception {
    ImportKills.during(20_000, 3, seed());
  }

  @Test
  @Tag("long")
  void anImportOfManyRowsSurvivesFiftyKills() throws Exception {
    ImportKills.during(200_000, 50, seed());
  }

  private static long seed() {
    long seed = Long.getLong("tallystick.seed", System.nanoTime());
    System.out.println("seed: run again with -Dtallystick.seed=" + seed);
    return seed;
  }
}
