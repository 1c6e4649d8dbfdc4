package io.tallystick.live;

import io.tallystick.egress.Line;
import io.tallystick.venue.Live;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The line that another has followed. Anything that comes over it after that shows that nothing
 * fell between the two; until then it may have been dead for long, which nobody is told. Used by
 * one thread.
 */
final class Former {
  private static final Duration OVERLAP = Duration.ofSeconds(5);

  private final Live live;
  private @Nullable Line line;
  private Instant since = Instant.EPOCH;

  Former(Live live) {
    this.live = live;
  }

  /**
   * This one is followed now.
   *
   * @return whether something may not have been heard when the one before it was
   */
  boolean followed(Line by, Instant now) {
    boolean missed = end();
    line = by;
    since = now;
    return missed;
  }

  /**
   * Closes it when it is sure, or will never be; to be called again and again.
   *
   * @return whether something may not have been heard
   */
  boolean look(Instant now) {
    Line old = line;
    if (old == null) {
      return false;
    }
    if (isWhole(old)) {
      return now.isAfter(since.plus(OVERLAP)) && end();
    }
    boolean dead = Duration.between(old.lastSign(), now).compareTo(live.silence()) > 0;
    if (dead) {
      old.closeAsDead();
    }
    return dead && end();
  }

  /** The same when this line is over: one that is not followed yet is none of ours. */
  boolean lost(Line ended) {
    return ended.equals(line) && end();
  }

  /** Closes it, and tells whether something may not have been heard. */
  boolean end() {
    Line old = line;
    line = null;
    if (old == null) {
      return false;
    }
    old.close();
    return !isWhole(old);
  }

  private boolean isWhole(Line old) {
    return old.lastSign().isAfter(since);
  }
}
