package io.tallystick.boot;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.tallystick.boot.DatabaseAccess.Login;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;

/**
 * One real PostgreSQL for all tests of a JVM, started at first need and stopped with the JVM. Known
 * to every class loader by system properties, so that a restarted application finds the same one.
 */
public final class TestDatabase implements QuarkusTestResourceLifecycleManager {
  private static final String PREFIX = "tallystick.test-database.";

  @Override
  public Map<String, String> start() {
    DatabaseAccess access = shared();
    return Map.ofEntries(
        Map.entry("quarkus.datasource.jdbc.url", access.url()),
        Map.entry("quarkus.datasource.username", access.app().user()),
        Map.entry("quarkus.datasource.password", text(access.app())),
        Map.entry("quarkus.flyway.jdbc-url", access.url()),
        Map.entry("quarkus.flyway.username", access.owner().user()),
        Map.entry("quarkus.flyway.password", text(access.owner())),
        Map.entry("quarkus.flyway.placeholders.app_role", access.app().user()),
        Map.entry("tallystick.venues.binance.sandbox-url", TestExchange.url()),
        Map.entry("tallystick.venues.ecb.sandbox-url", TestExchange.url()),
        // Nobody listens but in the tests that are about it.
        Map.entry("tallystick.sync.live", "false"),
        Map.entry("tallystick.connection.egress-address", TestExchange.EGRESS_ADDRESS),
        Map.entry("tallystick.register.contact", "privacy@controller.example"),
        Map.entry("tallystick.register.address", "1 Main Street, 10115 Berlin"),
        Map.entry("tallystick.register.country", "DE"),
        Map.entry("tallystick.register.storage", "Falkenstein, Germany; Nuremberg, Germany"),
        Map.entry("tallystick.register.transfers", "none"),
        Map.entry("tallystick.register.withdrawal-url", "https://controller.example/withdraw"),
        Map.entry("tallystick.register.rights", "https://controller.example/rights"),
        Map.entry("tallystick.register.authority", "BfDI, Bonn"),
        Map.entry("tallystick.register.dpia", "DPIA-2026-1"),
        Map.entry("tallystick.register.codes-of-conduct", "Example Code 3"),
        Map.entry("tallystick.register.processors.host.name", "Example Hosting Ltd"),
        Map.entry("tallystick.register.processors.host.role", "hosting"),
        Map.entry("tallystick.register.processors.host.contact", "dpo@hosting.example"),
        Map.entry("tallystick.register.processors.host.address", "2 Quay, Dublin"),
        Map.entry("tallystick.register.processors.host.country", "IE"),
        Map.entry("tallystick.register.purposes.portfolio.text", "Showing you what you own."),
        Map.entry("tallystick.register.purposes.portfolio.category", "RequestedServiceProvision"),
        Map.entry("tallystick.register.purposes.portfolio.necessary", "true"),
        Map.entry("tallystick.data", System.getProperty(PREFIX + "folder")),
        Map.entry("tallystick.vault.master-key", Base64.getEncoder().encodeToString(new byte[32])));
  }

  @Override
  public void stop() {
    // The next application of this JVM uses it too; it goes with the JVM.
  }

  /** The shared database, not necessarily migrated. */
  public static synchronized DatabaseAccess shared() {
    String url = System.getProperty(PREFIX + "url");
    if (url == null) {
      DatabaseAccess access = startOnce();
      System.setProperty(PREFIX + "url", access.url());
      System.setProperty(PREFIX + "owner", text(access.owner()));
      System.setProperty(PREFIX + "app", text(access.app()));
      return access;
    }
    return new DatabaseAccess(
        url,
        Login.of(DatabaseRoles.OWNER, System.getProperty(PREFIX + "owner")),
        Login.of(DatabaseRoles.APP, System.getProperty(PREFIX + "app")));
  }

  /** The shared database with all migrations, for tests that run without the application. */
  public static synchronized DatabaseAccess migrated() {
    DatabaseAccess access = shared();
    Flyway.configure()
        .dataSource(access.url(), access.owner().user(), text(access.owner()))
        .defaultSchema(DatabaseAccess.SCHEMA)
        .createSchemas(false)
        .placeholders(Map.of("app_role", access.app().user()))
        .load()
        .migrate();
    return access;
  }

  /** The shared database as its superuser, for what no role of the service may do. */
  public static Connection admin() throws SQLException {
    return admin(shared().url());
  }

  /** Another database of the same server, as its superuser. */
  public static Connection admin(String url) throws SQLException {
    try {
      Passwords passwords = Passwords.in(Path.of(System.getProperty(PREFIX + "folder")));
      return DriverManager.getConnection(url, "postgres", passwords.admin());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder with the server's files and the service's. */
  public static Path folder() {
    return Path.of(System.getProperty(PREFIX + "folder"));
  }

  /** The password of a login, for tests that open connections themselves. */
  public static String text(Login login) {
    return login.password().use(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  private static DatabaseAccess startOnce() {
    try {
      Path folder = Files.createTempDirectory("tallystick-test");
      System.setProperty(PREFIX + "folder", folder.toString());
      EmbeddedDatabase database = EmbeddedDatabase.start(folder);
      hasten(database.access(), Passwords.in(folder));
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(() -> {
                database.close();
                delete(folder);
              }));
      return database.access();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  // Nothing here outlives the JVM; what a crash may lose is the process tests' matter, on a
  // database that runs as it does outside.
  private static void hasten(DatabaseAccess access, Passwords passwords) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(access.url(), "postgres", passwords.admin());
        Statement statement = connection.createStatement()) {
      statement.execute("alter role " + DatabaseRoles.APP + " set synchronous_commit = off");
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
    } catch (IOException e) {
      System.err.println("could not remove " + folder);
    }
  }
}
