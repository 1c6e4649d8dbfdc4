package io.tallystick.egress;

import io.tallystick.venue.Answer;
import io.tallystick.venue.Denial;
import io.tallystick.venue.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of a call. Every caller handles all of them. */
public sealed interface Outcome {
  /** How the call went. */
  Trace trace();

  /** A good answer. */
  record Answered(Answer answer, Trace trace) implements Outcome {}

  /**
   * Not now: nothing of this scope may be sent before {@code until}, by our clock.
   *
   * @param cause {@code limited}, {@code banned}, {@code budget} or {@code clock}
   */
  record Waiting(Instant until, Verdict.Scope scope, String cause, Trace trace)
      implements Outcome {}

  /** The venue said no, and asking again changes nothing; {@code code} null when it gave none. */
  record Refused(Denial denial, @Nullable Integer code, Trace trace) implements Outcome {}

  /** Something came that is no answer in the venue's language. */
  record Unreadable(String why, Trace trace) implements Outcome {}

  /** No usable answer came within the tries and the time allowed. */
  record Unreachable(String why, Trace trace) implements Outcome {}
}
