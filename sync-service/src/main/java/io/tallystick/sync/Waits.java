package io.tallystick.sync;

import io.tallystick.kernel.Pace;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Waits as long as a venue says, with lease, permission and shutdown under watch. */
@ApplicationScoped
class Waits {
  /** How long anything else may go unnoticed. */
  private static final Duration LOOK = Duration.ofSeconds(2);

  /**
   * Lease and consent ask the database, and of hundreds who wait each would. Nothing leaves before
   * it was asked again, so that this need only be well within the time for which a lease is given.
   */
  private static final int LOOKS_A_QUESTION = 4;

  private final Leases leases;
  private final Stopping stopping;
  private final Pace pace;

  Waits(Leases leases, Stopping stopping, Pace pace) {
    this.leases = leases;
    this.stopping = stopping;
    this.pace = pace;
  }

  /**
   * Waits until an instant of our own clock; null when the run may go on then.
   *
   * @param cause what is waited for, as the run shows it
   * @param permitted whether what waits may still be asked for
   */
  @Nullable Ending until(RunContext run, Instant until, String cause, BooleanSupplier permitted) {
    run.waiting(until, cause);
    Duration planned = Duration.between(pace.instant(), until);
    int looks = 0;
    while (pace.isAhead(until, planned)) {
      Duration left = Duration.between(pace.instant(), until);
      try {
        pace.pause(left.compareTo(LOOK) > 0 ? LOOK : left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Ending.Stopped("interrupted", "the service is stopping");
      }
      if (stopping.now()) {
        return Stopping.ending();
      }
      looks++;
      if (looks % LOOKS_A_QUESTION == 0 || !pace.isAhead(until, planned)) {
        if (!leases.renew(run.lease())) {
          return new Ending.LeaseLost();
        }
        if (!permitted.getAsBoolean()) {
          return new Ending.NotPermitted();
        }
      }
      run.still();
    }
    run.goingOn();
    return null;
  }
}
