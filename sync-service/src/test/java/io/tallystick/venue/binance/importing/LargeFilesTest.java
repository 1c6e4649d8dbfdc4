package io.tallystick.venue.binance.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.venue.Exports.Line;
import io.tallystick.venue.binance.Fixtures;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of the sizes that the limits speak of, read whole; the small ones are tested elsewhere. */
@Tag("long")
final class LargeFilesTest {
  private static final String HEADER = "Date(UTC),Pair,Side,Price,Executed,Amount,Fee\n";
  private static final String ROW = "2023-01-01 00:00:01,BTCUSDT,BUY,10,1BTC,10USDT,0.1BNB\n";
  private static final long HEAP = 256L << 20;

  @TempDir private Path folder;

  /** What was read of a file. */
  private record Read(long told, long broken, String lastCode, boolean whole, long heap) {}

  private static Read read(Path file) throws IOException {
    long told = 0;
    long broken = 0;
    long heap = 0;
    String code = "";
    try (var upload = new BinanceExports().open(file.toFile(), "trades.csv", Map.of());
        var lines = upload.lines(upload.tables().getFirst(), Fixtures.SEEN)) {
      while (true) {
        switch (lines.next()) {
          case Line.Told _ -> told++;
          case Line.Broken one -> {
            broken++;
            code = one.code();
          }
          case Line.End(boolean whole, boolean _) -> {
            return new Read(told, broken, code, whole, Math.max(heap, used()));
          }
        }
        if ((told + broken) % 1_000_000 == 0) {
          heap = Math.max(heap, used());
        }
      }
    }
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Test
  @DisplayName("F73 five million rows are read, one more is refused, and memory stays flat")
  void fiveMillionRows() throws IOException {
    Path file = folder.resolve("many.csv");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(HEADER);
      for (int i = 0; i < 5_000_001; i++) {
        out.write(ROW);
      }
    }
    Read read = read(file);
    assertEquals(5_000_000, read.told());
    assertEquals(1, read.broken());
    assertEquals("too-many-rows", read.lastCode());
    assertFalse(read.whole());
    assertTrue(read.heap() < HEAP, "heap " + read.heap());
  }

  @Test
  @DisplayName("F73 a row of a gigabyte and one of a hundred thousand columns cost themselves only")
  void oneMonstrousRow() throws IOException {
    Path file = folder.resolve("wide.csv");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(HEADER);
      out.write(ROW);
      String piece = "x".repeat(1 << 20);
      for (int i = 0; i < 1_024; i++) {
        out.write(piece);
      }
      out.write("\n" + ROW);
      out.write("y,".repeat(100_000) + "\n" + ROW);
    }
    Read read = read(file);
    assertEquals(3, read.told());
    assertEquals(2, read.broken());
    assertTrue(read.whole());
    assertTrue(read.heap() < HEAP, "heap " + read.heap());
  }
}
