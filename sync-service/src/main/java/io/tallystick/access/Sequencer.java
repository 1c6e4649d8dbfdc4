package io.tallystick.access;

import io.tallystick.access.WaitingStore.Numbered;
import io.tallystick.access.WaitingStore.Waiting;
import io.tallystick.access.proof.LeafHeader;
import io.tallystick.access.proof.MerkleTree;
import io.tallystick.tenancy.SequencerTx;
import io.tallystick.tenancy.TenantTx;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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

  /** Gives at most {@code limit} leaves their positions, in order of arrival. */
  static Round round(SequencerTx tx, int limit) throws SQLException {
    TreeStore tree = new TreeStore(tx::sql);
    if (!tx.tryLock(TreeStore.LOCK)) {
      return new Round.Busy();
    }
    List<Waiting> waiting = WaitingStore.waiting(tx, limit);
    if (waiting.isEmpty()) {
      return new Round.Placed(0, false, 0);
    }
    Map<Waiting, byte[]> headers = new HashMap<>();
    Map<Long, List<Waiting>> byTenant = new LinkedHashMap<>();
    waiting.forEach(
        leaf -> byTenant.computeIfAbsent(leaf.tenant(), t -> new ArrayList<>()).add(leaf));
    for (Map.Entry<Long, List<Waiting>> tenant : byTenant.entrySet()) {
      WaitingStore.headers(tx.as(tenant.getKey()), tenant.getValue(), headers);
    }
    List<Waiting> placed = waiting.stream().filter(headers::containsKey).toList();
    place(tx, tree, placed, headers);
    return new Round.Placed(placed.size(), waiting.size() == limit, waiting.size() - placed.size());
  }

  private static void place(
      SequencerTx tx, TreeStore tree, List<Waiting> placed, Map<Waiting, byte[]> headers)
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
            MerkleTree.leafHash(LeafHeader.content(leaf.ofTenant(), leaf.ofHolder(), header));
      }
      WaitingStore.mark(as, numbered);
    }
    if (hashes.length > 0) {
      tree.append(first, List.of(hashes));
    }
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
}
