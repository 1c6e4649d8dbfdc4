package io.tallystick.venue.binance.exports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tallystick.venue.binance.exports.file.Container;
import io.tallystick.venue.binance.exports.file.Limits;
import io.tallystick.venue.binance.exports.file.Member;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows per CPU second of a million spot fills, on one thread. Give a file of your own with {@code
 * -Dtallystick.benchmark.file}; otherwise one is made.
 */
@Tag("benchmark")
final class ExportSpeedBenchmark {
  private static final int ROWS = 1_000_000;

  @TempDir private Path folder;

  @Test
  void aMillionFillsAreReadInAFewSeconds() throws IOException {
    String own = System.getProperty("tallystick.benchmark.file");
    Path file = own == null ? made() : Path.of(own);
    for (int round = 1; round <= 5; round++) {
      long start = cpu();
      long rows = read(file);
      double seconds = (cpu() - start) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "round %d: %d rows, %.0f rows per CPU second%n",
          round,
          rows,
          rows / seconds);
      assertEquals(0, rows - (own == null ? ROWS : rows));
    }
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long read(Path file) throws IOException {
    Container.Opening opening = Container.open(file, "trades.csv", Limits.STANDARD);
    try (Container container = assertInstanceOf(Container.Opened.class, opening).container()) {
      ExportFiles files = new ExportFiles(Limits.STANDARD);
      Member member = container.members().getFirst();
      Recognition.Known known =
          assertInstanceOf(Recognition.Known.class, files.recognise(container, member, Map.of()));
      try (Rows rows = files.rows(known, member)) {
        while (true) {
          if (rows.next() instanceof Row.End end) {
            assertEquals(0, end.bad());
            return end.good();
          }
        }
      }
    }
  }

  private Path made() throws IOException {
    Random random = new Random(42);
    DateTimeFormatter form =
        DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    String[] bases = {"BTC", "ETH", "1INCH", "SOL", "MATIC", "LINK"};
    Path file = folder.resolve("made.csv");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("Date(UTC),Pair,Side,Price,Executed,Amount,Fee\n");
      for (int i = 0; i < ROWS; i++) {
        String base = bases[random.nextInt(bases.length)];
        Instant at = Instant.ofEpochSecond(1_600_000_000L + i * 60L);
        BigDecimal quantity = BigDecimal.valueOf(1 + random.nextInt(1 << 30), 8).setScale(10);
        out.write(
            form.format(at)
                + ","
                + base
                + "USDT,BUY,1.5000000000,"
                + quantity
                + base
                + ","
                + quantity.multiply(new BigDecimal("1.5")).setScale(8, RoundingMode.DOWN)
                + "USDT,0.0001000000BNB\n");
      }
    }
    return file;
  }
}
