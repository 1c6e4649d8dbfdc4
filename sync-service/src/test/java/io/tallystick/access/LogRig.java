package io.tallystick.access;

import io.tallystick.access.proof.LogCheck;
import io.tallystick.access.proof.SignedNote;
import io.tallystick.access.proof.TrustedCheckpoints;
import io.tallystick.access.proof.Verdict;
import io.tallystick.boot.DatabaseRoles;
import io.tallystick.kernel.Pace;
import io.tallystick.tenancy.SequencerTx;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A log in a database of its own, with its superuser at hand: tests here do to it what nobody
 * should, and no other test shares it.
 */
final class LogRig {
  static final String ORIGIN = "test.example/log";

  private static final AtomicInteger NEXT = new AtomicInteger();
  static final String PASSWORD = "only-for-tests";

  final TestKey key = TestKey.of(7);
  final TickingPace pace = new TickingPace();
  final Path folder;
  final AccessLog log;
  private final String url;

  private final String origin;

  private LogRig(String url, Path folder, String origin) {
    this.url = url;
    this.folder = folder;
    this.origin = origin;
    BodySealer sealer =
        new BodySealer() {
          @Override
          public byte[] seal(long tenant, long holder, UUID leaf, byte[] body) {
            byte[] sealed = body.clone();
            for (int i = 0; i < sealed.length; i++) {
              sealed[i] ^= 0x5a;
            }
            return sealed;
          }

          @Override
          public byte[] open(long tenant, long holder, UUID leaf, byte[] sealed) {
            return seal(tenant, holder, leaf, sealed);
          }
        };
    this.log = new AccessLog(sealer, pace, new Random(42));
  }

  /** A clock that moves by a little with each reading, and otherwise as it is told. */
  static final class TickingPace implements Pace {
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");

    @Override
    public synchronized Instant instant() {
      now = now.plusMillis(7);
      return now;
    }

    @Override
    public void pause(Duration duration) {
      move(duration);
    }

    synchronized void move(Duration by) {
      now = now.plus(by);
    }
  }

  /** An empty log. */
  static LogRig fresh() throws SQLException, IOException {
    String name = "log_" + NEXT.incrementAndGet();
    try (Connection admin = LogDatabase.ONE.getPostgresDatabase().getConnection();
        Statement statement = admin.createStatement()) {
      statement.execute("create database " + name + " template log_template");
    }
    Path folder = Files.createTempDirectory("access-log");
    folder.toFile().deleteOnExit();
    return new LogRig(LogDatabase.ONE.getJdbcUrl("postgres", name), folder, ORIGIN);
  }

  /** The same database and key, for a log of another name with a state of its own. */
  LogRig named(String name) throws IOException {
    Path other = Files.createDirectory(folder.resolve("another"));
    return new LogRig(url, other, name);
  }

  /** A connection of the database's superuser; statements see the schema. */
  Connection superuser() throws SQLException {
    Connection connection = DriverManager.getConnection(url);
    try (Statement statement = connection.createStatement()) {
      statement.execute("set search_path = tallystick");
    }
    connection.setAutoCommit(false);
    return connection;
  }

  /** A connection of the application's role. */
  Connection app() throws SQLException {
    Connection connection =
        DriverManager.getConnection(
            url.replace("user=postgres", "user=" + DatabaseRoles.APP + "&password=" + PASSWORD));
    connection.setAutoCommit(false);
    return connection;
  }

  /** As the superuser, committed. */
  void tamper(String... statements) throws SQLException {
    try (Connection connection = superuser();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
      connection.commit();
    }
  }

  /** As a tenant, committed. */
  <T> T as(long tenant, Transactions.Work<T> work) throws SQLException {
    try (Connection connection = app()) {
      T result = work.in(enter(connection, tenant));
      connection.commit();
      return result;
    }
  }

  /** As the sequencer, committed. */
  <T> T sequencing(Transactions.Sequencing<T> work) throws SQLException {
    try (Connection connection = app()) {
      T result = work.in(sequencer(connection));
      connection.commit();
      return result;
    }
  }

  /** Goes on as a tenant on an open connection. */
  static TenantTx enter(Connection connection, long tenant) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local app.tenant = '" + tenant + "'");
    }
    return new TenantTx(tenant, connection);
  }

  /** Goes on as the sequencer on an open connection. */
  static SequencerTx sequencer(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local app.sequencing = 'on'");
    }
    return new SequencerTx(connection);
  }

  /** A leaf of a holder, committed. */
  UUID append(long tenant, long holder) throws SQLException {
    return as(tenant, tx -> log.append(tx, leaf(holder)));
  }

  /** A leaf that says something. */
  static Leaf leaf(long holder) {
    return new Leaf(Leaf.Kind.PULL, holder, 11L, 12L, null, Map.of("stream", "trades"));
  }

  /** Gives all who wait their positions. */
  int place() throws SQLException {
    int placed = 0;
    while (true) {
      Sequencer.Round.Placed round =
          (Sequencer.Round.Placed) sequencing(tx -> Sequencer.round(tx, 2_000));
      placed += round.leaves();
      if (!round.more()) {
        return placed;
      }
    }
  }

  /** The signer of this rig. */
  Signer signer() {
    return new Signer(key, origin, files());
  }

  /** Its files. */
  SignerFiles files() {
    return new SignerFiles(folder.resolve("signed"), folder.resolve("published"));
  }

  /** One round of the signer. */
  Signer.Round sign() throws SQLException {
    Signer signer = signer();
    return sequencing(signer::round);
  }

  /** Positions and a checkpoint. */
  void seal() throws SQLException {
    place();
    sign();
  }

  /** The newest checkpoint as the tenant gets it: with a count of his, or his holder's, leaves. */
  TrustedCheckpoints keep(long tenant, @org.jspecify.annotations.Nullable Long holder)
      throws SQLException {
    return as(
        tenant,
        tx -> {
          LogStore.Stored stored =
              java.util.Objects.requireNonNull(LogStore.newest(tx::sql, origin));
          long leaves = LogStore.leavesOf(tx, holder, stored.size());
          String statement = TrustedCheckpoints.leaves(tenant, holder, leaves);
          SignedNote note = signer().restate(stored.note(), statement).orElseThrow();
          return java.util.Objects.requireNonNull(TrustedCheckpoints.parse(note.note()));
        });
  }

  /** The export as lines, over this connection and what it sees. */
  List<String> export(
      Connection connection,
      long tenant,
      @org.jspecify.annotations.Nullable Long holder,
      TrustedCheckpoints trusted)
      throws SQLException {
    TenantTx tx = enter(connection, tenant);
    LogStore.Stored newest = LogStore.newest(tx::sql, origin);
    Exporter.Scope scope =
        new Exporter.Scope(
            holder,
            newest == null ? 0 : newest.size(),
            List.copyOf(trusted.bySize().keySet()),
            signer().verifier());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Exporter.write(
        work -> {
          try {
            return work.in(tx);
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        },
        scope,
        out);
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /** The export as the application's role sees the database now. */
  List<String> export(long tenant, TrustedCheckpoints trusted) throws SQLException {
    try (Connection connection = app()) {
      return export(connection, tenant, null, trusted);
    }
  }

  /** What the offline verifier says. */
  static Verdict verify(List<String> lines, TrustedCheckpoints trusted) {
    LogCheck check = new LogCheck(trusted, null);
    lines.forEach(check::line);
    return check.verdict();
  }
}
