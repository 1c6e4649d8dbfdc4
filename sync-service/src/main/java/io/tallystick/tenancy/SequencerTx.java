package io.tallystick.tenancy;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * An open transaction of a sequencer: the feed's or the access log's. It sees which changes and
 * leaves of any tenant wait for a position, and global tables; for everything else it goes on as
 * one tenant after the other.
 *
 * @param connection enlisted in the transaction; never closed, committed or kept by the user
 */
public record SequencerTx(Connection connection) {
  /** A statement over global tables or what waits. */
  public Sql sql(String text) {
    return new Sql(connection, text);
  }

  /** Holds this lock until the transaction ends; false, at once, when somebody else holds it. */
  public boolean tryLock(long key) throws SQLException {
    return Boolean.TRUE.equals(
        sql("select pg_try_advisory_xact_lock(?)").bind(key).first(row -> row.getBoolean(1)));
  }

  /** Goes on as this tenant, until the next call; the transaction stays one. */
  public TenantTx as(long tenant) throws SQLException {
    return Transactions.enter(tenant, connection);
  }
}
