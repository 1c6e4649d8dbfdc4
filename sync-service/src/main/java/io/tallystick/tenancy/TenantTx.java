package io.tallystick.tenancy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;

/**
 * An open transaction that acts as one tenant. Whoever reads or writes tenant rows takes one as a
 * parameter, so that no statement can forget whose rows it means. Used by one thread.
 */
public final class TenantTx {
  private final long tenant;
  private final Connection connection;
  private boolean left;

  /**
   * A transaction that is open.
   *
   * @param connection enlisted in the transaction; never closed, committed or kept by the user
   */
  public TenantTx(long tenant, Connection connection) {
    this.tenant = tenant;
    this.connection = connection;
  }

  /** Whose rows are meant. */
  public long tenant() {
    return tenant;
  }

  /** What the transaction goes over. */
  public Connection connection() {
    return connection;
  }

  /** Says that something was written that waits for a position; see {@link Bell}. */
  public void leaves() {
    left = true;
  }

  /** Whether anything was. */
  boolean left() {
    return left;
  }

  /** A statement; parameters follow by {@link Sql#bind}. */
  public Sql sql(String text) {
    return new Sql(connection, text);
  }

  /**
   * Has what follows read in the order of the index that it asks for, until {@link #freely}. Where
   * statistics know nothing of a holder yet, he is expected to have one row, and every index that
   * begins with him looks as good as the one that finds the row: most of them would read all his
   * rows for each that is wanted. All but the one would have to sort.
   */
  public void byKey() throws SQLException {
    sql("set local enable_sort = off").update();
  }

  /** Ends what {@link #byKey} began. */
  public void freely() throws SQLException {
    sql("reset enable_sort").update();
  }

  /** Waits until nobody else holds this lock, and holds it until the transaction ends. */
  public void lock(long key) throws SQLException {
    sql("select pg_advisory_xact_lock(?)").bind(key).list(row -> true);
  }

  /** Holds this lock beside others who share it until the transaction ends. */
  public void share(long key) throws SQLException {
    sql("select pg_advisory_xact_lock_shared(?)").bind(key).list(row -> true);
  }

  /** Holds this lock until the transaction ends; false, at once, when somebody else holds it. */
  public boolean tryLock(long key) throws SQLException {
    return Boolean.TRUE.equals(
        sql("select pg_try_advisory_xact_lock(?)").bind(key).first(row -> row.getBoolean(1)));
  }

  /** What the database's clock says now: the one clock that decides about expiry. */
  public Instant now() throws SQLException {
    Instant now =
        sql("select clock_timestamp() as now")
            .first(row -> row.getObject("now", OffsetDateTime.class).toInstant());
    return Objects.requireNonNull(now);
  }
}
