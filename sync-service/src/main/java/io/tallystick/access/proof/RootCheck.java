package io.tallystick.access.proof;

import io.tallystick.access.proof.Verdict.Finding;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds the tree of an export and compares its root wherever a trusted checkpoint ends, or one
 * that the same key signed. The more of them, the more narrowly a difference is placed.
 */
final class RootCheck {
  private final TrustedCheckpoints trusted;
  private final SignedNote.@Nullable Verifier verifier;
  private final List<Finding> findings = new ArrayList<>();
  private final List<String> unchecked = new ArrayList<>();
  private final CompactTree tree = new CompactTree();
  private boolean differs;
  private boolean lost;
  private long proved;
  private long checkpoints;

  /** A check; without a verifier only trusted checkpoints count. */
  RootCheck(TrustedCheckpoints trusted, SignedNote.@Nullable Verifier verifier) {
    this.trusted = trusted;
    this.verifier = verifier;
    compareTrusted();
  }

  /** Takes the hash over the next 2^level leaves, which begin at this position. */
  void append(int level, long position, byte[] hash) {
    if (lost || position != tree.size()) {
      lose(Math.min(position, tree.size()), "positions do not follow each other");
      return;
    }
    Long inside = trusted.bySize().higherKey(position);
    if (inside != null && inside < position + (1L << level)) {
      unchecked.add(
          "the root at the trusted size "
              + inside
              + " is not in this export; export with at="
              + inside);
    }
    tree.append(level, hash);
    compareTrusted();
  }

  /** Takes a checkpoint that the export says was signed at this size. */
  void checkpoint(long size, String text) {
    SignedNote note = SignedNote.parse(text);
    Checkpoint checkpoint = note == null ? null : Checkpoint.parse(note.text());
    if (note == null || checkpoint == null) {
      found(new Finding(proved, size - 1, "the checkpoint of size " + size + " is no checkpoint"));
    } else if (checkpoint.size() != size || size != tree.size()) {
      found(
          new Finding(
              proved,
              size - 1,
              "the checkpoint of size " + size + " was swapped for one of " + checkpoint.size()));
    } else if (verifier != null) {
      if (!note.signedBy(verifier) || !checkpoint.origin().equals(verifier.name())) {
        found(
            new Finding(
                proved, size - 1, "the checkpoint of size " + size + " is not signed by the key"));
      } else {
        checkpoints++;
        compare(checkpoint);
      }
    }
  }

  /** Says that the export ends; what trusted checkpoints cover beyond it is missing. */
  void end() {
    Long beyond = trusted.bySize().isEmpty() ? null : trusted.bySize().lastKey();
    if (beyond != null && beyond > tree.size() && !lost) {
      findings.add(
          Finding.at(
              tree.size(),
              "the log ends here, but a trusted checkpoint covers " + beyond + " leaves"));
    }
  }

  /** Notes that the order of positions is broken here; no root can be compared behind it. */
  void lose(long position, String why) {
    if (!lost) {
      findings.add(Finding.at(position, why));
    }
    lost = true;
  }

  /** How many positions were taken. */
  long size() {
    return tree.size();
  }

  /** How many checkpoints besides the trusted ones were compared. */
  long checkpoints() {
    return checkpoints;
  }

  /** What is not as it was signed. */
  List<Finding> findings() {
    return findings;
  }

  /** What could not be checked. */
  List<String> unchecked() {
    return unchecked;
  }

  private void compareTrusted() {
    Checkpoint checkpoint = trusted.bySize().get(tree.size());
    if (checkpoint != null) {
      compare(checkpoint);
    }
  }

  private void compare(Checkpoint checkpoint) {
    if (lost || differs) {
      return;
    }
    if (MessageDigest.isEqual(checkpoint.root(), tree.root())) {
      proved = checkpoint.size();
    } else {
      differs = true;
      findings.add(
          new Finding(
              proved,
              checkpoint.size() - 1,
              "the log is not the one that was signed at size " + checkpoint.size()));
    }
  }

  private void found(Finding finding) {
    if (!lost) {
      findings.add(finding);
    }
  }
}
