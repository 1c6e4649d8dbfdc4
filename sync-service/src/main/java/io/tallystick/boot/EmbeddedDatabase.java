package io.tallystick.boot;

import io.tallystick.boot.DatabaseAccess.Login;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A real PostgreSQL for one person on one machine, in a durable folder: loopback only, passwords
 * generated into an owner-only file, everything committed is on disk. Survives a killed service:
 * the server it left behind is found by its pid file and taken over.
 */
public final class EmbeddedDatabase implements AutoCloseable {
  private static final String DATABASE = "tallystick";

  private static final Duration TO_STOP = Duration.ofSeconds(60);

  private final Path data;
  private final EmbeddedPostgres server;
  private final DatabaseAccess access;

  private EmbeddedDatabase(Path data, EmbeddedPostgres server, DatabaseAccess access) {
    this.data = data;
    this.server = server;
    this.access = access;
  }

  /** How to reach the server that runs in the folder, prepared before; empty when none runs. */
  static Optional<DatabaseAccess> running(Path folder) throws IOException {
    Optional<Integer> port = runningPort(folder.resolve("postgres"));
    if (port.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(access(port.get(), Passwords.in(folder)));
  }

  private static DatabaseAccess access(int port, Passwords passwords) {
    return new DatabaseAccess(
        url(port, DATABASE),
        Login.of(DatabaseRoles.OWNER, passwords.owner()),
        Login.of(DatabaseRoles.APP, passwords.app()));
  }

  private static String url(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** Starts the server in the folder, or takes over the one that runs there. */
  public static EmbeddedDatabase start(Path folder) throws IOException, SQLException {
    Path data = folder.resolve("postgres");
    Passwords passwords = Passwords.in(folder);
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            // The library's own hook would stop the server while the service still writes.
            .setRegisterShutdownHook(false)
            .setOverrideWorkingDirectory(folder.resolve("postgres-binaries").toFile())
            // The host's language must not decide how texts are ordered, or whether initdb works.
            .setLocaleConfig("locale", "C")
            .setPGStartupWait(Duration.ofSeconds(60))
            .setConnectConfig("password", passwords.admin())
            // The library's own flags switch these off; settings that come later win.
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("unix_socket_directories", "")
            .setServerConfig("password_encryption", "scram-sha-256")
            .setServerConfig("shared_buffers", "256MB")
            // Checkpoints far apart: behind each, the first change of a page logs the whole page.
            .setServerConfig("max_wal_size", "2GB")
            .setServerConfig("max_connections", "100")
            .setServerConfig("jit", "off");
    Optional<Integer> running = runningPort(data);
    running.ifPresent(builder::setPort);
    if (running.isEmpty()) {
      buryDead(data);
    }
    boolean fresh = !Files.exists(data.resolve("PG_VERSION"));
    EmbeddedPostgres server = builder.start();
    try {
      return prepared(server, data, fresh, passwords);
    } catch (IOException | SQLException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private static EmbeddedDatabase prepared(
      EmbeddedPostgres server, Path data, boolean fresh, Passwords passwords)
      throws IOException, SQLException {
    String admin = url(server.getPort(), "postgres");
    if (fresh || !isLocked(data)) {
      lock(data, admin, passwords.admin());
    }
    createDatabase(admin, passwords.admin());
    DatabaseAccess access = access(server.getPort(), passwords);
    try (Connection connection =
        DriverManager.getConnection(access.url(), "postgres", passwords.admin())) {
      DatabaseRoles.prepare(connection, access.owner(), access.app());
    }
    return new EmbeddedDatabase(data, server, access);
  }

  /** How to reach it. */
  public DatabaseAccess access() {
    return access;
  }

  /** Stops the server, and returns when it has ended; what was committed stays. */
  @Override
  public void close() {
    try {
      Optional<Running> running = found(data);
      server.close();
      // The library gives up after five seconds, which a slow disk may need for the last flush.
      running.ifPresent(EmbeddedDatabase::awaitEnd);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A server that runs in a data directory. */
  private record Running(ProcessHandle process, int port, boolean stopping) {}

  /** The port of a server that a killed service left behind, if one runs in this folder. */
  private static Optional<Integer> runningPort(Path data) throws IOException {
    Optional<Running> running = found(data);
    // One that is just ending takes no connections: it is waited for, not taken over.
    running.filter(Running::stopping).ifPresent(EmbeddedDatabase::awaitEnd);
    return running.filter(server -> !server.stopping()).map(Running::port);
  }

  private static Optional<Running> found(Path data) throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    // PostgreSQL: line 1 is the server's pid, line 4 its port, line 8 what it is doing.
    List<String> lines = Files.readAllLines(pidFile);
    if (lines.size() < 4) {
      return Optional.empty();
    }
    int port = Integer.parseInt(lines.get(3).trim());
    boolean stopping = lines.size() > 7 && lines.get(7).trim().equals("stopping");
    return ProcessHandle.of(Long.parseLong(lines.get(0).trim()))
        .filter(process ->
            process.info().command().filter(name -> name.contains("postgres")).isPresent())
        .map(process -> new Running(process, port, stopping));
  }

  // A killed server whose parent has not yet noticed (in a container, perhaps never will) still has
  // its pid, and PostgreSQL would take it for alive and not start.
  private static void buryDead(Path data) throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    String pid = Files.readAllLines(pidFile).getFirst().trim();
    Path state = Path.of("/proc", pid, "stat");
    if (Files.exists(state) && Files.readString(state).contains(") Z ")) {
      Files.delete(pidFile);
    }
  }

  private static void awaitEnd(Running server) {
    try {
      server.process().onExit().get(TO_STOP.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the database does not stop", e);
    }
  }

  private static boolean isLocked(Path data) throws IOException {
    return Files.readString(data.resolve("pg_hba.conf")).contains("scram-sha-256");
  }

  // The library initialises with "trust": close that before anything else is created.
  private static void lock(Path data, String admin, String password)
      throws IOException, SQLException {
    try (Connection connection = DriverManager.getConnection(admin, "postgres", password);
        Statement statement = connection.createStatement()) {
      statement.execute("alter role postgres password '" + password + "'");
      Path hba = data.resolve("pg_hba.conf");
      Path next = data.resolve("pg_hba.conf.next");
      Files.writeString(next, "host all all 127.0.0.1/32 scram-sha-256\n");
      Files.move(next, hba, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      statement.execute("select pg_reload_conf()");
    }
  }

  private static void createDatabase(String admin, String password) throws SQLException {
    try (Connection connection = DriverManager.getConnection(admin, "postgres", password);
        Statement statement = connection.createStatement()) {
      boolean exists =
          statement
              .executeQuery("select 1 from pg_database where datname = '" + DATABASE + "'")
              .next();
      if (!exists) {
        statement.execute("create database " + DATABASE);
      }
    }
  }
}
