package io.tallystick.venue.binance.exports;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.venue.binance.exports.Question.Topic;
import io.tallystick.venue.binance.exports.file.Container;
import io.tallystick.venue.binance.exports.file.Limits;
import io.tallystick.venue.binance.exports.file.Member;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files of every kind end in one of the declared results, and in nothing else. */
final class FuzzTest {
  private static final Map<Topic, String> ANSWERS =
      Map.of(
          Topic.ZONE, "UTC+1",
          Topic.DIRECTION, "deposit",
          Topic.MARGIN_MODE, "cross",
          Topic.DATE_ORDER, "day-first",
          Topic.DECIMAL_MARK, "comma",
          Topic.COLUMNS, "yes",
          Topic.ENCODING, "utf-8");
  private static final byte[] SPICE = {
    0, '"', ',', ';', '\n', '\r', '-', '.', 'E', '9', (byte) 0xff, (byte) 0xc3, '(', '<', '\t', ' '
  };

  @TempDir private Path folder;

  @Test
  void mutatedFilesNeverThrow() throws IOException {
    Random random = new Random(20_261_121);
    int rows = 0;
    int refused = 0;
    for (Given.Fixture fixture : Given.fixtures()) {
      byte[] original = Given.bytes(fixture.file());
      for (int round = 0; round < 40; round++) {
        byte[] mutated = mutated(original, random);
        Path file = folder.resolve("upload");
        Files.write(file, mutated);
        try {
          int read = read(file, fixture.name());
          rows += Math.max(0, read);
          refused += read < 0 ? 1 : 0;
        } catch (RuntimeException | Error e) {
          throw new AssertionError(fixture + ", round " + round + ", seed 20261121", e);
        }
      }
    }
    assertTrue(rows > 5_000, "most rows survive: " + rows);
    assertTrue(refused > 50, "damaged archives are refused: " + refused);
  }

  private static int read(Path file, String name) throws IOException {
    if (!(Container.open(file, name, Limits.STANDARD) instanceof Container.Opened opened)) {
      return -1;
    }
    int rows = 0;
    try (Container container = opened.container()) {
      ExportFiles files = new ExportFiles(Limits.STANDARD);
      for (Member member : container.members()) {
        if (files.recognise(container, member, ANSWERS) instanceof Recognition.Known known
            && known.questions().isEmpty()) {
          try (Rows all = files.rows(known, member)) {
            while (!(all.next() instanceof Row.End)) {
              rows++;
            }
          }
        }
      }
    }
    return rows;
  }

  private static byte[] mutated(byte[] original, Random random) {
    byte[] bytes = original.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes && bytes.length > 0; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] = SPICE[random.nextInt(SPICE.length)];
        case 2 -> bytes = Arrays.copyOf(bytes, at);
        case 3 -> {
          int length = random.nextInt(Math.min(200, bytes.length - at));
          int to = random.nextInt(bytes.length - length);
          System.arraycopy(bytes, at, bytes, to, length);
        }
        default -> {
          byte[] longer = new byte[bytes.length + 1];
          System.arraycopy(bytes, 0, longer, 0, at);
          longer[at] = SPICE[random.nextInt(SPICE.length)];
          System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
          bytes = longer;
        }
      }
    }
    return bytes;
  }
}
