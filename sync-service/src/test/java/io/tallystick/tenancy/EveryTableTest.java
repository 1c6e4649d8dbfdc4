package io.tallystick.tenancy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.boot.DatabaseAccess;
import io.tallystick.boot.TestDatabase;
import io.tallystick.records.BookedAccount;
import io.tallystick.records.Fill;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Every table that has a tenant, tried one by one as the service's own role: with no tenant, as
 * another one, and as the one whose rows they are. The list is the catalogue's.
 */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class EveryTableTest {
  private static final String FENCED =
      """
      select c.relname::text from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
      where c.relnamespace = 'tallystick'::regnamespace and c.relkind in ('r', 'p')
      order by 1
      """;

  @Inject BookedAccount.Maker maker;
  @Inject Provisioning provisioning;

  private Connection app;
  private Connection admin;

  @Test
  @DisplayName("F48 F49 no table shows, takes or changes a row of another tenant")
  void noTableShowsTakesOrChangesARowOfAnotherTenant() throws Exception {
    BookedAccount account = maker.fresh();
    account.trade(Fill.buy("BTCUSDT", 1, Instant.now().minus(Duration.ofDays(3))));
    long theirs = account.tenant.id();
    long ours = TestTenant.fresh(provisioning).id();
    DatabaseAccess access = TestDatabase.shared();
    List<String> filled = new ArrayList<>();
    List<String> taken = new ArrayList<>();
    List<String> changed = new ArrayList<>();
    try (Connection one = TestDatabase.admin();
        Connection other =
            DriverManager.getConnection(
                access.url(), access.app().user(), TestDatabase.text(access.app()))) {
      admin = one;
      app = other;
      app.setAutoCommit(false);
      List<String> tables = list(admin, FENCED);
      assertTrue(tables.size() >= 40, tables.toString());
      for (String table : tables) {
        String rows = "select count(*) from tallystick." + table;
        String ofTheirs = rows + " where tenant_id = " + theirs;
        become(null);
        assertEquals(List.of("0"), list(app, rows), table + " without a tenant");
        become(ours);
        assertEquals(
            List.of("0"), list(app, rows + " where tenant_id <> " + ours), table + " as another");
        become(theirs);
        String there = list(admin, ofTheirs).getFirst();
        String seen = list(app, rows).getFirst();
        // The service works beside the test: only what stood still meanwhile is compared.
        if (list(admin, ofTheirs).getFirst().equals(there)) {
          assertEquals(there, seen, table + " as its own");
        }
        if (!there.equals("0")) {
          filled.add(table);
        }
        if (forged(table, ours, theirs)) {
          taken.add(table);
        }
        if (reached(table, ours, theirs)) {
          changed.add(table);
        }
      }
    }
    assertTrue(filled.size() >= 15, "tables with rows to look for: " + filled);
    assertTrue(taken.size() >= 40, "tables that take rows: " + taken);
    assertTrue(changed.size() >= 20, "tables whose rows can change: " + changed);
  }

  /** A row that names another tenant is refused by the policy; false where nobody may add any. */
  private boolean forged(String table, long ours, long theirs) throws SQLException {
    if (list(admin, privilege(table, "insert")).equals(List.of("f"))) {
      return false;
    }
    become(ours);
    Savepoint before = app.setSavepoint();
    String insert = "insert into tallystick." + table + " (tenant_id) values (" + theirs + ")";
    try (Statement statement = app.createStatement()) {
      SQLException refused =
          assertThrows(SQLException.class, () -> statement.executeUpdate(insert), table);
      assertEquals("42501", refused.getSQLState(), table + ": " + refused.getMessage());
      assertTrue(refused.getMessage().contains("row-level security"), refused.getMessage());
    }
    app.rollback(before);
    return true;
  }

  /** No row of another tenant is changed or removed; false where no column may be changed. */
  private boolean reached(String table, long ours, long theirs) throws SQLException {
    String whose = " where tenant_id = " + theirs;
    become(ours);
    if (list(admin, privilege(table, "delete")).equals(List.of("t"))) {
      assertEquals(0, update("delete from tallystick." + table + whose), table);
    }
    List<String> columns =
        list(
            admin,
            """
            select column_name::text from information_schema.column_privileges
            where table_schema = 'tallystick' and table_name = '%s'
              and grantee = 'tallystick_app' and privilege_type = 'UPDATE'
            """
                .formatted(table));
    for (String column : columns) {
      String set = "update tallystick." + table + " set " + column + " = " + column;
      assertEquals(0, update(set + whose), table + "." + column);
    }
    return !columns.isEmpty();
  }

  private static String privilege(String table, String what) {
    return "select case when has_table_privilege('tallystick_app', 'tallystick."
        + table
        + "', '"
        + what
        + "') then 't' else 'f' end";
  }

  private int update(String sql) throws SQLException {
    try (Statement statement = app.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  private void become(@org.jspecify.annotations.Nullable Long tenant) throws SQLException {
    app.rollback();
    if (tenant != null) {
      update("set local app.tenant = '" + tenant + "'");
    }
  }

  private static List<String> list(Connection as, String sql) throws SQLException {
    try (Statement statement = as.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> all = new ArrayList<>();
      while (rows.next()) {
        all.add(rows.getString(1));
      }
      return all;
    }
  }
}
