package io.tallystick.boot;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Refuses to start as a database role for which row-level security is no wall: a superuser, a role
 * with BYPASSRLS, or one that owns, or can become a role that owns, the schema or a table in it.
 */
@ApplicationScoped
public class AppRoleCheck {
  private static final int FIRST = 100;

  private final DataSource database;

  AppRoleCheck(DataSource database) {
    this.database = database;
  }

  void start(@Observes @Priority(FIRST) StartupEvent start) throws SQLException {
    try (Connection connection = database.getConnection()) {
      List<String> faults = faults(connection);
      if (!faults.isEmpty()) {
        throw new IllegalStateException(
            "the service's database role is too powerful: " + String.join("; ", faults));
      }
    }
  }

  /** What makes the connection's role unfit; empty when nothing does. */
  static List<String> faults(Connection connection) throws SQLException {
    List<String> faults = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select r.rolsuper, r.rolbypassrls, r.rolcreaterole,
                  exists (select 1 from pg_namespace n where n.nspname = 'tallystick'
                    and pg_has_role(r.oid, n.nspowner, 'member')) as owns_schema,
                  exists (select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace
                    where n.nspname = 'tallystick' and c.relkind in ('r', 'p')
                      and pg_has_role(r.oid, c.relowner, 'member')) as owns_table
                from pg_roles r where r.rolname = current_user
                """)) {
      row.next();
      add(faults, row.getBoolean("rolsuper"), "it is a superuser");
      add(faults, row.getBoolean("rolbypassrls"), "it bypasses row-level security");
      add(faults, row.getBoolean("rolcreaterole"), "it may create roles");
      add(faults, row.getBoolean("owns_schema"), "it owns the schema");
      add(faults, row.getBoolean("owns_table"), "it owns a table");
    }
    return faults;
  }

  private static void add(List<String> faults, boolean found, String fault) {
    if (found) {
      faults.add(fault);
    }
  }
}
