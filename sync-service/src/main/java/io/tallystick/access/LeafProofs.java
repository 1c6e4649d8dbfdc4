package io.tallystick.access;

import io.tallystick.access.proof.LeafProof;
import io.tallystick.access.proof.MerkleTree;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.TenantTx;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Proves single leaves of a holder, for what is kept elsewhere. Under the first checkpoint that
 * covers all of them, so that the same leaves have the same proofs for good.
 */
@ApplicationScoped
public class LeafProofs {
  private final Sealing sealing;

  LeafProofs(Sealing sealing) {
    this.sealing = sealing;
  }

  /**
   * The proofs of leaves.
   *
   * @param leftOut how many others the caller leaves out, which is said
   */
  public LeafProof.Bundle of(TenantTx tx, long holder, Collection<UUID> leaves, int leftOut)
      throws SQLException {
    List<LogStore.Sealed> sealed = LogStore.sealed(tx, holder, leaves);
    Set<UUID> waiting = new HashSet<>(leaves);
    sealed.forEach(one -> waiting.remove(one.id()));
    List<LogStore.Stored> covering =
        sealed.isEmpty()
            ? List.of()
            : LogStore.covering(
                tx::sql,
                sealing.signer().verifier().name(),
                new Long[] {sealed.getLast().position()},
                Long.MAX_VALUE);
    if (covering.isEmpty()) {
      sealed.forEach(one -> waiting.add(one.id()));
      sealed = List.of();
    }
    TreeStore tree = new TreeStore(tx::sql);
    List<LeafProof> proofs = new ArrayList<>();
    for (LogStore.Sealed one : sealed) {
      byte[] header = one.header();
      if (header != null) {
        proofs.add(
            new LeafProof(
                PublicIds.leaf(holder, one.id()),
                one.position(),
                one.tenantNumber(),
                one.holderNumber(),
                header,
                MerkleTree.inclusion(one.position(), covering.getFirst().size(), tree)));
      }
    }
    return new LeafProof.Bundle(
        sealing.signer().verifier().text(),
        covering.isEmpty() ? "" : covering.getFirst().note(),
        proofs,
        waiting.stream().map(one -> PublicIds.leaf(holder, one)).sorted().toList(),
        leftOut);
  }

  /** The consents under which each of these connections was made, moved and read by an instant. */
  public Map<Long, Set<Long>> consents(
      TenantTx tx, long holder, Collection<Long> connections, Instant until) throws SQLException {
    return LogStore.consents(tx, holder, connections, until);
  }

  /** The leaves of steps of consents that were taken by an instant. */
  public List<UUID> steps(TenantTx tx, long holder, Collection<Long> consents, Instant until)
      throws SQLException {
    return LogStore.steps(tx, holder, consents, until);
  }
}
