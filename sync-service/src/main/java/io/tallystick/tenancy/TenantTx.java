package io.tallystick.tenancy;

import java.sql.Connection;

/**
 * An open transaction that acts as one tenant. Whoever reads or writes tenant rows takes one as a
 * parameter, so that no statement can forget whose rows it means.
 *
 * @param connection enlisted in the transaction; never closed, committed or kept by the user
 */
public record TenantTx(long tenant, Connection connection) {
  /** A statement; parameters follow by {@link Sql#bind}. */
  public Sql sql(String text) {
    return new Sql(connection, text);
  }
}
