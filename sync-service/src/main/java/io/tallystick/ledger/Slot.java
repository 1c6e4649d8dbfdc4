package io.tallystick.ledger;

import java.util.UUID;

/**
 * The current revision of a stored entry, as far as matching needs it.
 *
 * @param rank the canonical order among equals; begins with {@link #MOVED} when a correction
 *     changed the facts, so that the id no longer tells what is in the slot
 */
record Slot(UUID id, int revision, UUID evidence, String rank) {
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

  boolean moved() {
    return rank.startsWith(MOVED);
  }

  /** Whether no record that the venue's own list tells whole is in it: one may take it over. */
  boolean exported() {
    return rank.startsWith(EXPORTED);
  }

  /** Whether a record of the venue is in it that tells less than a file would. */
  boolean inPart() {
    return rank.startsWith(IN_PART);
  }

  boolean free() {
    return rank.startsWith(FREE);
  }
}
