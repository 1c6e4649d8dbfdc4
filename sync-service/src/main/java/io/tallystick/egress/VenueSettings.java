package io.tallystick.egress;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an operator may say about venues. */
@ConfigMapping(prefix = "tallystick.venues")
public interface VenueSettings {
  /** By venue id. */
  @WithParentName
  Map<String, OneVenue> venues();

  /** One venue. */
  interface OneVenue {
    /**
     * Adds an environment {@code sandbox} at these equivalent addresses: https, or http on the
     * machine's own loopback.
     */
    Optional<List<URI>> sandboxUrl();
  }
}
