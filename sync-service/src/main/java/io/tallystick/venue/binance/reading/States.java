package io.tallystick.venue.binance.reading;

import io.tallystick.ledger.EntryState;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A venue's words for how far an event has come. A word that is in none of the sets is unknown: it
 * may mean anything, and may still change.
 *
 * @param settled words that say that it moved what it moves
 * @param pending words that say that it may still do so
 * @param failed words that say that it never will
 */
public record States(Set<String> settled, Set<String> pending, Set<String> failed) {
  /** Keeps the words. */
  public States {
    settled = Set.copyOf(settled);
    pending = Set.copyOf(pending);
    failed = Set.copyOf(failed);
  }

  /** What the word means, in whatever case; null for one that nobody documented. */
  public @Nullable EntryState of(String word) {
    String upper = word.toUpperCase(Locale.ROOT);
    if (settled.contains(upper)) {
      return EntryState.SETTLED;
    }
    if (pending.contains(upper)) {
      return EntryState.PENDING;
    }
    return failed.contains(upper) ? EntryState.FAILED : null;
  }

  /** Whether an event with this word may still become another. */
  public boolean mayChange(String word) {
    EntryState state = of(word);
    return state == null || state == EntryState.PENDING;
  }
}
