package io.tallystick.access.proof;

import io.tallystick.access.proof.LeafHeader.Reading;
import io.tallystick.kernel.PublicIds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A leaf of the log with what shows that it stands under a signed checkpoint, for whoever keeps it
 * with what it is about.
 *
 * @param leaf its public id
 * @param tenantNumber how many leaves of the tenant came before
 * @param holderNumber how many of the holder
 * @param header the framed header
 * @param path the hashes beside the way to the root
 */
public record LeafProof(
    String leaf,
    long position,
    long tenantNumber,
    long holderNumber,
    byte[] header,
    List<byte[]> path) {

  public LeafProof {
    path = List.copyOf(path);
  }

  /**
   * Leaves under one checkpoint.
   *
   * @param verifier the log's key as the service tells it; who trusts it knows it from elsewhere
   * @param checkpoint the signed note; empty when none of the leaves is sealed
   * @param unsealed leaves that have no position yet
   * @param leftOut how many leaves there are beside
   */
  public record Bundle(
      String verifier,
      String checkpoint,
      List<LeafProof> leaves,
      List<String> unsealed,
      int leftOut) {
    public Bundle {
      leaves = List.copyOf(leaves);
      unsealed = List.copyOf(unsealed);
    }
  }

  /**
   * What is wrong with a bundle; empty when nothing is.
   *
   * @param holder whose leaves they must be
   * @param trusted the keys that may have signed; null takes the key that the bundle names
   */
  public static List<String> check(Bundle bundle, long holder, @Nullable Set<String> trusted) {
    List<String> faults = new ArrayList<>();
    if (bundle.leaves().isEmpty()) {
      return faults;
    }
    SignedNote note = SignedNote.parse(bundle.checkpoint());
    SignedNote.Verifier verifier = SignedNote.Verifier.parse(bundle.verifier());
    Checkpoint checkpoint = note == null ? null : Checkpoint.parse(note.text());
    if (note == null || verifier == null || checkpoint == null) {
      return List.of("the checkpoint or the key cannot be read");
    }
    if (trusted != null && !trusted.contains(bundle.verifier())) {
      faults.add("the key is not one that you trust");
    }
    if (!note.signedBy(verifier) || !checkpoint.origin().equals(verifier.name())) {
      faults.add("the checkpoint is not signed by the key");
    }
    Set<String> seen = new HashSet<>();
    for (LeafProof one : bundle.leaves()) {
      if (!seen.add(one.leaf())) {
        faults.add(one.leaf() + " is there twice");
      }
      String fault = one.fault(checkpoint, holder);
      if (fault != null) {
        faults.add(one.leaf() + ": " + fault);
      }
    }
    return faults;
  }

  private @Nullable String fault(Checkpoint checkpoint, long ofHolder) {
    byte[] hash = MerkleTree.leafHash(LeafHeader.content(tenantNumber, holderNumber, header));
    if (!MerkleTree.includes(checkpoint.root(), checkpoint.size(), position, hash, path)) {
      return "is not in the log that the checkpoint signs";
    }
    return switch (LeafHeader.read(header)) {
      case Reading.Malformed _ -> "has no header";
      case Reading.UnknownVersion _ -> "has a header of a version that is not known here";
      case Reading.Header known ->
          known.holder() == ofHolder && PublicIds.leaf(ofHolder, known.id()).equals(leaf)
              ? null
              : "is another leaf";
    };
  }

  /** The kind of act that the header tells; empty when it cannot be read. */
  public String kind() {
    return LeafHeader.read(header) instanceof Reading.Header known ? known.kind() : "";
  }

  /** The leaf's key, as the header tells it; null when it cannot be read. */
  public @Nullable UUID id() {
    return LeafHeader.read(header) instanceof Reading.Header known ? known.id() : null;
  }
}
