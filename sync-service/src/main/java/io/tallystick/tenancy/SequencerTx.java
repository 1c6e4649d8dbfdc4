package io.tallystick.tenancy;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * An open transaction of the access log's sequencer. It sees which leaves of any tenant wait for a
 * position, and global tables; for everything else it goes on as one tenant after the other.
 *
 * @param connection enlisted in the transaction; never closed, committed or kept by the user
 */
public record SequencerTx(Connection connection) {
  /** A statement over global tables or waiting leaves. */
  public Sql sql(String text) {
    return new Sql(connection, text);
  }

  /** Goes on as this tenant, until the next call; the transaction stays one. */
  public TenantTx as(long tenant) throws SQLException {
    return Transactions.enter(tenant, connection);
  }
}
