package io.tallystick.access;

import io.tallystick.access.proof.LeafHeader;
import io.tallystick.access.proof.MerkleTree;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a database superuser can do who knows the source: everything but sign. */
final class Forger {
  private Forger() {}

  /** Dates the leaf at this position a day back, in its header and in what is shown of it. */
  static void changeHeader(Connection superuser, long position) throws SQLException {
    try (Statement statement = superuser.createStatement()) {
      ResultSet row =
          statement.executeQuery(
              "select l.* from leaf_position p join access_leaf l using (tenant_id, holder_id,"
                  + " leaf_id) where position = "
                  + position);
      row.next();
      Instant at = row.getTimestamp("recorded_at").toInstant().minusSeconds(86_400);
      Leaf leaf =
          new Leaf(
              java.util.Objects.requireNonNull(Leaf.Kind.of(row.getString("kind"))),
              row.getLong("holder_id"),
              row.getObject("consent_id", Long.class),
              row.getObject("connection_id", Long.class),
              row.getObject("client_id", Long.class),
              Map.of());
      UUID id = row.getObject("leaf_id", UUID.class);
      byte[] header =
          LeafFormat.header(row.getLong("tenant_id"), id, at, leaf, row.getBytes("body"));
      try (PreparedStatement update =
          superuser.prepareStatement(
              "update access_leaf set header = ?, recorded_at = ?::timestamptz"
                  + " where leaf_id = ?")) {
        update.setBytes(1, header);
        update.setString(2, at.toString());
        update.setObject(3, id);
        update.executeUpdate();
      }
    }
  }

  /** Closes gaps in positions and numbers, then computes every hash anew: a flawless other log. */
  static void rehash(Connection superuser) throws SQLException {
    record Row(long tenant, long holder, UUID leaf, byte[] header) {}
    List<Row> rows = new ArrayList<>();
    try (Statement statement = superuser.createStatement()) {
      ResultSet row =
          statement.executeQuery(
              "select tenant_id, holder_id, leaf_id, header from leaf_position join access_leaf"
                  + " using (tenant_id, holder_id, leaf_id) where position is not null"
                  + " order by position");
      while (row.next()) {
        rows.add(
            new Row(row.getLong(1), row.getLong(2), row.getObject(3, UUID.class), row.getBytes(4)));
      }
      statement.execute("drop index if exists leaf_position_of_tenant");
      statement.execute("truncate log_position, log_node");
    }
    Map<Object, Long> numbers = new HashMap<>();
    List<byte[]> hashes = new ArrayList<>();
    try (PreparedStatement update =
        superuser.prepareStatement(
            "update leaf_position set position = ?, tenant_number = ?, holder_number = ?"
                + " where tenant_id = ? and holder_id = ? and leaf_id = ?")) {
      for (Row row : rows) {
        long ofTenant = numbers.merge(row.tenant(), 1L, Long::sum) - 1;
        long ofHolder = numbers.merge(List.of(row.tenant(), row.holder()), 1L, Long::sum) - 1;
        update.setLong(1, hashes.size());
        update.setLong(2, ofTenant);
        update.setLong(3, ofHolder);
        update.setLong(4, row.tenant());
        update.setLong(5, row.holder());
        update.setObject(6, row.leaf());
        update.addBatch();
        hashes.add(MerkleTree.leafHash(LeafHeader.content(ofTenant, ofHolder, row.header())));
      }
      update.executeBatch();
    }
    new TreeStore(LogRig.sequencer(superuser)::sql).append(0, hashes);
  }
}
