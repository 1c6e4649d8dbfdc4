package io.tallystick.access.proof;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of checking an exported log against checkpoints that were kept outside. */
public sealed interface Verdict {
  /** Everything that the trusted checkpoints cover is as it was signed. */
  record Verified(Seen seen) implements Verdict {}

  /** Something is not as it was signed; findings are never empty. */
  record Tampered(List<Finding> findings, Seen seen) implements Verdict {
    /** The finding that names the first bad position most narrowly. */
    public Finding first() {
      return findings.stream()
          .min(
              Comparator.comparingLong(Finding::to)
                  .thenComparing(Comparator.comparingLong(Finding::from).reversed()))
          .orElseThrow();
    }
  }

  /** Nothing contradicts, but a part could not be checked: that is not the same as valid. */
  record Unchecked(List<String> why, Seen seen) implements Verdict {}

  /**
   * Something is wrong at one of these positions, both included.
   *
   * @param what a sentence
   */
  record Finding(long from, long to, String what) {
    public static Finding at(long position, String what) {
      return new Finding(position, position, what);
    }

    /** The positions as text. */
    public String where() {
      return from >= to ? "position " + to : "between positions " + from + " and " + to;
    }
  }

  /**
   * What was looked at.
   *
   * @param scope whose leaves the export is of; null when it does not say
   * @param size how many positions the export has
   * @param leaves how many of them are leaves of its tenant or holder
   * @param covered the size of the largest trusted checkpoint that was checked
   * @param counted whether a trusted checkpoint says how many leaves there must be
   * @param checkpoints how many further signed checkpoints were checked on the way
   * @param unsealed leaves that had no position yet; nothing is claimed about them
   * @param remarks evidence that proves nothing by itself
   */
  record Seen(
      Export.@Nullable Scope scope,
      long size,
      long leaves,
      long covered,
      boolean counted,
      long checkpoints,
      long unsealed,
      List<String> remarks) {}
}
