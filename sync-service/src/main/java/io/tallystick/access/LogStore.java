package io.tallystick.access;

import io.tallystick.access.proof.Checkpoint;
import io.tallystick.tenancy.Sql;
import io.tallystick.tenancy.TenantTx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of what is read of the sealed log: checkpoints, and a tenant's leaves by position. */
final class LogStore {
  private LogStore() {}

  /** A signed checkpoint as it is stored. */
  record Stored(long size, byte[] root, String note, Instant signedAt) {}

  /** Where a leaf stands; null numbers while it waits. */
  record Place(@Nullable Long position, @Nullable Long tenantNumber, @Nullable Long holderNumber) {}

  /** A sealed leaf as the database has it; null where its row is gone. */
  record Sealed(
      long position,
      long tenantNumber,
      long holderNumber,
      long holder,
      UUID id,
      byte @Nullable [] header,
      byte @Nullable [] bodyDigest,
      @Nullable Instant at,
      @Nullable String kind,
      @Nullable Long consent,
      @Nullable Long connection,
      @Nullable Long client) {}

  /** The newest checkpoint of the log of this name; null before the first. */
  static @Nullable Stored newest(TreeStore.Statements statements, String origin)
      throws SQLException {
    return statements
        .sql(
            """
            select size, root, note, signed_at from log_checkpoint where origin = ?
            order by size desc limit 1
            """)
        .bind(origin)
        .first(LogStore::stored);
  }

  /** Checkpoints of the log of this name over more than so many leaves, in order. */
  static List<Stored> after(TreeStore.Statements statements, String origin, long size, int limit)
      throws SQLException {
    return statements
        .sql(
            """
            select size, root, note, signed_at from log_checkpoint where origin = ? and size > ?
            order by size limit ?
            """)
        .bind(origin, size, limit)
        .list(LogStore::stored);
  }

  /** Keeps a checkpoint, unless its log has one of its size. */
  static void keep(TreeStore.Statements statements, Checkpoint checkpoint, String note)
      throws SQLException {
    statements
        .sql(
            """
            insert into log_checkpoint (size, root, note, signed_at)
            values (?, ?, ?, clock_timestamp()) on conflict do nothing
            """)
        .bind(checkpoint.size(), checkpoint.root(), note)
        .update();
  }

  /** For each position the checkpoint that first covered it, up to a size; in order, once each. */
  static List<Stored> covering(
      TreeStore.Statements statements, String origin, Long[] positions, long size)
      throws SQLException {
    return statements
        .sql(
            """
            select distinct c.size, c.root, c.note, c.signed_at
            from unnest(?::bigint[]) as p(position)
            cross join lateral (
              select size, root, note, signed_at from log_checkpoint
              where origin = ? and size > p.position order by size limit 1) c
            where c.size <= ?
            order by c.size
            """)
        .bind((Object) positions)
        .bind(origin, size)
        .list(LogStore::stored);
  }

  /** How many leaves of the tenant (of one holder, if given) stand before this position. */
  static long leavesOf(TenantTx tx, @Nullable Long holder, long before) throws SQLException {
    Sql query =
        holder == null
            ? tx.sql(
                    """
                    select tenant_number + 1 from leaf_position
                    where tenant_id = ? and position < ? order by position desc limit 1
                    """)
                .bind(tx.tenant(), before)
            : tx.sql(
                    """
                    select holder_number + 1 from leaf_position
                    where tenant_id = ? and holder_id = ? and position < ?
                    order by position desc limit 1
                    """)
                .bind(tx.tenant(), holder, before);
    Long number = query.first(row -> row.getLong(1));
    return number == null ? 0 : number;
  }

  /** How many leaves each of these holders has; one who has none may be left out. */
  static Map<Long, Long> leavesOfEach(TenantTx tx, Long[] holders) throws SQLException {
    Map<Long, Long> leaves = new HashMap<>();
    tx.sql(
            """
            select h.holder_id, n.leaves
            from unnest(?::bigint[]) as h(holder_id)
            cross join lateral (
              select holder_number + 1 as leaves from leaf_position
              where tenant_id = ? and holder_id = h.holder_id and position is not null
              order by position desc limit 1) n
            """)
        .bind((Object) holders)
        .bind(tx.tenant())
        .list(row -> leaves.put(row.getLong(1), row.getLong(2)));
    return leaves;
  }

  /** Where a leaf of the tenant stands; null when there is no such leaf. */
  static @Nullable Place place(TenantTx tx, long holder, UUID leaf) throws SQLException {
    return tx.sql(
            """
            select position, tenant_number, holder_number from leaf_position
            where tenant_id = ? and holder_id = ? and leaf_id = ?
            """)
        .bind(tx.tenant(), holder, leaf)
        .first(row ->
            new Place(
                row.getObject(1, Long.class),
                row.getObject(2, Long.class),
                row.getObject(3, Long.class)));
  }

  /** How many leaves of the tenant (of one holder, if given) have no position yet. */
  static long waiting(TenantTx tx, @Nullable Long holder) throws SQLException {
    return Objects.requireNonNull(
        tx.sql(
                """
                select count(*) from leaf_position
                where tenant_id = ? and (?::bigint is null or holder_id = ?::bigint)
                  and position is null
                """)
            .bind(tx.tenant(), holder, holder)
            .first(row -> row.getLong(1)));
  }

  /** Sealed leaves of the tenant (of one holder, if given), by position, from one to another. */
  static List<Sealed> sealed(TenantTx tx, @Nullable Long holder, long from, long to, int limit)
      throws SQLException {
    return tx.sql(
            """
            select p.position, p.tenant_number, p.holder_number, p.holder_id, p.leaf_id, l.header,
              sha256(l.body), l.recorded_at, l.kind, l.consent_id, l.connection_id, l.client_id
            from (
              select * from leaf_position
              where tenant_id = ? and (?::bigint is null or holder_id = ?::bigint)
                and position >= ? and position < ?
              order by position limit ?) p
            left join access_leaf l on l.tenant_id = p.tenant_id and l.holder_id = p.holder_id
              and l.leaf_id = p.leaf_id
            order by p.position
            """)
        .bind(tx.tenant(), holder, holder, from, to, limit)
        .list(LogStore::sealed);
  }

  /** Those of these leaves of a holder that are sealed, by position. */
  static List<Sealed> sealed(TenantTx tx, long holder, Collection<UUID> leaves)
      throws SQLException {
    return tx.sql(
            """
            select p.position, p.tenant_number, p.holder_number, p.holder_id, p.leaf_id, l.header,
              null::bytea, l.recorded_at, l.kind, l.consent_id, l.connection_id, l.client_id
            from leaf_position p
            join access_leaf l on l.tenant_id = p.tenant_id and l.holder_id = p.holder_id
              and l.leaf_id = p.leaf_id
            where p.tenant_id = ? and p.holder_id = ? and p.leaf_id = any(?::uuid[])
              and p.position is not null
            order by p.position
            """)
        .bind(tx.tenant(), holder)
        .bind((Object) leaves.toArray(UUID[]::new))
        .list(LogStore::sealed);
  }

  /** The leaves of steps of consents that were taken by an instant, in order of time. */
  static List<UUID> steps(TenantTx tx, long holder, Collection<Long> consents, Instant until)
      throws SQLException {
    return tx.sql(
            """
            select leaf_id from access_leaf
            where tenant_id = ? and holder_id = ? and consent_id = any(?::bigint[])
              and kind like 'consent.%' and recorded_at <= ?
            order by recorded_at, leaf_id
            """)
        .bind(tx.tenant(), holder)
        .bind((Object) consents.toArray(Long[]::new))
        .bind(until)
        .list(row -> row.getObject(1, UUID.class));
  }

  /** Under which consents each of these connections was by an instant, as the log tells it. */
  static Map<Long, Set<Long>> consents(
      TenantTx tx, long holder, Collection<Long> connections, Instant until) throws SQLException {
    Map<Long, Set<Long>> consents = new HashMap<>();
    tx.sql(
            """
            select distinct connection_id, consent_id from access_leaf
            where tenant_id = ? and holder_id = ? and connection_id = any(?::bigint[])
              and consent_id is not null and recorded_at <= ?
              and kind in ('connection.created', 'connection.changed', 'pull')
            """)
        .bind(tx.tenant(), holder)
        .bind((Object) connections.toArray(Long[]::new))
        .bind(until)
        .list(row ->
            consents.computeIfAbsent(row.getLong(1), none -> new TreeSet<>()).add(row.getLong(2)));
    return consents;
  }

  private static Sealed sealed(java.sql.ResultSet row) throws SQLException {
    return new Sealed(
        row.getLong(1),
        row.getLong(2),
        row.getLong(3),
        row.getLong(4),
        row.getObject(5, UUID.class),
        row.getBytes(6),
        row.getBytes(7),
        Sql.instant(row, "recorded_at"),
        row.getString(9),
        row.getObject(10, Long.class),
        row.getObject(11, Long.class),
        row.getObject(12, Long.class));
  }

  private static Stored stored(java.sql.ResultSet row) throws SQLException {
    return new Stored(
        row.getLong("size"),
        row.getBytes("root"),
        row.getString("note"),
        Objects.requireNonNull(Sql.instant(row, "signed_at")));
  }
}
