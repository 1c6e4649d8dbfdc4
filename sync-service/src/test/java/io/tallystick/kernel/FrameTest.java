package io.tallystick.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FrameTest {
  private static final long SEED = 1_970;

  @Test
  void anInstantIsFramedAsItsMicrosecondsOnEitherSideOfTheEpoch() {
    Random random = new Random(SEED);
    for (int i = 0; i < 1_000; i++) {
      Instant instant =
          Instant.ofEpochSecond(
              random.nextLong(-10_000_000_000L, 10_000_000_000L), random.nextInt(1_000_000_000));
      assertArrayEquals(
          Frame.of(ChronoUnit.MICROS.between(Instant.EPOCH, instant)),
          Frame.of(instant),
          "seed " + SEED + ", " + instant);
    }
  }

  @Test
  void eachKindOfFieldHasItsLengthAndItsBytes() {
    byte[] frame = Frame.of("aß", new byte[] {7}, 1L, 2, true, null, new UUID(3, 4));
    assertEquals(
        "0000000361c39f"
            + "0000000107"
            + "000000080000000000000001"
            + "000000080000000000000002"
            + "000000080000000000000001"
            + "ffffffff"
            + "0000001000000000000000030000000000000004",
        HexFormat.of().formatHex(frame));
    assertEquals(List.of("ab", "", "ß"), Frame.texts(Frame.of("ab", "", "ß")));
  }
}
