package io.tallystick.consent;

import io.tallystick.venue.Domain;
import java.time.Instant;
import java.util.Set;

/**
 * What a consent lets the service read, for whoever tells how complete the records are. It opens
 * nothing to anybody.
 *
 * @param earliest the first instant that its look-back reaches
 * @param since when it was recorded, as far as that is known; when it was given if it has ended
 */
public record Coverage(ConsentState state, Set<Domain> domains, Instant earliest, Instant since) {
  public Coverage {
    domains = Set.copyOf(domains);
  }
}
