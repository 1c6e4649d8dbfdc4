package io.tallystick.sync;

import io.tallystick.venue.Denial;
import java.time.Instant;

/** How a pull ended. Every caller handles all of them. */
sealed interface Ending {
  /** The venue proved that nothing more is there now. */
  record Drained(int fresh) implements Ending {}

  /** This partition could not be read; a gap says so and the run goes on. */
  record Skipped(String why) implements Ending {}

  /** The limits of this one list are used up; the run may come back to it then. */
  record Later(Instant until) implements Ending {}

  /** No active consent covers the stream. */
  record NotPermitted() implements Ending {}

  /** Another run took over. */
  record LeaseLost() implements Ending {}

  /** The venue says no to the key or the place. */
  record Denied(Denial denial) implements Ending {}

  /** The venue cannot be reached now. */
  record VenueDown(String why) implements Ending {}

  /** The connection was given another key or another consent: the run goes on with these. */
  record Replaced() implements Ending {}

  /** The run must not go on. */
  record Stopped(String reason, String detail) implements Ending {}
}
