package io.tallystick.evidence;

import io.tallystick.kernel.Ids;
import io.tallystick.tenancy.Sql;
import io.tallystick.tenancy.TenantTx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of evidence: appended to, read by id, never changed. */
final class EvidenceStore {
  // More of the same time than this are not looked at one by one.
  private static final int NEAR = 200;

  private EvidenceStore() {}

  /** One row to insert. */
  record Row(UUID id, int revision, byte[] mac, byte[] payload) {}

  /** What is known of a stored row. */
  record Known(byte[] mac, byte[] payload) {}

  /** A stored row with its origin. */
  record Stored(
      UUID id,
      long connection,
      UUID leaf,
      String stream,
      String partition,
      int revision,
      byte[] payload,
      Instant receivedAt) {}

  private static final String INSERT =
      """
      insert into evidence (tenant_id, holder_id, connection_id, leaf_id, stream, partition,
        format, received_at, evidence_id, revision, content_mac, payload)
      select ?::bigint, ?::bigint, ?::bigint, ?::uuid, ?::text, ?::text, ?::smallint,
        ?::timestamptz, unnest(?::uuid[]), unnest(?::int[]), unnest(?::bytea[]),
        unnest(?::bytea[])
      """;

  /** Inserts rows whose id is not there yet; returns the ids that were new. */
  static Set<UUID> insert(TenantTx tx, Origin origin, int format, List<Row> rows)
      throws SQLException {
    return new HashSet<>(
        bound(tx, INSERT + "on conflict do nothing returning evidence_id", origin, format, rows)
            .list(row -> row.getObject(1, UUID.class)));
  }

  /** Inserts rows none of whose ids is there; nobody else may be writing such rows meanwhile. */
  static void insertNew(TenantTx tx, Origin origin, int format, List<Row> rows)
      throws SQLException {
    bound(tx, INSERT, origin, format, rows).update();
  }

  private static Sql bound(
      TenantTx tx, String statement, Origin origin, int format, List<Row> rows) {
    int n = rows.size();
    UUID[] ids = new UUID[n];
    Integer[] revisions = new Integer[n];
    byte[][] macs = new byte[n][];
    byte[][] payloads = new byte[n][];
    for (int i = 0; i < n; i++) {
      Row row = rows.get(i);
      ids[i] = row.id();
      revisions[i] = row.revision();
      macs[i] = row.mac();
      payloads[i] = row.payload();
    }
    return tx.sql(statement)
        .bind(tx.tenant(), origin.holder(), origin.connection(), origin.leaf())
        .bind(origin.stream(), origin.partition(), format, origin.receivedAt())
        .bind((Object) ids)
        .bind((Object) revisions)
        .bind((Object) macs)
        .bind((Object) payloads);
  }

  /**
   * The rows between the first and the last of these ids, which tell the time; null when there are
   * many.
   */
  static @Nullable Set<UUID> near(TenantTx tx, long holder, Collection<UUID> ids)
      throws SQLException {
    List<UUID> near =
        tx.sql(
                """
                select evidence_id from evidence
                where tenant_id = ? and holder_id = ? and evidence_id between ? and ? limit ?
                """)
            .bind(tx.tenant(), holder, Ids.lowest(ids), Ids.highest(ids), NEAR)
            .list(row -> row.getObject(1, UUID.class));
    return near.size() == NEAR ? null : new HashSet<>(near);
  }

  /** Those ids that exist. */
  static Set<UUID> known(TenantTx tx, long holder, Collection<UUID> ids) throws SQLException {
    if (ids.isEmpty()) {
      return Set.of();
    }
    return new HashSet<>(
        tx.sql(
                """
                select e.evidence_id from unnest(?::uuid[]) as asked(id)
                cross join lateral (
                  select evidence_id from evidence
                  where tenant_id = ? and holder_id = ? and evidence_id = asked.id limit 1) e
                """)
            .bind((Object) ids.toArray(UUID[]::new))
            .bind(tx.tenant(), holder)
            .list(row -> row.getObject(1, UUID.class)));
  }

  /** Digests and payloads of those ids that exist. */
  static Map<UUID, Known> find(TenantTx tx, long holder, List<UUID> ids) throws SQLException {
    Map<UUID, Known> known = new HashMap<>();
    if (ids.isEmpty()) {
      return known;
    }
    tx.sql(
            """
            select evidence_id, content_mac, payload from evidence
            where tenant_id = ? and holder_id = ? and evidence_id = any(?::uuid[])
            """)
        .bind(tx.tenant(), holder)
        .bind((Object) ids.toArray(UUID[]::new))
        .list(row ->
            known.put(row.getObject(1, UUID.class), new Known(row.getBytes(2), row.getBytes(3))));
    return known;
  }

  /** One stored row; null when there is none. */
  static @Nullable Stored read(TenantTx tx, long holder, UUID id) throws SQLException {
    return tx.sql(
            """
            select evidence_id, connection_id, leaf_id, stream, partition, revision, payload,
              received_at
            from evidence where tenant_id = ? and holder_id = ? and evidence_id = ?
            """)
        .bind(tx.tenant(), holder, id)
        .first(row ->
            new Stored(
                row.getObject(1, UUID.class),
                row.getLong(2),
                row.getObject(3, UUID.class),
                row.getString(4),
                row.getString(5),
                row.getInt(6),
                row.getBytes(7),
                row.getObject(8, java.time.OffsetDateTime.class).toInstant()));
  }
}
