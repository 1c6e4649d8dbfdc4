package io.tallystick.sync;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Tells runs that the service is stopping, so that they end between two pages. */
@ApplicationScoped
class Stopping {
  private volatile boolean stopping;

  boolean now() {
    return stopping;
  }

  /** How a run ends then. */
  static Ending ending() {
    return new Ending.Stopped("stopping", "the service is stopping; the next run goes on here");
  }

  /** How a run ends that could not reach the venue, be it because it was called back. */
  Ending unreachable(String why) {
    return stopping ? ending() : new Ending.VenueDown(why);
  }

  void announced(@Observes ShutdownDelayInitiatedEvent event) {
    stopping = true;
  }

  void begun(@Observes ShutdownEvent event) {
    stopping = true;
  }
}
