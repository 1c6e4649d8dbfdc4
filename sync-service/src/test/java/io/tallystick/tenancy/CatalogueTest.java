package io.tallystick.tenancy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.boot.DatabaseAccess;
import io.tallystick.boot.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Reads the schema from the catalogue, so that a table nobody thought about is noticed. */
class CatalogueTest {
  /** Tables that belong to the house and name nobody. */
  private static final Set<String> GLOBAL =
      Set.of(
          "asset",
          "market",
          "market_price",
          "price_arrival",
          "egress_budget",
          "flyway_schema_history",
          "log_position",
          "log_node",
          "log_checkpoint",
          "checkpoint_put");

  private static final Set<String> APPEND_ONLY =
      Set.of(
          "evidence",
          "entry",
          "entry_evidence",
          "feed",
          "access_leaf",
          "market_price",
          "price_arrival",
          "supplied_price",
          "report",
          "report_content",
          "declaration",
          "log_position",
          "log_node",
          "log_checkpoint",
          "consent_receipt",
          "holder");

  private static Connection owner;

  @BeforeAll
  static void connect() throws SQLException {
    DatabaseAccess access = TestDatabase.migrated();
    owner =
        DriverManager.getConnection(
            access.url(), access.owner().user(), TestDatabase.text(access.owner()));
    owner.setAutoCommit(false);
  }

  @AfterAll
  static void close() throws SQLException {
    owner.close();
  }

  @Test
  void everyTableIsTheHousesOrFencedByTenant() throws SQLException {
    assertEquals(Set.of(), unclassified());
    assertTrue(tables().size() > 20, "the catalogue was really read");
  }

  @Test
  @DisplayName("F50 a table without policy and a unique key without tenant are noticed")
  void plantedMistakesAreNoticed() throws SQLException {
    try (Statement statement = owner.createStatement()) {
      statement.execute("create table planted (tenant_id bigint primary key, secret text unique)");
      statement.execute("create table planted_global (id bigint primary key)");
      assertEquals(Set.of("planted", "planted_global"), unclassified());
      assertEquals(List.of("planted: planted_secret_key"), keysWithoutTenant());
      statement.execute("create view planted_view as select * from entry");
      assertEquals(List.of("planted_view"), viewsThatRunAsTheirOwner());
    } finally {
      owner.rollback();
    }
  }

  @Test
  void everyKeyOfATenantTableBeginsWithTheTenant() throws SQLException {
    assertEquals(List.of(), keysWithoutTenant());
    assertEquals(List.of(), viewsThatRunAsTheirOwner());
  }

  @Test
  void theApplicationRoleCanOnlyAppendToWhatIsKeptForGood() throws SQLException {
    for (String table : APPEND_ONLY) {
      assertEquals(
          List.of("INSERT", "SELECT"),
          list(
              """
              select privilege_type from (
                select privilege_type from information_schema.role_table_grants
                where table_schema = 'tallystick' and table_name = '%1$s'
                  and grantee = 'tallystick_app'
                union select privilege_type from information_schema.role_column_grants
                where table_schema = 'tallystick' and table_name = '%1$s'
                  and grantee = 'tallystick_app') p
              order by privilege_type
              """
                  .formatted(table)),
          table);
    }
  }

  @Test
  void theApplicationRoleCanDeleteOnlyWhatIsASchedulersAQueueACopyOrAnOldRun() throws SQLException {
    assertEquals(
        List.of(),
        list(
            """
            select table_name || ' ' || privilege_type from information_schema.role_table_grants
            where table_schema = 'tallystick' and grantee in ('tallystick_app', 'PUBLIC')
              and privilege_type not in ('SELECT', 'INSERT', 'UPDATE')
              and (table_name, privilege_type) not in (('outbox', 'DELETE'),
                ('report_progress', 'DELETE'), ('report_state', 'DELETE'),
                ('sync_run', 'DELETE'))
              and table_name not like 'qrtz\\_%'
            """));
  }

  @Test
  void oneFunctionRunsAsTheOwnerAndLooksNowhereElse() throws SQLException {
    assertEquals(
        List.of("remove_erased search_path=tallystick, pg_temp"),
        list(
            """
            select proname || ' ' || array_to_string(proconfig, ';') from pg_proc
            where pronamespace = 'tallystick'::regnamespace and prosecdef
              and not has_function_privilege('public', oid, 'execute')
            union all
            select proname || ' is open to everybody' from pg_proc
            where pronamespace = 'tallystick'::regnamespace and prosecdef
              and has_function_privilege('public', oid, 'execute')
            """));
  }

  @Test
  @DisplayName("F116 no numeric column of any table takes NaN or an infinity")
  void numbersAreFinite() throws SQLException {
    List<String> columns =
        list(
            """
            select table_name || '.' || column_name from information_schema.columns
            join information_schema.tables using (table_schema, table_name)
            where table_schema = 'tallystick' and data_type = 'numeric'
              and table_type = 'BASE TABLE' and table_name not like 'qrtz\\_%'
            order by 1
            """);
    assertTrue(columns.size() >= 12, columns.toString());
    for (String column : columns) {
      String table = column.substring(0, column.indexOf('.'));
      String name = column.substring(column.indexOf('.') + 1);
      List<String> checks =
          list(
              """
              select pg_get_expr(c.conbin, c.conrelid) from pg_constraint c
              where c.conrelid = 'tallystick.%s'::regclass and c.contype = 'c'
                and array_length(c.conkey, 1) = 1
                and c.conkey[1] = (select attnum from pg_attribute
                  where attrelid = c.conrelid and attname = '%s')
              """
                  .formatted(table, name));
      for (String value : List.of("NaN", "Infinity", "-Infinity")) {
        long passed = 0;
        for (String check : checks) {
          passed +=
              list("select 'passes' from (select '%s'::numeric as %s) row where %s"
                      .formatted(value, name, check))
                  .size();
        }
        assertTrue(passed < checks.size(), column + " takes " + value);
      }
    }
  }

  @Test
  @DisplayName(
      "F116 a posting cannot be unbalanced: an amount has a from and a to, and is positive")
  void postingsCannotBeUnbalanced() throws SQLException {
    for (String bad :
        List.of(
            "'{1}', '{2}', '{3}', '{-1}'",
            "'{1}', '{2}', '{3}', '{0}'",
            "'{1}', '{1}', '{3}', '{5}'",
            "'{null}', '{2}', '{3}', '{5}'",
            "'{1}', '{2}', '{null}', '{5}'",
            "'{1}', '{2}', '{3}', '{null}'",
            "'{1}', '{2}', '{3}', '{NaN}'",
            "'{1}', '{2}', '{3}', '{Infinity}'",
            "'{1}', '{2}', '{3}', '{-Infinity}'",
            "'{1}', '{2}', '{3}', '{5,6}'",
            "'{1,1}', '{2}', '{3,3}', '{5,6}'",
            "'{1,1}', '{2,2}', '{3}', '{5,6}'",
            "'{1,4}', '{2,4}', '{3,3}', '{5,6}'")) {
      try (Statement statement = owner.createStatement()) {
        statement.execute("set local app.tenant = '77'");
        SQLException refused =
            assertThrows(
                SQLException.class,
                () ->
                    statement.execute(
                        """
                        insert into entry (tenant_id, holder_id, entry_id, revision,
                          connection_id, evidence_id, leaf_id, occurred_at, recorded_at, kind,
                          state, mapping_version, rank, from_accounts, to_accounts, asset_ids,
                          amounts)
                        values (77, 1, gen_random_uuid(), 1, 1, gen_random_uuid(),
                          gen_random_uuid(), now(), now(), 'trade', 'settled', 1, '', %s)
                        """
                            .formatted(bad)),
                bad);
        assertTrue(refused.getSQLState().startsWith("23"), refused.getMessage());
      } finally {
        owner.rollback();
      }
    }
  }

  private static Set<String> unclassified() throws SQLException {
    Set<String> unknown = new TreeSet<>(tables());
    unknown.removeIf(table -> GLOBAL.contains(table) || table.startsWith("qrtz_"));
    unknown.removeAll(
        list(
            """
            select c.relname from pg_class c
            where c.relnamespace = 'tallystick'::regnamespace and c.relkind in ('r', 'p')
              and c.relrowsecurity and c.relforcerowsecurity
              and exists (select 1 from pg_attribute a where a.attrelid = c.oid
                and a.attname = 'tenant_id' and a.attnotnull)
              and (select count(*) from pg_policy p where p.polrelid = c.oid
                and p.polcmd = '*' and p.polqual is not null and pg_get_expr(p.polwithcheck, c.oid)
                  ~ '^\\(tenant_id = (\\( SELECT )?\\(NULLIF\\(current_setting\\(''app.tenant''') = 1
            """));
    return unknown;
  }

  private static List<String> tables() throws SQLException {
    return list(
        """
        select relname from pg_class
        where relnamespace = 'tallystick'::regnamespace and relkind in ('r', 'p', 'm', 'f')
        """);
  }

  // Constraint checks look past policies: a key that does not begin with the tenant tells one
  // tenant what another has.
  private static List<String> keysWithoutTenant() throws SQLException {
    return list(
        """
        select c.conrelid::regclass || ': ' || c.conname from pg_constraint c
        where c.connamespace = 'tallystick'::regnamespace and c.contype in ('p', 'u', 'f')
          and exists (select 1 from pg_attribute a where a.attrelid = c.conrelid
            and a.attname = 'tenant_id' and a.attnum <> c.conkey[1])
        union all
        select i.indrelid::regclass || ': ' || i.indexrelid::regclass from pg_index i
        join pg_class r on r.oid = i.indrelid
        where r.relnamespace = 'tallystick'::regnamespace and i.indisunique
          and exists (select 1 from pg_attribute a where a.attrelid = i.indrelid
            and a.attname = 'tenant_id' and a.attnum <> i.indkey[0])
          and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid)
        """);
  }

  private static List<String> viewsThatRunAsTheirOwner() throws SQLException {
    return list(
        """
        select relname from pg_class
        where relnamespace = 'tallystick'::regnamespace and relkind = 'v'
          and not coalesce(reloptions::text like '%security_invoker=true%', false)
        """);
  }

  private static List<String> list(String sql) throws SQLException {
    try (Statement statement = owner.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> result = new ArrayList<>();
      while (rows.next()) {
        result.add(rows.getString(1));
      }
      return result;
    }
  }
}
