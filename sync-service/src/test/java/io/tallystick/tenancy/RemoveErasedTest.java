package io.tallystick.tenancy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallystick.boot.DatabaseAccess;
import io.tallystick.boot.TestDatabase;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One text of the function counts: the file that Flyway runs behind all that is numbered. */
class RemoveErasedTest {
  @Test
  void theFunctionIsTheOneOfItsOwnFileAndForTheServiceAlone() throws Exception {
    String file;
    try (InputStream in =
        RemoveErasedTest.class.getResourceAsStream("/db/migration/R__remove_erased.sql")) {
      file = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    String body = file.substring(file.indexOf("as $$") + 5, file.lastIndexOf("$$;"));
    assertEquals(
        List.of(body),
        list("select prosrc from pg_proc where proname = 'remove_erased' and prosecdef"));
    assertEquals(
        List.of("tallystick_owner tallystick_app=X"),
        list(
            """
            select pg_get_userbyid(proowner) || ' ' || (select string_agg(
                pg_get_userbyid(a.grantee) || '=X', ' ') from aclexplode(proacl) a
                where a.grantee <> proowner)
            from pg_proc where proname = 'remove_erased'
            """));
    assertEquals(
        List.of("R__remove_erased.sql"),
        list(
            """
            select regexp_replace(script, '.*/', '') from flyway_schema_history where success
              and installed_rank > (select max(installed_rank) from flyway_schema_history
                where version is not null)
            """));
  }

  private static List<String> list(String sql) throws SQLException {
    DatabaseAccess access = TestDatabase.migrated();
    try (Connection owner =
            DriverManager.getConnection(
                access.url(), access.owner().user(), TestDatabase.text(access.owner()));
        Statement statement = owner.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> result = new ArrayList<>();
      while (rows.next()) {
        result.add(rows.getString(1));
      }
      return result;
    }
  }
}
