package io.tallystick.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.boot.DatabaseAccess;
import io.tallystick.boot.TestDatabase;
import io.tallystick.imports.Batch.State;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/**
 * What an import costs beside a bare load of the same lines: COPY into an unlogged table, then
 * INSERT … ON CONFLICT DO NOTHING into a table with a key. Give a file of your own with {@code
 * -Dtallystick.benchmark.file}; otherwise one is made.
 */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@Tag("benchmark")
class ImportBenchmark {
  private static final int ROWS = 100_000;

  @Inject Desk desk;

  @Test
  void anImportBesideABareLoad() throws Exception {
    String own = System.getProperty("tallystick.benchmark.file");
    byte[] file = own == null ? made() : Files.readAllBytes(Path.of(own));
    double floor = floor(file);
    Desk.At at = desk.open();
    long start = System.nanoTime();
    Batch checked = at.receive("trades.csv", file).batch();
    long looked = System.nanoTime();
    assertEquals(State.CHECKED, checked.state());
    Batch done = at.leave(checked);
    long taken = System.nanoTime();
    long rows = done.counts().read();
    byte[] again =
        (new String(file, StandardCharsets.UTF_8) + "\n").getBytes(StandardCharsets.UTF_8);
    Batch second = at.receive("again.csv", again).batch();
    long begun = System.nanoTime();
    Batch known = at.leave(second);
    long ended = System.nanoTime();
    assertEquals(0, known.counts().added());
    double posted = rate(rows, taken - looked);
    System.out.printf(
        Locale.ROOT,
        "%d rows: looked through %.0f/s, posted %.0f/s, bare load %.0f/s, ratio %.3f,"
            + " known again %.0f/s (%.2f of the first time)%n",
        rows,
        rate(rows, looked - start),
        posted,
        floor,
        posted / floor,
        rate(rows, ended - begun),
        (double) (ended - begun) / (taken - looked));
  }

  private static double rate(long rows, long nanos) {
    return rows * 1e9 / nanos;
  }

  private static double floor(byte[] file) throws SQLException, IOException {
    DatabaseAccess access = TestDatabase.shared();
    try (Connection connection =
            DriverManager.getConnection(
                access.url(), access.owner().user(), TestDatabase.text(access.owner()));
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          create temporary table landed (at text, key uuid primary key, line text not null);
          create temporary table staged (
            at text, pair text, side text, price text, executed text, amount text, fee text)
          """);
      long start = System.nanoTime();
      long rows =
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn(
                  "copy staged from stdin with (format csv, header)",
                  new ByteArrayInputStream(file));
      statement.execute(
          """
          insert into landed select at, md5(l::text || row_number() over
            (partition by at, pair, side, price, executed, amount, fee))::uuid, l::text
          from staged l on conflict do nothing
          """);
      return rate(rows, System.nanoTime() - start);
    }
  }

  /** Fills of an invented account, every tenth the twin of the one before. */
  private static byte[] made() {
    Random random = new Random(42);
    DateTimeFormatter form =
        DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    StringBuilder file = new StringBuilder("Date(UTC),Pair,Side,Price,Executed,Amount,Fee\n");
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
      file.append(last);
    }
    return file.toString().getBytes(StandardCharsets.UTF_8);
  }
}
