package io.tallystick.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.boot.DatabaseAccess.Login;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

class StartupGuardTest {
  @Test
  @DisplayName("F52 the schema's owner is refused as the service's role, the application role fits")
  void ownersAreRefused() {
    DatabaseAccess access = TestDatabase.migrated();
    assertEquals("", fault(access, access.app()));
    assertTrue(fault(access, access.owner()).contains("owns the schema or its tables"));
  }

  @ParameterizedTest
  @CsvSource({
    "superuser, is a superuser or bypasses",
    "bypassrls, is a superuser or bypasses",
    "createrole, may make roles",
    "in role tallystick_owner, owns the schema or its tables"
  })
  @DisplayName("F52 a role with a power that reaches round row-level security is refused")
  void powersAreRefused(String power, String said) throws SQLException {
    DatabaseAccess access = TestDatabase.migrated();
    Login login = Login.of("guard_test", "not-secret");
    try (Connection admin = TestDatabase.admin();
        Statement statement = admin.createStatement()) {
      statement.execute("drop role if exists guard_test");
      statement.execute("create role guard_test login password 'not-secret' " + power);
      try {
        assertTrue(fault(access, login).contains(said), fault(access, login));
      } finally {
        statement.execute("drop role guard_test");
      }
    }
  }

  private static String fault(DatabaseAccess access, Login login) {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(access.url());
    database.setUser(login.user());
    database.setPassword(TestDatabase.text(login));
    return new StartupGuard(database).fault();
  }
}
