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
 * BYPASSRLS, or one that owns the tables or may become their owner.
 */
@ApplicationScoped
class StartupGuard {
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

  /** What is wrong with the present role; empty when nothing is. */
  String fault() {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select current_user,
                  r.rolsuper or r.rolbypassrls,
                  exists (select 1 from pg_class c where c.relnamespace = 'tallystick'::regnamespace
                    and c.relkind in ('r', 'p') and pg_has_role(c.relowner, 'member')),
                  current_setting('server_version_num')::int
                from pg_roles r where r.rolname = current_user
                """)) {
      row.next();
      String role = row.getString(1);
      if (row.getInt(4) < 150_000) {
        return "PostgreSQL 15 or later is needed";
      }
      if (row.getBoolean(2)) {
        return "the database role "
            + role
            + " is a superuser or bypasses row-level security; run as "
            + DatabaseRoles.APP;
      }
      return row.getBoolean(3)
          ? "the database role " + role + " owns the tables; run as " + DatabaseRoles.APP
          : "";
    } catch (SQLException e) {
      throw new IllegalStateException("the database's roles cannot be read", e);
    }
  }
}
