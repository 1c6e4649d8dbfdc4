package io.tallystick.sync.search;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When a source that was read to its end is worth another call. */
public final class Rounds {
  /**
   * How late a record may become visible after the balance that it moved: a source that was read
   * sooner after a movement is read once more.
   */
  public static final Duration SETTLING = Duration.ofMinutes(10);

  /** After this long a stream without partitions is read although no balance moved. */
  public static final Duration STREAMS = Duration.ofDays(1);

  /** After this long a stream is read again while it has told of something that is unsettled. */
  public static final Duration UNSETTLED = Duration.ofHours(1);

  /**
   * After this long a stream without partitions is walked from its start once more: an answer that
   * was whole, well formed and not true is found by no other sign where it moved no balance.
   */
  public static final Duration ANEW = Duration.ofDays(30);

  /**
   * After this long a market with trades is asked although nothing points to it; it bounds how long
   * a round trip that left no trace in any balance may stay unseen.
   */
  public static final Duration TRADED = Duration.ofDays(7);

  /** The same for markets both of whose assets were seen. */
  public static final Duration NAMED = Duration.ofDays(30);

  /** The same for all others, each of which an account would have to enter and leave unseen. */
  public static final Duration OTHERS = Duration.ofDays(90);

  private Rounds() {}

  /**
   * Whether a source has something to tell: it was never read to its end, or what could show its
   * records moved since, or our clock was set back.
   *
   * @param drained when it last proved that nothing more was there; null when it never did
   * @param moved when a balance last moved that its records would move; null when none did
   */
  public static boolean due(@Nullable Instant drained, @Nullable Instant moved, Instant now) {
    return drained == null
        || drained.isAfter(now)
        || (moved != null && !drained.isAfter(moved))
        || (moved != null
            && !drained.isAfter(moved.plus(SETTLING))
            && !drained.plus(SETTLING).isAfter(now));
  }

  /** Whether the last whole answer is older than this; true when there was none. */
  public static boolean overdue(@Nullable Instant drained, Instant now, Duration period) {
    return drained == null || drained.isBefore(now.minus(period));
  }

  /**
   * How many of so many sources a run reads for safety, so that all have had their turn in time.
   */
  public static int turn(int sources, Duration interval, Duration period) {
    if (sources == 0) {
      return 0;
    }
    long millis = Math.max(1, period.toMillis());
    long turn = Math.ceilDiv(sources * Math.min(millis, interval.toMillis()), millis);
    return (int) Math.max(1, Math.min(sources, turn));
  }
}
