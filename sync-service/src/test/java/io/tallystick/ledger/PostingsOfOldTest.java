package io.tallystick.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallystick.boot.DatabaseAccess;
import io.tallystick.boot.DatabaseRoles;
import io.tallystick.boot.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** Books that were kept when postings had a table of their own tell the same afterwards. */
final class PostingsOfOldTest {
  private static final String ENTRIES =
      """
      insert into entry (tenant_id, holder_id, entry_id, revision, connection_id, evidence_id,
        leaf_id, occurred_at, recorded_at, kind, state, mapping_version, rank)
      select t, t + 1, ('00000000-0000-0000-0000-00000000000' || e)::uuid, r, 3,
        gen_random_uuid(), gen_random_uuid(), timestamptz '2024-01-01' + make_interval(days => r),
        now(), 'trade', case when r = 3 then 'void' else 'settled' end, 1, ''
      from (values (7), (8)) as tenants(t), (values (1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (3, 1))
        as entries(e, r);
      """;

  // The live ones of settled revisions, and what each next revision took back of the one before.
  private static final String POSTINGS =
      """
      insert into posting
      select tenant_id, holder_id, entry_id, revision, n, false, occurred_at, n + revision,
        n + 10, 20 + n, n + revision / 8.0
      from entry, generate_series(1, 11) n where state = 'settled' and entry_id::text not like '%3';
      insert into posting
      select p.tenant_id, p.holder_id, p.entry_id, p.revision + 1, -p.n, true, p.occurred_at,
        p.to_account, p.from_account, p.asset_id, p.amount
      from posting p join entry e on e.tenant_id = p.tenant_id and e.entry_id = p.entry_id
        and e.revision = p.revision + 1;
      """;

  @Test
  void everyPostingIsToldAsBefore() throws SQLException {
    DatabaseAccess access = TestDatabase.shared();
    String name = "old_" + Long.toHexString(System.nanoTime());
    String url = access.url().replaceFirst("/[a-z_]+$", "/" + name);
    execute(access.url(), "create database " + name);
    try (Connection there = TestDatabase.admin(url)) {
      DatabaseRoles.prepare(there, access.owner(), access.app());
    }
    migrate(url, access, "58");
    execute(url, ENTRIES);
    execute(url, POSTINGS);
    List<String> before = told(url);
    assertEquals(2 * (4 * 11 + 3 * 11), before.size());
    migrate(url, access, "latest");
    assertEquals(before, told(url));
    execute(access.url(), "drop database " + name);
  }

  private static void migrate(String url, DatabaseAccess access, String target) {
    Flyway.configure()
        .dataSource(url, access.owner().user(), TestDatabase.text(access.owner()))
        .defaultSchema(DatabaseAccess.SCHEMA)
        .createSchemas(false)
        .placeholders(Map.of("app_role", access.app().user()))
        .target(target)
        .load()
        .migrate();
  }

  private static void execute(String url, String sql) throws SQLException {
    try (Connection connection = TestDatabase.admin(url);
        Statement statement = connection.createStatement()) {
      if (!sql.contains(" database ")) {
        statement.execute("set search_path = " + DatabaseAccess.SCHEMA);
      }
      statement.execute(sql);
    }
  }

  private static List<String> told(String url) throws SQLException {
    List<String> told = new ArrayList<>();
    try (Connection connection = TestDatabase.admin(url);
        Statement statement = connection.createStatement()) {
      statement.execute("set search_path = " + DatabaseAccess.SCHEMA);
      try (ResultSet rows =
          statement.executeQuery("select p::text from posting p order by p::text")) {
        while (rows.next()) {
          told.add(rows.getString(1));
        }
      }
    }
    return told;
  }
}
