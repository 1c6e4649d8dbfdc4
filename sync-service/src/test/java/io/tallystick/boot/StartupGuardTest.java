package io.tallystick.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.boot.DatabaseAccess.Login;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class StartupGuardTest {
  @Test
  @DisplayName("F52 the schema's owner is refused as the service's role, the application role fits")
  void ownersAreRefused() {
    DatabaseAccess access = TestDatabase.migrated();
    assertEquals("", fault(access, access.app()));
    assertTrue(fault(access, access.owner()).contains("owns the schema"));
  }

  private static String fault(DatabaseAccess access, Login login) {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(access.url());
    database.setUser(login.user());
    database.setPassword(TestDatabase.text(login));
    return new StartupGuard(database).fault();
  }
}
