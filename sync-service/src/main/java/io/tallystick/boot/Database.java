package io.tallystick.boot;

import io.tallystick.boot.DatabaseAccess.Login;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The database of this run: embedded, or external by its JDBC URL. */
final class Database implements AutoCloseable {
  private final Map<String, String> properties;
  private final @Nullable EmbeddedDatabase embedded;
  // A file lock ends when its channel is collected, so it is kept as long as the database.
  private final @Nullable FileChannel folder;

  private Database(
      Map<String, String> properties,
      @Nullable EmbeddedDatabase embedded,
      @Nullable FileChannel folder) {
    this.properties = properties;
    this.embedded = embedded;
    this.folder = folder;
  }

  private static Database external(Map<String, String> properties) {
    return new Database(properties, null, null);
  }

  /**
   * Prepares the database. Without a URL an embedded one is started in the data folder; a command
   * uses the one that runs there, if one does. With a URL and a user, that user is what the service
   * runs as. With a URL alone, its own user makes the two roles and is not used for anything else.
   */
  static Database prepare(StartSettings settings, boolean serves) throws IOException, SQLException {
    String url = settings.url();
    if (url == null) {
      return embedded(settings.data(), serves);
    }
    String user = settings.user();
    if (user != null) {
      check(url, user, settings.password());
      return external(given(settings, url, user));
    }
    Passwords passwords = Passwords.in(settings.data());
    Login owner = Login.of(DatabaseRoles.OWNER, passwords.owner());
    Login app = Login.of(DatabaseRoles.APP, passwords.app());
    try (Connection admin = DriverManager.getConnection(url)) {
      DatabaseRoles.prepare(admin, owner, app);
    }
    return external(properties(new DatabaseAccess(withoutLogin(url), owner, app)));
  }

  private static Database embedded(Path data, boolean serves) throws IOException, SQLException {
    Optional<DatabaseAccess> running = EmbeddedDatabase.running(data);
    if (!serves && running.isPresent()) {
      return external(properties(running.get()));
    }
    FileChannel folder = alone(data);
    EmbeddedDatabase started = EmbeddedDatabase.start(data);
    return new Database(properties(started.access()), started, folder);
  }

  /** What Quarkus is told about it. */
  Map<String, String> properties() {
    return properties;
  }

  /** Stops the database if it is ours, then leaves the folder to others. */
  @Override
  public void close() {
    if (embedded != null) {
      embedded.close();
    }
    if (folder != null) {
      try {
        folder.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  // Told before anything is migrated or scheduled; the service looks again when it is up.
  private static void check(String url, String user, @Nullable String password)
      throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, user, password)) {
      String fault = StartupGuard.fault(connection);
      if (!fault.isEmpty()) {
        throw new IllegalStateException(fault);
      }
    }
  }

  private static Map<String, String> given(StartSettings settings, String url, String user) {
    Map<String, String> properties = new LinkedHashMap<>();
    String owner = settings.ownerUser();
    String password = settings.ownerPassword();
    if (owner != null && password != null) {
      properties.put("quarkus.flyway.jdbc-url", url);
      properties.put("quarkus.flyway.username", owner);
      properties.put("quarkus.flyway.password", password);
      properties.put("quarkus.flyway.placeholders.app_role", user);
    } else {
      properties.put("quarkus.flyway.migrate-at-start", "false");
    }
    return properties;
  }

  /** The settings that follow from a database whose roles are known. */
  static Map<String, String> properties(DatabaseAccess access) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("quarkus.datasource.jdbc.url", access.url());
    properties.put("quarkus.datasource.username", access.app().user());
    properties.put("quarkus.datasource.password", text(access.app()));
    properties.put("quarkus.flyway.jdbc-url", access.url());
    properties.put("quarkus.flyway.username", access.owner().user());
    properties.put("quarkus.flyway.password", text(access.owner()));
    properties.put("quarkus.flyway.placeholders.app_role", access.app().user());
    return properties;
  }

  private static String text(Login login) {
    return login.password().use(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  private static String withoutLogin(String url) {
    return url.replaceAll("([?&])(user|password)=[^&]*", "$1").replaceAll("[?&]+$", "");
  }

  // Two services on one data folder would stop each other's database.
  private static FileChannel alone(Path data) throws IOException {
    Files.createDirectories(data);
    FileChannel channel =
        FileChannel.open(
            data.resolve("service.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      throw new IllegalStateException(
          "another Tallystick runs on this data folder; stop it, or set tallystick.data");
    }
    return channel;
  }
}
