package io.tallystick.planted.room;

import io.tallystick.tenancy.TenantTx;
import java.sql.SQLException;

/** A statement outside any Store. */
final class AsksInPassing {
  private AsksInPassing() {}

  static int holders(TenantTx tx) throws SQLException {
    return tx.sql("select 1 from holder").update();
  }
}
