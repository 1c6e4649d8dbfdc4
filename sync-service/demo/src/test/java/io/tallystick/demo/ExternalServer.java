package io.tallystick.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A PostgreSQL that is none of the service's: the machine's own, of the oldest version from 15 on,
 * or, where it has none, the embedded one's binaries under a hand of their own.
 */
final class ExternalServer {
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  private static final String PASSWORD = "external-superuser";
  private static final String NOBODY = "65534";

  /** How this server is ended. */
  @FunctionalInterface
  private interface Stop {
    void now() throws Exception;
  }

  private final int port;
  private final Stop stop;

  private ExternalServer(int port, Stop stop) {
    this.port = port;
    this.stop = stop;
  }

  static ExternalServer start() throws Exception {
    Optional<Path> bin = machinesOwn();
    if (bin.isPresent()) {
      return start(bin.get());
    }
    EmbeddedPostgres server = EmbeddedPostgres.start();
    try (Connection admin = server.getPostgresDatabase().getConnection();
        Statement statement = admin.createStatement()) {
      statement.execute("alter role postgres password '" + PASSWORD + "'");
    }
    return new ExternalServer(server.getPort(), server::close);
  }

  private static ExternalServer start(Path bin) throws Exception {
    Path data = Files.createTempDirectory("tallystick-external");
    Path password = Files.writeString(data.resolve("password"), PASSWORD);
    int port = ServiceProcess.freePort();
    if (isRoot()) {
      run(List.of("chown", "-R", NOBODY + ":" + NOBODY, data.toString()));
    }
    run(
        asOrdinaryUser(
            bin.resolve("initdb").toString(),
            "-D",
            data.resolve("db").toString(),
            "-U",
            "postgres",
            "-A",
            "scram-sha-256",
            "--pwfile",
            password.toString(),
            "-E",
            "UTF8",
            "--locale",
            "C",
            "--no-sync"));
    Process server =
        quiet(
            asOrdinaryUser(
                bin.resolve("postgres").toString(),
                "-D",
                data.resolve("db").toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "fsync=off"));
    ExternalServer started =
        new ExternalServer(
            port,
            () -> {
              server.destroy();
              server.waitFor();
              run(List.of("rm", "-r", data.toString()));
            });
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptionsInstanceOf(SQLException.class)
        .until(() -> {
          try (Connection admin = started.admin("postgres")) {
            return admin.isValid(5);
          }
        });
    return started;
  }

  /** Makes an empty database. */
  ExternalServer database(String name) throws SQLException {
    execute("postgres", "create database " + name);
    return this;
  }

  /** Runs a statement as the superuser. */
  void execute(String database, String sql) throws SQLException {
    try (Connection admin = admin(database);
        Statement statement = admin.createStatement()) {
      statement.execute(sql);
    }
  }

  Connection admin(String database) throws SQLException {
    return DriverManager.getConnection(url(database), "postgres", PASSWORD);
  }

  String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** A URL that carries the superuser's login. */
  String urlWithLogin(String database) {
    return url(database) + "?user=postgres&password=" + PASSWORD + "&tcpKeepAlive=true";
  }

  static String password() {
    return PASSWORD;
  }

  /** Ends it and removes what it wrote. */
  void stop() throws Exception {
    stop.now();
  }

  private static Optional<Path> machinesOwn() throws IOException {
    if (!Files.isDirectory(DEBIAN)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(DEBIAN)) {
      return versions
          .filter(version -> version.getFileName().toString().matches("1[5-9]|[2-9][0-9]"))
          .sorted()
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .findFirst();
    }
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  // PostgreSQL does not run as root.
  private static List<String> asOrdinaryUser(String... command) {
    List<String> words = new ArrayList<>();
    if (isRoot()) {
      words.addAll(List.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"));
    }
    words.addAll(List.of(command));
    return words;
  }

  private static void run(List<String> command) throws Exception {
    int code = quiet(command).waitFor();
    if (code != 0) {
      throw new IllegalStateException(command.getFirst() + " ended with " + code);
    }
  }

  private static Process quiet(List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .directory(Path.of("/tmp").toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
