package io.tallystick.boot;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Refuses to run as a role that could step round row-level security: a superuser, a role with
 * BYPASSRLS, one that may make roles, or one that owns the schema or anything in it, or may become
 * the owner.
 */
@ApplicationScoped
class StartupGuard {
  private static final String ROLE =
      """
      select current_user as role,
        r.rolsuper or r.rolbypassrls as above_policies,
        r.rolcreaterole as makes_roles,
        exists (select from pg_namespace n where n.nspname = 'tallystick'
            and pg_has_role(n.nspowner, 'member'))
          or exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = 'tallystick' and pg_has_role(c.relowner, 'member')) as owns,
        current_setting('server_version_num')::int as version
      from pg_roles r where r.rolname = current_user
      """;

  private final DataSource database;

  StartupGuard(DataSource database) {
    this.database = database;
  }

  void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
    String fault = fault();
    if (!fault.isEmpty()) {
      throw new IllegalStateException(fault);
    }
  }

  /** What is wrong with the role the service runs as; empty when nothing is. */
  String fault() {
    try (Connection connection = database.getConnection()) {
      return fault(connection);
    } catch (SQLException e) {
      throw new IllegalStateException("the database's roles cannot be read", e);
    }
  }

  /** What is wrong with the role of this connection; empty when nothing is. */
  static String fault(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(ROLE)) {
      row.next();
      if (row.getInt("version") < 150_000) {
        return "PostgreSQL 15 or later is needed";
      }
      String role = "the database role " + row.getString("role");
      String instead = "; run as " + DatabaseRoles.APP;
      if (row.getBoolean("above_policies")) {
        return role + " is a superuser or bypasses row-level security" + instead;
      }
      if (row.getBoolean("makes_roles")) {
        return role + " may make roles" + instead;
      }
      return row.getBoolean("owns") ? role + " owns the schema or its tables" + instead : "";
    }
  }
}
