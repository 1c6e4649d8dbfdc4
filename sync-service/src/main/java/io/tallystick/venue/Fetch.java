package io.tallystick.venue;

import java.time.Instant;
import java.util.List;

/** What a good answer held for its stream. Every caller handles both. */
public sealed interface Fetch {
  /**
   * A page.
   *
   * @param next the position after it
   * @param drained true when the page proves that nothing more is there now
   * @param lost what the page proves that the venue will never tell; each becomes a gap that only
   *     another source closes
   */
  record Page(List<Raw> records, Bookmark next, boolean drained, List<Lost> lost) implements Fetch {
    public Page {
      records = List.copyOf(records);
      lost = List.copyOf(lost);
    }

    /** A page that proves nothing lost. */
    public Page(List<Raw> records, Bookmark next, boolean drained) {
      this(records, next, drained, List.of());
    }
  }

  /**
   * A period that cannot be read.
   *
   * @param from its first instant
   * @param to its last instant
   */
  record Lost(Loss why, Instant from, Instant to) {}

  /** Why a period cannot be read. */
  enum Loss {
    /** More happened in the smallest window than the venue shows at once. */
    SATURATED,
    /** The venue no longer tells it. */
    FORGOTTEN
  }

  /** Not in the documented shape as a whole; the bytes are kept and a gap is opened. */
  record Unreadable(String why) implements Fetch {}
}
