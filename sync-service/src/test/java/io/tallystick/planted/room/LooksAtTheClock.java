package io.tallystick.planted.room;

import java.time.Instant;
import java.util.function.Supplier;

/** Reads the machine's clock by a reference to the method. */
record LooksAtTheClock(Supplier<Instant> now) {
  static LooksAtTheClock usual() {
    return new LooksAtTheClock(Instant::now);
  }
}
