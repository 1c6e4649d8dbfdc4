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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The wall between tenants, tried as the application role with nothing but SQL. */
class RowLevelSecurityTest {
  private static final long OURS = 9_001;
  private static final long THEIRS = 9_002;

  private Connection app;

  @BeforeEach
  void connect() throws SQLException {
    DatabaseAccess access = TestDatabase.migrated();
    app =
        DriverManager.getConnection(
            access.url(), access.app().user(), TestDatabase.text(access.app()));
    app.setAutoCommit(false);
    for (long tenant : new long[] {OURS, THEIRS}) {
      as(tenant);
      run(
          """
          insert into tenant values (%d, 'one name for both', '{sandbox}', now())
          on conflict do nothing
          """
              .formatted(tenant));
      run(
          """
          insert into client values (%1$d, %1$d, 'one name for both', 'tracker', 'tax', now())
          on conflict do nothing
          """
              .formatted(tenant));
      app.commit();
    }
  }

  @AfterEach
  void close() throws SQLException {
    app.rollback();
    app.close();
  }

  @Test
  void aQueryThatForgetsItsFilterSeesOnlyTheOwnTenant() throws SQLException {
    as(OURS);
    assertEquals(List.of(OURS), tenantsIn("select tenant_id from client"));
    assertEquals(List.of(OURS), tenantsIn("select tenant_id from tenant"));
    assertEquals(List.of(), tenantsIn("select tenant_id from client where tenant_id = " + THEIRS));
  }

  @Test
  @DisplayName("F48 an insert with another tenant's id and an update that moves a row are refused")
  void forgedTenantsAreRefused() throws SQLException {
    as(OURS);
    refused(
        "42501", "insert into client values (%d, 5, 'x', 'owner', 'tax', now())".formatted(THEIRS));
    as(OURS);
    refused("42501", "update client set tenant_id = " + THEIRS);
    as(OURS);
    assertEquals(
        0, run("update tenant set environments = '{production}' where tenant_id = " + THEIRS));
  }

  @Test
  @DisplayName(
      "F49 without a tenant nothing is seen, and nothing of the one before on a reused"
          + " connection, after a commit and after an error")
  void noTenantMeansNoRows() throws SQLException {
    assertEquals(List.of(), tenantsIn("select tenant_id from client"));
    as(OURS);
    assertEquals(List.of(OURS), tenantsIn("select tenant_id from client"));
    app.commit();
    assertEquals(List.of(), tenantsIn("select tenant_id from client"));
    as(OURS);
    assertThrows(SQLException.class, () -> run("select 1 / 0"));
    app.rollback();
    assertEquals(List.of(), tenantsIn("select tenant_id from client"));
    refused(
        "42501", "insert into client values (%d, 6, 'x', 'owner', 'tax', now())".formatted(OURS));
  }

  @Test
  @DisplayName("F51 a key that another tenant uses is accepted, without a hint")
  void anotherTenantsKeysAreFree() throws SQLException {
    as(OURS);
    assertEquals(
        1,
        run(
            "insert into client values (%d, %d, 'theirs too', 'tracker', 'tax', now())"
                .formatted(OURS, THEIRS)));
    refused("23505", "insert into client select * from client where client_id = " + THEIRS);
  }

  @Test
  void aBearerSeesTheRowOfHisTokenAndNoOther() throws SQLException {
    as(OURS);
    for (String hash : List.of("aa", "bb")) {
      run(
          """
          insert into api_token values (%1$d, x'%2$s'::int, %1$d, '\\x%2$s', now(), null, null)
          """
              .formatted(OURS, hash));
    }
    run("set local app.tenant = ''");
    assertEquals(List.of(), tenantsIn("select tenant_id from api_token"));
    run("set local app.token_hash = 'aa'");
    assertEquals(List.of(OURS), tenantsIn("select tenant_id from api_token"));
    assertEquals(List.of(), tenantsIn("select tenant_id from client"));
    assertEquals(0, run("update api_token set revoked_at = now() where token_hash = '\\xbb'"));
  }

  private void as(long tenant) throws SQLException {
    run("set local app.tenant = '" + tenant + "'");
  }

  private int run(String sql) throws SQLException {
    try (Statement statement = app.createStatement()) {
      return statement.execute(sql) ? 0 : statement.getUpdateCount();
    }
  }

  private void refused(String state, String sql) throws SQLException {
    SQLException refused = assertThrows(SQLException.class, () -> run(sql), sql);
    assertTrue(refused.getSQLState().equals(state), refused.getMessage());
    app.rollback();
  }

  private List<Long> tenantsIn(String sql) throws SQLException {
    try (Statement statement = app.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<Long> tenants = new ArrayList<>();
      while (rows.next()) {
        tenants.add(rows.getLong(1));
      }
      return tenants;
    }
  }
}
