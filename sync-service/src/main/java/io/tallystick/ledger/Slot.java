package io.tallystick.ledger;

import java.util.UUID;

/**
 * The current revision of a stored entry, as far as matching needs it.
 *
 * @param rank the canonical order among equals; begins with {@link #MOVED} when a correction
 *     changed the facts, so that the id no longer tells what is in the slot
 * @param gone whether the record that told it was erased while the books stayed: then nobody can
 *     tell any more whether what comes is that record again, and it is taken for it
 */
record Slot(UUID id, int revision, UUID evidence, String rank, boolean gone) {
  static final String MOVED = "!";

  /** Behind the ranks of all records that the venue itself gave an id: rows of export files. */
  static final String EXPORTED = "~";

  /**
   * Records of the venue that tell an event in part: behind rows of files that tell it whole, and
   * before nothing.
   */
  static final String IN_PART = EXPORTED + "p";

  /** An entry that was taken back: the slot is there for the next equal. */
  static final String FREE = EXPORTED + "~";

  /** What a planned revision will have stored. */
  static Slot of(Planned plan) {
    return new Slot(plan.id(), plan.revision(), plan.booking().evidence(), plan.rank(), false);
  }

  boolean moved() {
    return rank.startsWith(MOVED);
  }

  /** Whether no record that the venue's own list tells whole is in it: one may take it over. */
  boolean exported() {
    return rank.startsWith(EXPORTED);
  }

  /** Whether a record of the venue's own list takes it over, if it tells the same. */
  boolean open() {
    return exported() || gone;
  }

  /** Whether a row of a file, or a record that tells less than one, is in it. */
  boolean linked() {
    return exported() && !free();
  }

  /** Whether a record of the venue is in it that tells less than a file would. */
  boolean inPart() {
    return rank.startsWith(IN_PART);
  }

  boolean free() {
    return rank.startsWith(FREE);
  }
}
