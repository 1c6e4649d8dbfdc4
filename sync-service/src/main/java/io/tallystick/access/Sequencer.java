package io.tallystick.access;

import io.tallystick.tenancy.SequencerTx;
import io.tallystick.tenancy.TenantTx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Gives waiting leaves their positions, one transaction a batch, one writer at a time. Whatever is
 * committed waits, and what waits is found by that alone, never by comparing times: a transaction
 * that commits late is taken up late. A batch is whole or never was, so it may be killed anywhere.
 */
final class Sequencer {
  private Sequencer() {}

  /** What a round did. */
  sealed interface Round {
    /** Another process is at it. */
    record Busy() implements Round {}

    /**
     * Positions were given.
     *
     * @param more whether others wait already
     * @param vanished leaves whose row is gone although they wait: somebody removed it
     */
    record Placed(int leaves, boolean more, int vanished) implements Round {}
  }

  private record Waiting(long tenant, long holder, UUID leaf) {}

  /** A leaf with its place among the tenant's and the holder's. */
  private record Numbered(long holder, UUID leaf, long position, long ofTenant, long ofHolder) {}

  /** The instant of the leaf that waits longest, to the second; null when none waits. */
  static @Nullable Instant oldest(SequencerTx tx) throws SQLException {
    // A leaf's id begins with its second, so the waiting rows need no time of their own.
    return tx.sql(
            """
            select leaf_id from leaf_position where position is null order by arrival limit 1
            """)
        .first(row -> second(row.getObject(1, UUID.class)));
  }

  /** Gives at most {@code limit} leaves their positions, in order of arrival. */
  static Round round(SequencerTx tx, int limit) throws SQLException {
    LogTree tree = new LogTree(tx::sql);
    if (!tree.tryLock()) {
      return new Round.Busy();
    }
    List<Waiting> waiting =
        tx.sql(
                """
                select tenant_id, holder_id, leaf_id from leaf_position
                where position is null order by arrival limit ?
                """)
            .bind(limit)
            .list(row -> new Waiting(row.getLong(1), row.getLong(2), row.getObject(3, UUID.class)));
    if (waiting.isEmpty()) {
      return new Round.Placed(0, false, 0);
    }
    Map<Waiting, byte[]> headers = new HashMap<>();
    Map<Long, List<Waiting>> byTenant = new LinkedHashMap<>();
    waiting.forEach(
        leaf -> byTenant.computeIfAbsent(leaf.tenant(), t -> new ArrayList<>()).add(leaf));
    for (Map.Entry<Long, List<Waiting>> tenant : byTenant.entrySet()) {
      headers(tx.as(tenant.getKey()), tenant.getValue(), headers);
    }
    List<Waiting> placed = waiting.stream().filter(headers::containsKey).toList();
    place(tx, tree, placed, headers);
    return new Round.Placed(placed.size(), waiting.size() == limit, waiting.size() - placed.size());
  }

  private static void place(
      SequencerTx tx, LogTree tree, List<Waiting> placed, Map<Waiting, byte[]> headers)
      throws SQLException {
    long first = tree.size();
    Map<Long, Map<Waiting, Long>> byTenant = new LinkedHashMap<>();
    for (int i = 0; i < placed.size(); i++) {
      Waiting leaf = placed.get(i);
      byTenant.computeIfAbsent(leaf.tenant(), t -> new LinkedHashMap<>()).put(leaf, first + i);
    }
    byte[][] hashes = new byte[placed.size()][];
    for (Map.Entry<Long, Map<Waiting, Long>> tenant : byTenant.entrySet()) {
      TenantTx as = tx.as(tenant.getKey());
      List<Numbered> numbered = number(as, tenant.getValue());
      for (Numbered leaf : numbered) {
        byte[] header =
            Objects.requireNonNull(
                headers.get(new Waiting(as.tenant(), leaf.holder(), leaf.leaf())));
        hashes[(int) (leaf.position() - first)] =
            MerkleTree.leafHash(LeafFormat.content(leaf.ofTenant(), leaf.ofHolder(), header));
      }
      mark(as, numbered);
    }
    if (hashes.length > 0) {
      tree.append(first, List.of(hashes));
    }
  }

  private static void headers(TenantTx tx, List<Waiting> leaves, Map<Waiting, byte[]> into)
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

  private static List<Numbered> number(TenantTx tx, Map<Waiting, Long> leaves) throws SQLException {
    Map<Long, Long> ofHolder =
        LogStore.leavesOfEach(
            tx, leaves.keySet().stream().map(Waiting::holder).distinct().toArray(Long[]::new));
    long ofTenant = LogStore.leavesOf(tx, null, Long.MAX_VALUE);
    List<Numbered> numbered = new ArrayList<>();
    for (Map.Entry<Waiting, Long> leaf : leaves.entrySet()) {
      long holder = leaf.getKey().holder();
      long before = ofHolder.getOrDefault(holder, 0L);
      numbered.add(new Numbered(holder, leaf.getKey().leaf(), leaf.getValue(), ofTenant, before));
      ofHolder.put(holder, before + 1);
      ofTenant++;
    }
    return numbered;
  }

  private static void mark(TenantTx tx, List<Numbered> leaves) throws SQLException {
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
