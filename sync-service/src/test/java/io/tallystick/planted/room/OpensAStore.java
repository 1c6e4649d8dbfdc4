package io.tallystick.planted.room;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A Store that opens a connection for itself, as nobody. */
final class OpensAStore {
  private OpensAStore() {}

  static boolean reachable(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return connection.isValid(1);
    }
  }
}
