package io.tallystick.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A service's data folder, and what can be learned from it behind the service's back. */
record DataFolder(Path path) implements AutoCloseable {
  /** An empty one. */
  static DataFolder create() throws IOException {
    return new DataFolder(Files.createTempDirectory("tallystick-data"));
  }

  /** An empty one of the same installation as another: ids are hashes under its keys. */
  DataFolder sibling() throws IOException {
    DataFolder sibling = create();
    copy(path.resolve("master.key"), sibling.path.resolve("master.key"));
    Path keys = Files.createDirectories(sibling.path.resolve("keystore/installation"));
    try (Stream<Path> files = Files.list(path.resolve("keystore/installation"))) {
      for (Path file : files.toList()) {
        copy(file, keys.resolve(file.getFileName()));
      }
    }
    for (Path folder : List.of(keys.getParent(), keys)) {
      Files.setPosixFilePermissions(
          folder, Files.getPosixFilePermissions(path.resolve("keystore")));
    }
    return sibling;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
  }

  /** The passwords of the embedded database by role: admin, owner, app. */
  Map<String, String> passwords() throws IOException {
    Properties stored = new Properties();
    try (var reader = Files.newBufferedReader(path.resolve("database.passwords"))) {
      stored.load(reader);
    }
    Map<String, String> passwords = new TreeMap<>();
    stored.stringPropertyNames().forEach(name -> passwords.put(name, stored.getProperty(name)));
    return passwords;
  }

  /** The server that runs in the folder. */
  Optional<ProcessHandle> server() throws IOException {
    Path file = path.resolve("postgres/postmaster.pid");
    return Files.exists(file)
        ? ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst().trim()))
            .filter(ProcessHandle::isAlive)
        : Optional.empty();
  }

  String url() throws IOException {
    String port = Files.readAllLines(path.resolve("postgres/postmaster.pid")).get(3).trim();
    return "jdbc:postgresql://127.0.0.1:" + port + "/tallystick";
  }

  /** The embedded database as its superuser. */
  Connection admin() throws IOException, SQLException {
    return DriverManager.getConnection(url(), "postgres", passwords().get("admin"));
  }

  /** The rows of a query, each as one text. */
  List<String> rows(String query) throws IOException, SQLException {
    try (Connection connection = admin()) {
      return rows(connection, query);
    }
  }

  static List<String> rows(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      int columns = rows.getMetaData().getColumnCount();
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(String.valueOf(rows.getString(i)));
        }
        texts.add(String.join("|", row));
      }
      return texts;
    }
  }

  /** Ends a server that a killed service left behind, and removes everything. */
  @Override
  public void close() throws IOException {
    Optional<ProcessHandle> server = server();
    if (server.isPresent()) {
      server.get().destroy();
      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !server.get().isAlive());
    }
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
