package io.tallystick.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** The script that makes the roles of an external database, run on a real one. */
class DeployedRolesTest {
  @Test
  void theRolesOfTheScriptAreEnoughToMigrateAndToRun() throws Exception {
    String script =
        Files.readString(Path.of("..", "deploy", "postgres", "roles.sql"))
            .replaceAll("(?m)^\\\\set .*$", "")
            .replace(":'owner_password'", "'o'")
            .replace(":'app_password'", "'a'");
    try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
      try (Connection admin = server.getPostgresDatabase().getConnection();
          Statement statement = admin.createStatement()) {
        statement.execute(script);
      }
      Flyway.configure()
          .dataSource(server.getDatabase(DatabaseRoles.OWNER, "postgres"))
          .defaultSchema(DatabaseAccess.SCHEMA)
          .createSchemas(false)
          .placeholders(Map.of("app_role", DatabaseRoles.APP))
          .load()
          .migrate();
      assertEquals("", new StartupGuard(server.getDatabase(DatabaseRoles.APP, "postgres")).fault());
      assertTrue(
          new StartupGuard(server.getDatabase(DatabaseRoles.OWNER, "postgres"))
              .fault()
              .contains("owns the schema"));
    }
  }
}
