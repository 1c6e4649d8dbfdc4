package io.tallystick.tenancy;

import javax.sql.DataSource;

/** Transactions of a database beside the running one. */
public final class OtherTransactions {
  private OtherTransactions() {}

  /** Those of a pool that takes part in the JVM's transactions. */
  public static Transactions on(DataSource database) {
    return new Transactions(database, new Bell());
  }
}
