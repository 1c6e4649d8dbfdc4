package io.tallystick.venue;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an answer means, by the venue's own error table; a pure function of status, headers and
 * body. Every caller handles all of them.
 *
 * <p>{@code code} is the venue's error code, null where it gave none.
 */
public sealed interface Verdict {
  /** A usable answer. */
  record Good() implements Verdict {}

  /** Passing trouble: try again later, bounded, with jitter. */
  record Retry(@Nullable Integer code, String why) implements Verdict {}

  /** Our clock is off: measure again and repeat once. */
  record ClockOff(@Nullable Integer code) implements Verdict {}

  /**
   * Stop everything in the scope. {@code atLeast} is null when the venue did not say how long:
   * until its next window then.
   */
  record Wait(@Nullable Duration atLeast, Scope scope, boolean banned, @Nullable Integer code)
      implements Verdict {}

  /** No, and asking again changes nothing. */
  record Denied(Denial denial, @Nullable Integer code) implements Verdict {}

  /** Not an answer in the venue's language. */
  record Unreadable(String why) implements Verdict {}

  /** How far a wait reaches. */
  enum Scope {
    POOL,
    EGRESS_ADDRESS
  }
}
