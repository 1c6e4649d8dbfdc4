package io.tallystick.tenancy;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.narayana.jta.TransactionRunner;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Opens transactions as a tenant. */
@ApplicationScoped
public class Transactions {
  private final DataSource database;
  private final Bell bell;

  Transactions(DataSource database, Bell bell) {
    this.database = database;
    this.bell = bell;
  }

  /** Work inside a transaction. */
  @FunctionalInterface
  public interface Work<T> {
    /** Does the work; an exception rolls everything back. */
    T in(TenantTx tx) throws SQLException;
  }

  /** Work that may find nothing. */
  @FunctionalInterface
  public interface Search<T> {
    /** What was found; null when nothing was. */
    @Nullable T in(TenantTx tx) throws SQLException;
  }

  /** Work of a sequencer. */
  @FunctionalInterface
  public interface Sequencing<T> {
    /** Does the work; an exception rolls everything back. */
    T in(SequencerTx tx) throws SQLException;
  }

  /** Like {@link #as}, for work that may find nothing. */
  public <T> @Nullable T find(long tenant, Search<T> search) {
    return as(tenant, tx -> Optional.ofNullable(search.in(tx))).orElse(null);
  }

  /** Runs the work in a new transaction as this tenant and commits; rolls back when it throws. */
  public <T> T as(long tenant, Work<T> work) {
    return as(tenant, QuarkusTransaction.requiringNew(), false, work);
  }

  // Rung behind the commit: who is woken sooner does not see what he is woken for.
  private <T> T as(long tenant, TransactionRunner runner, boolean frozen, Work<T> work) {
    AtomicBoolean left = new AtomicBoolean();
    T result =
        runner.call(() -> {
          try (Connection connection = database.getConnection()) {
            if (frozen) {
              freeze(connection);
            }
            TenantTx tx = enter(tenant, connection);
            T made = work.in(tx);
            left.set(tx.left());
            return made;
          }
        });
    if (left.get()) {
      bell.ring();
    }
    return result;
  }

  /**
   * Runs long work as this tenant over one state of the database: what others commit meanwhile is
   * not seen by any of its statements.
   *
   * @param most after which it is rolled back, in whole seconds
   */
  public <T> T snapshot(long tenant, Duration most, Work<T> work) {
    return as(
        tenant, QuarkusTransaction.requiringNew().timeout((int) most.toSeconds()), true, work);
  }

  private static void freeze(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set transaction isolation level repeatable read");
    }
  }

  /** Like {@link #as}, for work that may take longer than others; so many whole seconds. */
  public <T> T as(long tenant, Duration most, Work<T> work) {
    return as(
        tenant, QuarkusTransaction.requiringNew().timeout((int) most.toSeconds()), false, work);
  }

  /**
   * Runs the work as a sequencer. Policies stay in force: one a table shows it what waits for a
   * position, of any tenant, which no other transaction sees.
   */
  public <T> T asSequencer(Sequencing<T> work) {
    return QuarkusTransaction.requiringNew()
        .call(() -> {
          try (Connection connection = database.getConnection()) {
            return work.in(sequencing(connection));
          }
        });
  }

  /** Lets the transaction of this connection sequence. */
  static SequencerTx sequencing(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local app.sequencing = 'on'");
    }
    return new SequencerTx(connection);
  }

  /**
   * Runs the work as whoever bears a token: before the tenant is known, he sees the row of that one
   * token.
   */
  <T> T asBearer(String tokenHashHex, Work<T> work) {
    return QuarkusTransaction.requiringNew()
        .call(() -> {
          try (Connection connection = database.getConnection();
              Statement statement = connection.createStatement()) {
            statement.execute("set local app.token_hash = '" + tokenHashHex + "'");
            return work.in(new TenantTx(0, connection));
          }
        });
  }

  /** Goes on, in the same transaction, as the tenant to whom the token turned out to belong. */
  static TenantTx become(long tenant, TenantTx bearer) throws SQLException {
    return enter(tenant, bearer.connection());
  }

  // SET LOCAL as a statement of its own, first: it is undone with the transaction, so a pooled
  // connection never carries a tenant over, and a pooler or a spread database forwards it.
  static TenantTx enter(long tenant, Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local app.tenant = '" + tenant + "'");
    }
    return new TenantTx(tenant, connection);
  }
}
