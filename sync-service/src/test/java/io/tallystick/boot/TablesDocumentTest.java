package io.tallystick.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The migrations' README tells every table, whose it is and what may be done, as it really is. */
class TablesDocumentTest {
  private static final Path README = Path.of("..", "migrations", "README.md");

  @Test
  void everyTableHasItsLineAndEveryLineItsTable() throws Exception {
    Map<String, String> told = new TreeMap<>();
    for (String line : Files.readAllLines(README)) {
      if (line.startsWith("| `")) {
        String[] cells =
            Arrays.stream(line.split("\\|", -1)).map(String::strip).toArray(String[]::new);
        told.put(cells[1].replace("`", ""), cells[2] + ": " + cells[3]);
        assertTrue(cells[4].endsWith("."), "a promise for " + cells[1]);
      }
    }
    Map<String, String> there = catalogue();
    assertTrue(there.size() > 25, "the tables were really found: " + there);
    assertEquals(text(there), text(told));
  }

  @Test
  void everyTableThatIsDrawnIsThere() throws Exception {
    String readme = Files.readString(README);
    String drawing = readme.substring(readme.indexOf("```"), readme.lastIndexOf("```"));
    List<String> missing =
        catalogue().keySet().stream().filter(table -> !drawing.contains(table)).toList();
    assertEquals(List.of(), missing);
  }

  @Test
  void noTableHasATriggerOfOursOrLacksAPrimaryKey() throws Exception {
    assertEquals(
        List.of(),
        rows(
            """
            select t.tgname, '' from pg_trigger t join pg_class c on c.oid = t.tgrelid
            where c.relnamespace = 'tallystick'::regnamespace and not t.tgisinternal
            union all
            select c.relname, '' from pg_class c
            where c.relnamespace = 'tallystick'::regnamespace and c.relkind = 'r'
              and not exists (select 1 from pg_index i where i.indrelid = c.oid and i.indisprimary)
            """));
  }

  // Whose a table is follows from the first columns of its primary key, what may be done from what
  // is granted on it or on any of its columns.
  private static Map<String, String> catalogue() throws SQLException {
    Map<String, String> tables = new TreeMap<>();
    for (String[] row :
        rows(
            """
            select case when c.relname like 'qrtz\\_%' then 'qrtz_*' else c.relname end,
              case
                when not exists (select 1 from pg_attribute a
                  where a.attrelid = c.oid and a.attname = 'tenant_id') then 'house'
                when k.columns[1:2] = array['tenant_id', 'holder_id']::name[] then 'holder'
                when k.columns[1] = 'tenant_id' then 'tenant' else 'nobody' end
              || ': ' || concat_ws(', ',
                case when has_any_column_privilege('tallystick_app', c.oid, 'insert')
                  then 'add' end,
                case when has_any_column_privilege('tallystick_app', c.oid, 'update')
                  then 'change' end,
                case when has_table_privilege('tallystick_app', c.oid, 'delete')
                  then 'delete' end)
            from pg_class c
            join lateral (
              select array_agg(a.attname order by x.n) as columns
              from pg_index i, unnest(i.indkey) with ordinality x (attnum, n), pg_attribute a
              where i.indrelid = c.oid and i.indisprimary
                and a.attrelid = c.oid and a.attnum = x.attnum) k on true
            where c.relnamespace = 'tallystick'::regnamespace and c.relkind in ('r', 'p')
            """)) {
      String before = tables.put(row[0], row[1]);
      assertTrue(before == null || before.equals(row[1]), row[0]);
    }
    return tables;
  }

  private static List<String[]> rows(String sql) throws SQLException {
    DatabaseAccess access = TestDatabase.migrated();
    try (Connection owner =
            DriverManager.getConnection(
                access.url(), access.owner().user(), TestDatabase.text(access.owner()));
        Statement statement = owner.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String[]> all = new ArrayList<>();
      while (rows.next()) {
        all.add(new String[] {rows.getString(1), rows.getString(2)});
      }
      return all;
    }
  }

  private static String text(Map<String, String> tables) {
    List<String> lines = new ArrayList<>();
    tables.forEach((name, facts) -> lines.add(name + " | " + facts));
    return String.join("\n", lines);
  }
}
