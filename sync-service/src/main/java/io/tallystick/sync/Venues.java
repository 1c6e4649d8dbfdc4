package io.tallystick.sync;

import io.tallystick.venue.Venue;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The venues this build speaks to, found by their registration. */
@ApplicationScoped
class Venues {
  private final Map<String, Venue> byId = new TreeMap<>();

  Venues() {
    ServiceLoader.load(Venue.class).forEach(venue -> byId.put(venue.id(), venue));
  }

  /** The venue of a connection that exists. */
  Venue named(String id) {
    Venue venue = byId.get(id);
    if (venue == null) {
      throw new IllegalStateException("no adapter is registered for this venue");
    }
    return venue;
  }
}
