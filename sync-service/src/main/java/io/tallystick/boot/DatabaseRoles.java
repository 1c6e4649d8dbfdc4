package io.tallystick.boot;

import io.tallystick.boot.DatabaseAccess.Login;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Makes the two roles and the schema: an owner for migrations, an application role without
 * ownership, superuser or BYPASSRLS. Repeatable; passwords are set anew each time.
 */
public final class DatabaseRoles {
  /** Owns the schema; used for migrations alone. */
  public static final String OWNER = "tallystick_owner";

  /** What the service runs as. */
  public static final String APP = "tallystick_app";

  private DatabaseRoles() {}

  /** Runs as a role that may create roles, in the database that shall hold the schema. */
  public static void prepare(Connection admin, Login owner, Login app) throws SQLException {
    for (Login login : new Login[] {owner, app}) {
      if (!exists(admin, "select 1 from pg_roles where rolname = ?", login.user())) {
        run(
            admin,
            "create role "
                + login.user()
                + " nosuperuser nocreatedb nocreaterole noreplication nobypassrls");
      }
      // Only what changes is said: naming SUPERUSER at all, even to deny it, takes a superuser, and
      // a role that was given such rights meanwhile is refused when the service starts.
      run(admin, "alter role " + login.user() + " login password " + literal(login));
      run(admin, "alter role " + login.user() + " set search_path = " + DatabaseAccess.SCHEMA);
    }
    if (!exists(admin, "select 1 from pg_namespace where nspname = ?", DatabaseAccess.SCHEMA)) {
      run(admin, "grant " + owner.user() + " to current_user");
      run(admin, "create schema " + DatabaseAccess.SCHEMA + " authorization " + owner.user());
    }
    run(admin, "grant usage on schema " + DatabaseAccess.SCHEMA + " to " + app.user());
  }

  private static boolean exists(Connection connection, String sql, String name)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  // CREATE ROLE takes no parameters; generated passwords are letters and digits, others are quoted.
  private static String literal(Login login) {
    return login
        .password()
        .use(bytes -> "'" + new String(bytes, StandardCharsets.UTF_8).replace("'", "''") + "'");
  }
}
