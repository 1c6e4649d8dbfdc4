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

  void announced(@Observes ShutdownDelayInitiatedEvent event) {
    stopping = true;
  }

  void begun(@Observes ShutdownEvent event) {
    stopping = true;
  }
}
