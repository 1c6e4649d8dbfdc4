package io.tallystick.boot;

import io.tallystick.boot.DatabaseAccess.Login;
import java.io.IOException;
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
import org.jspecify.annotations.Nullable;

/** The database of this run: embedded, or external by its JDBC URL. */
final class Database implements AutoCloseable {
  private final Map<String, String> properties;
  private final @Nullable EmbeddedDatabase embedded;

  private Database(Map<String, String> properties, @Nullable EmbeddedDatabase embedded) {
    this.properties = properties;
    this.embedded = embedded;
  }

  /**
   * Prepares the database. Without a URL an embedded one is started in the data folder. With a URL
   * and a user, that user is what the service runs as. With a URL alone, its own user makes the two
   * roles and is not used for anything else.
   */
  static Database prepare(StartSettings settings, boolean serves) throws IOException, SQLException {
    if (settings.url().isEmpty()) {
      if (serves) {
        alone(settings.data());
      }
      EmbeddedDatabase embedded = EmbeddedDatabase.start(settings.data());
      boolean stays = !serves && embedded.adopted();
      return new Database(properties(embedded.access()), stays ? null : embedded);
    }
    String url = settings.url().get();
    if (settings.user().isPresent()) {
      return new Database(given(settings, url), null);
    }
    Passwords passwords = Passwords.in(settings.data());
    Login owner = Login.of(DatabaseRoles.OWNER, passwords.owner());
    Login app = Login.of(DatabaseRoles.APP, passwords.app());
    try (Connection admin = DriverManager.getConnection(url)) {
      DatabaseRoles.prepare(admin, owner, app);
    }
    return new Database(properties(new DatabaseAccess(withoutLogin(url), owner, app)), null);
  }

  /** What Quarkus is told about it. */
  Map<String, String> properties() {
    return properties;
  }

  @Override
  public void close() {
    if (embedded != null) {
      embedded.close();
    }
  }

  private static Map<String, String> given(StartSettings settings, String url) {
    Map<String, String> properties = new LinkedHashMap<>();
    if (settings.ownerUser().isPresent()) {
      properties.put("quarkus.flyway.jdbc-url", url);
      properties.put("quarkus.flyway.username", settings.ownerUser().get());
      properties.put("quarkus.flyway.password", settings.ownerPassword().orElse(""));
      properties.put(
          "quarkus.flyway.placeholders.app_role", settings.user().orElse(DatabaseRoles.APP));
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
  private static void alone(Path data) throws IOException {
    Files.createDirectories(data);
    FileChannel channel =
        FileChannel.open(
            data.resolve("service.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      throw new IllegalStateException(
          "another Tallystick runs on this data folder; stop it, or set tallystick.data");
    }
  }
}
