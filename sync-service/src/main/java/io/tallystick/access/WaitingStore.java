package io.tallystick.access;

import io.tallystick.tenancy.SequencerTx;
import io.tallystick.tenancy.TenantTx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of leaves that wait for a position, from when they are written. */
final class WaitingStore {
  private WaitingStore() {}

  /** A leaf as it is kept. */
  record Row(UUID id, Instant at, Leaf leaf, byte[] header, byte[] body) {}

  /** Writes one; one of this id that is there stays as it is. */
  static void insert(TenantTx tx, Row row) throws SQLException {
    Leaf leaf = row.leaf();
    tx.sql(
            """
            with written as (
              insert into access_leaf (tenant_id, holder_id, leaf_id, recorded_at, kind, consent_id,
                connection_id, client_id, version, header, body)
              values (?, ?, ?, ?, ?, ?::bigint, ?::bigint, ?::bigint, ?, ?, ?)
              on conflict do nothing
              returning tenant_id, holder_id, leaf_id)
            insert into leaf_position (tenant_id, holder_id, leaf_id)
            select tenant_id, holder_id, leaf_id from written
            on conflict do nothing
            """)
        .bind(tx.tenant(), leaf.holder(), row.id(), row.at(), leaf.kind().code())
        .bind(leaf.consent(), leaf.connection(), leaf.client(), LeafFormat.VERSION)
        .bind(row.header(), row.body())
        .update();
  }

  /** Writes new ones in their order, at once: a page may show a thousand people. */
  static void insert(TenantTx tx, List<Row> rows) throws SQLException {
    tx.sql(
            """
            with written as (
              insert into access_leaf (tenant_id, holder_id, leaf_id, recorded_at, kind, consent_id,
                connection_id, client_id, version, header, body)
              select ?::bigint, holder, id, at, kind, consent, connection, client, ?, header, body
              from unnest(?::bigint[], ?::uuid[], ?::timestamptz[], ?::text[], ?::bigint[],
                  ?::bigint[], ?::bigint[], ?::bytea[], ?::bytea[])
                with ordinality as l(holder, id, at, kind, consent, connection, client, header, body, n)
              order by n
              returning tenant_id, holder_id, leaf_id)
            insert into leaf_position (tenant_id, holder_id, leaf_id)
            select tenant_id, holder_id, leaf_id from written
            """)
        .bind(tx.tenant(), LeafFormat.VERSION)
        .bind((Object) rows.stream().map(row -> row.leaf().holder()).toArray(Long[]::new))
        .bind((Object) rows.stream().map(Row::id).toArray(UUID[]::new))
        .bind((Object) rows.stream().map(Row::at).toArray(Instant[]::new))
        .bind((Object) rows.stream().map(row -> row.leaf().kind().code()).toArray(String[]::new))
        .bind((Object) rows.stream().map(row -> row.leaf().consent()).toArray(Long[]::new))
        .bind((Object) rows.stream().map(row -> row.leaf().connection()).toArray(Long[]::new))
        .bind((Object) rows.stream().map(row -> row.leaf().client()).toArray(Long[]::new))
        .bind((Object) rows.stream().map(Row::header).toArray(byte[][]::new))
        .bind((Object) rows.stream().map(Row::body).toArray(byte[][]::new))
        .update();
  }

  /** A leaf that waits. */
  record Waiting(long tenant, long holder, UUID leaf) {}

  /** A leaf with its place among the tenant's and the holder's. */
  record Numbered(long holder, UUID leaf, long position, long ofTenant, long ofHolder) {}

  /** The instant of the leaf that waits longest, to the second; null when none waits. */
  static @Nullable Instant oldest(SequencerTx tx) throws SQLException {
    // A leaf's id begins with its second, so the waiting rows need no time of their own.
    return tx.sql(
            """
            select leaf_id from leaf_position where position is null order by arrival limit 1
            """)
        .first(row -> second(row.getObject(1, UUID.class)));
  }

  /** Those that wait longest, of any tenant, in order of arrival. */
  static List<Waiting> waiting(SequencerTx tx, int limit) throws SQLException {
    return tx.sql(
            """
            select tenant_id, holder_id, leaf_id from leaf_position
            where position is null order by arrival limit ?
            """)
        .bind(limit)
        .list(row -> new Waiting(row.getLong(1), row.getLong(2), row.getObject(3, UUID.class)));
  }

  /** Adds the headers of these leaves of the tenant; one whose row is gone is left out. */
  static void headers(TenantTx tx, List<Waiting> leaves, Map<Waiting, byte[]> into)
      throws SQLException {
    tx.sql(
            """
            select l.holder_id, l.leaf_id, l.header
            from unnest(?::bigint[], ?::uuid[]) as w(holder_id, leaf_id)
            join access_leaf l on l.tenant_id = ? and l.holder_id = w.holder_id
              and l.leaf_id = w.leaf_id
            """)
        .bind((Object) leaves.stream().map(Waiting::holder).toArray(Long[]::new))
        .bind((Object) leaves.stream().map(Waiting::leaf).toArray(UUID[]::new))
        .bind(tx.tenant())
        .list(row ->
            into.put(
                new Waiting(tx.tenant(), row.getLong(1), row.getObject(2, UUID.class)),
                row.getBytes(3)));
  }

  /** Gives leaves of the tenant their places; one that has a place keeps it. */
  static void mark(TenantTx tx, List<Numbered> leaves) throws SQLException {
    tx.sql(
            """
            update leaf_position p
            set position = n.position, tenant_number = n.of_tenant, holder_number = n.of_holder
            from unnest(?::bigint[], ?::uuid[], ?::bigint[], ?::bigint[], ?::bigint[])
              as n(holder_id, leaf_id, position, of_tenant, of_holder)
            where p.tenant_id = ? and p.holder_id = n.holder_id and p.leaf_id = n.leaf_id
              and p.position is null
            """)
        .bind((Object) leaves.stream().map(Numbered::holder).toArray(Long[]::new))
        .bind((Object) leaves.stream().map(Numbered::leaf).toArray(UUID[]::new))
        .bind((Object) leaves.stream().map(Numbered::position).toArray(Long[]::new))
        .bind((Object) leaves.stream().map(Numbered::ofTenant).toArray(Long[]::new))
        .bind((Object) leaves.stream().map(Numbered::ofHolder).toArray(Long[]::new))
        .bind(tx.tenant())
        .update();
  }

  private static Instant second(UUID id) {
    return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
  }
}
