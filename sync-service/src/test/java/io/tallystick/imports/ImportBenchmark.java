package io.tallystick.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.OperatingSystemMXBean;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.boot.DatabaseMeter;
import io.tallystick.boot.TestDatabase;
import io.tallystick.evidence.Evidence;
import io.tallystick.imports.Batch.State;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an import costs beside a bare load of the same rows into the same tables by their owner: for
 * evidence COPY into an unlogged table and INSERT … ON CONFLICT DO NOTHING, for the posted ledger
 * plain COPY. Give a file of your own with {@code -Dtallystick.benchmark.file}; otherwise one is
 * made. The memory that the JVM may use is set with {@code -Dtest.heap}.
 */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@Tag("benchmark")
class ImportBenchmark {
  private static final int ROWS = 100_000;
  private static final int WARM = 6;

  private final OperatingSystemMXBean machine =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final DatabaseMeter server = DatabaseMeter.shared();

  @Inject Desk desk;
  @Inject Evidence evidence;
  @TempDir Path folder;

  /** Wall time and processor time of a piece of work, in nanoseconds. */
  private record Cost(long rows, long elapsed, long service, long database) {
    double rate() {
      return rows * 1e9 / elapsed;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%.0f rows/s, processor %.1f us a row (service %.1f, PostgreSQL %.1f)",
          rate(),
          (service + database) / 1e3 / rows,
          service / 1e3 / rows,
          database / 1e3 / rows);
    }
  }

  /** Something that takes so many rows in. */
  private interface Work {
    long rows() throws Exception;
  }

  @Test
  void anImportBesideABareLoad() throws Exception {
    String own = System.getProperty("tallystick.benchmark.file");
    Path file = own == null ? made() : Path.of(own);
    if (own != null) {
      // The compiler is warm before anything is measured, as it is in a service.
      Path some = head(file);
      for (int i = 0; i < WARM; i++) {
        take(desk.open(), some);
      }
    }
    Desk.At at = desk.open();
    Batch checked = at.receive("looked.csv", file).batch();
    Cost looked = measured(at, () -> looked(at, file));
    assertEquals(State.CHECKED, checked.state());
    Cost posted = measured(at, () -> at.leave(checked).counts().read());
    Path twice = folder.resolve("again.csv");
    Files.copy(file, twice, StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(twice, "\n", StandardOpenOption.APPEND);
    Batch second = at.receive("again.csv", twice).batch();
    Cost again =
        measured(
            at,
            () -> {
              Batch known = at.leave(second);
              assertEquals(0, known.counts().added());
              return known.counts().read();
            });
    try (BareLoad bare = new BareLoad(at.account.tenant.id(), at.account.holderKey)) {
      Cost load = measured(at, () -> bare.posted());
      print("posted", posted, load);
      System.out.printf(
          Locale.ROOT,
          "import, known again: %s; %.2f of the first time%n",
          again,
          (double) again.elapsed() / posted.elapsed());
      Desk.At fresh = desk.open();
      EvidenceAlone alone = new EvidenceAlone(fresh, evidence);
      Cost kept = measured(fresh, () -> alone.take(file));
      print("evidence", kept, measured(at, () -> bare.evidence()));
    }
    System.out.printf(
        Locale.ROOT, "import, looked through: %s; heap at most %d MiB%n", looked, heap());
  }

  private static void print(String what, Cost ours, Cost bare) {
    System.out.printf(
        Locale.ROOT,
        "import, %s, %d rows: %s; bare load: %s; ratio %.2f, of processor time %.2f%n",
        what,
        ours.rows(),
        ours,
        bare,
        ours.rate() / bare.rate(),
        (double) (bare.service() + bare.database()) / (ours.service() + ours.database()));
  }

  private static void take(Desk.At at, Path file) throws Exception {
    at.leave(at.receive("warm.csv", file).batch());
  }

  private static long looked(Desk.At at, Path file) throws IOException {
    Path other = Files.createTempFile("looked", ".csv");
    try {
      Files.copy(file, other, StandardCopyOption.REPLACE_EXISTING);
      Files.writeString(other, "\n\n", StandardOpenOption.APPEND);
      return at.receive("looked-again.csv", other).batch().counts().read();
    } finally {
      Files.delete(other);
    }
  }

  private Cost measured(Desk.At at, Work work) throws Exception {
    // What earlier rows left to be put in order is not the next ones' cost.
    DatabaseMeter.tidy();
    long database = server.used();
    long service = machine.getProcessCpuTime();
    long begun = System.nanoTime();
    long rows = work.rows();
    long elapsed = System.nanoTime() - begun;
    service = machine.getProcessCpuTime() - service;
    return new Cost(rows, elapsed, service, server.used() - database);
  }

  private static long heap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(usage -> usage.getUsed())
            .sum()
        >> 20;
  }

  /** The same kind of file, of at most {@link #ROWS} rows. */
  private Path head(Path file) throws IOException {
    Path some = folder.resolve("some.csv");
    try (Stream<String> lines = Files.lines(file)) {
      Files.write(some, (Iterable<String>) lines.limit(ROWS + 1)::iterator);
    }
    return some;
  }

  /** Fills of an invented account, every tenth the twin of the one before. */
  private Path made() throws IOException {
    Random random = new Random(42);
    DateTimeFormatter form =
        DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    Path file = folder.resolve("made.csv");
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write("Date(UTC),Pair,Side,Price,Executed,Amount,Fee\n");
      Instant at = Instant.parse("2021-01-01T00:00:00Z");
      String last = "";
      for (int i = 0; i < ROWS; i++) {
        if (i % 10 != 9) {
          at = at.plusSeconds(random.nextInt(1_000));
          int quantity = 1 + random.nextInt(9_000);
          last =
              "%s,BTCUSDT,%s,10,%dBTC,%dUSDT,0.001BNB\n"
                  .formatted(
                      form.format(at),
                      random.nextBoolean() ? "BUY" : "SELL",
                      quantity,
                      10 * quantity);
        }
        out.write(last);
      }
    }
    return file;
  }
}
