package io.tallystick.tenancy;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * A real PostgreSQL for tests, one for each test JVM: migrated by an owner that is no superuser,
 * used by a role that owns nothing.
 */
public final class TestDatabase {
  private static final String OWNER = "tallystick_owner";
  private static final String APP = "tallystick_app";
  private static final String NAME = "tallystick";

  private final EmbeddedPostgres server;
  private final DataSource app;

  private TestDatabase() {
    try {
      server = EmbeddedPostgres.builder().start();
      run(
          server.getPostgresDatabase(),
          "create role " + OWNER + " login",
          "create role " + APP + " login",
          "create database " + NAME + " owner " + OWNER);
      DataSource owner = server.getDatabase(OWNER, NAME);
      Flyway.configure()
          .dataSource(owner)
          .locations("classpath:db/migration")
          .placeholders(Map.of("app_role", APP))
          .load()
          .migrate();
      run(owner, "grant usage on schema public to " + APP);
      app =
          AgroalDataSource.from(
              new AgroalDataSourceConfigurationSupplier()
                  .connectionPoolConfiguration(pool ->
                      pool.maxSize(20)
                          .connectionFactoryConfiguration(
                              to -> to.jdbcUrl(server.getJdbcUrl(APP, NAME)))));
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("the test database does not start", e);
    }
  }

  private static final class Holder {
    static final TestDatabase ONE = new TestDatabase();
  }

  /** Connections as the application role, pooled as in production. */
  public static DataSource app() {
    return Holder.ONE.app;
  }

  /** Connections as the owner of the tables. */
  public static DataSource owner() {
    return Holder.ONE.server.getDatabase(OWNER, NAME);
  }

  private static void run(DataSource database, String... statements) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
