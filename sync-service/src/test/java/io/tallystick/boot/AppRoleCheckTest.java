package io.tallystick.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.boot.DatabaseAccess.Login;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AppRoleCheckTest {
  @Test
  @DisplayName("F52 the schema's owner is refused as the service's role, the application role fits")
  void ownersAreRefused() throws SQLException {
    DatabaseAccess access = TestDatabase.migrated();
    assertEquals(List.of(), faults(access, access.app()));
    List<String> faults = faults(access, access.owner());
    assertTrue(faults.contains("it owns the schema"), faults.toString());
    assertTrue(faults.contains("it owns a table"), faults.toString());
  }

  private static List<String> faults(DatabaseAccess access, Login login) throws SQLException {
    try (Connection connection =
        DriverManager.getConnection(access.url(), login.user(), TestDatabase.text(login))) {
      return AppRoleCheck.faults(connection);
    }
  }
}
