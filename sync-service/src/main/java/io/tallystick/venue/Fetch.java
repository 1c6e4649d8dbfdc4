package io.tallystick.venue;

import java.util.List;

/** What a good answer held for its stream. Every caller handles both. */
public sealed interface Fetch {
  /**
   * A page.
   *
   * @param next the position after it
   * @param drained true when the page proves that nothing more is there now
   */
  record Page(List<Raw> records, Bookmark next, boolean drained) implements Fetch {
    public Page {
      records = List.copyOf(records);
    }
  }

  /** Not in the documented shape as a whole; the bytes are kept and a gap is opened. */
  record Unreadable(String why) implements Fetch {}
}
