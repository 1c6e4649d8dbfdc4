package io.tallystick.access;

import io.tallystick.boot.DatabaseAccess;
import io.tallystick.boot.DatabaseRoles;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.flywaydb.core.Flyway;

/** A server of its own for logs to which anything may be done, with a template of an empty one. */
final class LogDatabase {
  private LogDatabase() {}

  static final EmbeddedPostgres ONE = start();

  private static EmbeddedPostgres start() {
    try {
      EmbeddedPostgres server = EmbeddedPostgres.builder().start();
      try (Connection admin = server.getPostgresDatabase().getConnection();
          Statement statement = admin.createStatement()) {
        statement.execute("create database log_template");
      }
      String url = server.getJdbcUrl("postgres", "log_template");
      DatabaseAccess.Login owner = DatabaseAccess.Login.of(DatabaseRoles.OWNER, LogRig.PASSWORD);
      DatabaseAccess.Login app = DatabaseAccess.Login.of(DatabaseRoles.APP, LogRig.PASSWORD);
      try (Connection admin = DriverManager.getConnection(url)) {
        DatabaseRoles.prepare(admin, owner, app);
      }
      Flyway.configure()
          .dataSource(
              server.getJdbcUrl(DatabaseRoles.OWNER, "log_template"),
              DatabaseRoles.OWNER,
              LogRig.PASSWORD)
          .defaultSchema(DatabaseAccess.SCHEMA)
          .createSchemas(false)
          .placeholders(Map.of("app_role", DatabaseRoles.APP))
          .load()
          .migrate();
      return server;
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("the test database does not start", e);
    }
  }
}
