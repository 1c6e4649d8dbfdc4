package io.tallystick.boot;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;

/** A database as it was before some migration, to see what that makes of rows. */
public final class FormerSchema implements AutoCloseable {
  private final DatabaseAccess access = TestDatabase.shared();
  private final String name = "old_" + Long.toHexString(System.nanoTime());
  private final String url = access.url().replaceFirst("/[a-z_]+$", "/" + name);

  /** One with all migrations up to this. */
  public FormerSchema(String version) throws SQLException {
    execute(access.url(), "create database " + name);
    try (Connection there = TestDatabase.admin(url)) {
      DatabaseRoles.prepare(there, access.owner(), access.app());
    }
    migrate(version);
  }

  /** Migrates it to the present. */
  public void migrate() {
    migrate("latest");
  }

  private void migrate(String target) {
    Flyway.configure()
        .dataSource(url, access.owner().user(), TestDatabase.text(access.owner()))
        .defaultSchema(DatabaseAccess.SCHEMA)
        .createSchemas(false)
        .placeholders(Map.of("app_role", access.app().user()))
        .target(target)
        .load()
        .migrate();
  }

  /** Executes statements. */
  public void execute(String sql) throws SQLException {
    execute(url, "set search_path = " + DatabaseAccess.SCHEMA + ";" + sql);
  }

  private static void execute(String where, String sql) throws SQLException {
    try (Connection connection = TestDatabase.admin(where);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column of what a query tells. */
  public List<String> texts(String query) throws SQLException {
    List<String> told = new ArrayList<>();
    try (Connection connection = TestDatabase.admin(url);
        Statement statement = connection.createStatement()) {
      statement.execute("set search_path = " + DatabaseAccess.SCHEMA);
      try (ResultSet rows = statement.executeQuery(query)) {
        while (rows.next()) {
          told.add(rows.getString(1));
        }
      }
    }
    return told;
  }

  @Override
  public void close() throws SQLException {
    execute(access.url(), "drop database " + name);
  }
}
