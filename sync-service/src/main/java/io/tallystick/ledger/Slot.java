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

  boolean moved() {
    return rank.startsWith(MOVED);
  }
}
