package io.tallystick.venue;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a stream has been read. Each kind carries a proof of completeness, so a fourth kind is a
 * decision, not a convenience.
 */
public sealed interface Bookmark {
  /**
   * Records come by ascending id: everything below {@code next} was read.
   *
   * @param resume where the next run begins, when some record before {@code next} may still change;
   *     null when none can
   */
  record AfterId(long next, @Nullable Long resume) implements Bookmark {}

  /**
   * Records come by time window and offset: everything before {@code from} was read; the window
   * reaches to {@code to} (null until it is frozen) and is read up to {@code offset}.
   *
   * @param resume the earliest record that may still change; null when none can
   */
  record Window(Instant from, @Nullable Instant to, int offset, @Nullable Instant resume)
      implements Bookmark {}

  /**
   * The whole is read at once, each time anew.
   *
   * @param seen a keyed digest of what was read last, kept by the engine; null before the first
   * @param soFar the pages read of a whole that takes several; held in memory only, so a run that
   *     is cut short begins the whole again
   */
  record Snapshot(@Nullable String seen, List<String> soFar) implements Bookmark {
    public Snapshot {
      soFar = List.copyOf(soFar);
    }

    /** Before the first page. */
    public Snapshot(@Nullable String seen) {
      this(seen, List.of());
    }
  }
}
