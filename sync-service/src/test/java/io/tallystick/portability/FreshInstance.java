package io.tallystick.portability;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.agroal.narayana.NarayanaTransactionIntegration;
import io.tallystick.access.OtherLog;
import io.tallystick.boot.DatabaseAccess;
import io.tallystick.boot.DatabaseRoles;
import io.tallystick.boot.TestDatabase;
import io.tallystick.connection.Uids;
import io.tallystick.ledger.LedgerHash;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.OtherTransactions;
import io.tallystick.tenancy.Role;
import io.tallystick.tenancy.Transactions;
import io.tallystick.vault.OtherVault;
import io.tallystick.vault.Seals;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.flywaydb.core.Flyway;

/**
 * Another installation that never saw the first one: a database of its own, a master key of its
 * own, a tenant that nobody knows.
 */
public final class FreshInstance implements AutoCloseable {
  private static final long TENANT = 4711;

  private final AgroalDataSource pool;

  /** As that tenant. */
  public final Transactions transactions;

  /** By that master key. */
  public final Seals seals;

  private final Arrivals arrivals;

  /** Makes the installation; its keys are kept in the folder. */
  public FreshInstance(
      Path folder, TransactionManager manager, TransactionSynchronizationRegistry registry)
      throws SQLException {
    DatabaseAccess access = TestDatabase.shared();
    String name = "fresh_" + Long.toHexString(System.nanoTime());
    String url = access.url().replaceFirst("/[a-z_]+$", "/" + name);
    try (Connection admin = TestDatabase.admin();
        Statement statement = admin.createStatement()) {
      statement.execute("create database " + name);
      // Roles are the server's: only the schema is to be made.
      try (Connection there = TestDatabase.admin(url)) {
        DatabaseRoles.prepare(there, access.owner(), access.app());
      }
    }
    Flyway.configure()
        .dataSource(url, access.owner().user(), TestDatabase.text(access.owner()))
        .defaultSchema(DatabaseAccess.SCHEMA)
        .createSchemas(false)
        .placeholders(Map.of("app_role", access.app().user()))
        .load()
        .migrate();
    pool = pool(url, access.app(), manager, registry);
    transactions = OtherTransactions.on(pool);
    OtherVault vault = OtherVault.in(folder, 99);
    seals = vault.seals();
    arrivals =
        new Arrivals(
            transactions,
            vault.holders(),
            Uids.check(seals, transactions),
            OtherLog.sealedBy(vault.bodies()),
            seals,
            // Nobody reports there.
            (_, _, _, _, _) -> {});
    transactions.as(
        TENANT,
        tx ->
            tx.sql(
                    """
                    insert into tenant (tenant_id, name, environments, created_at)
                    values (?, 'elsewhere', '{sandbox}', now())
                    """)
                .bind(TENANT)
                .update());
  }

  private static AgroalDataSource pool(
      String url,
      DatabaseAccess.Login app,
      TransactionManager manager,
      TransactionSynchronizationRegistry registry)
      throws SQLException {
    return AgroalDataSource.from(
        new AgroalDataSourceConfigurationSupplier()
            .connectionPoolConfiguration(all ->
                all.maxSize(4)
                    .transactionIntegration(new NarayanaTransactionIntegration(manager, registry))
                    .connectionFactoryConfiguration(to ->
                        to.jdbcUrl(url)
                            .principal(new NamePrincipal(app.user()))
                            .credential(new SimplePassword(TestDatabase.text(app))))));
  }

  /** A holder who arrived. */
  public record Guest(long holder, Map<Long, String> ledgers) {}

  /** Takes an archive in, as the owner there. */
  public Guest take(Path archive) throws IOException {
    Caller owner = new Caller(TENANT, 1, Role.OWNER, "administration", "owner");
    Arrivals.Arrived arrived = arrivals.take(owner, archive);
    Map<Long, String> ledgers =
        arrived.ledgers().stream()
            .collect(
                java.util.stream.Collectors.toMap(
                    one -> Long.valueOf(one.connection()), Manifest.Ledger::hash));
    return new Guest(arrived.holder(), ledgers);
  }

  /** What a ledger comes to there. */
  public String hash(long holder, long connection) {
    return transactions.as(TENANT, tx -> LedgerHash.of(tx, holder, connection));
  }

  /** A number that a query tells there. */
  public long count(String query) {
    return transactions.as(
        TENANT, tx -> java.util.Objects.requireNonNull(tx.sql(query).first(row -> row.getLong(1))));
  }

  /** The tenant there. */
  public long tenant() {
    return TENANT;
  }

  @Override
  public void close() {
    pool.close();
  }
}
