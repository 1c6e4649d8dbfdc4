package io.tallystick.records;

import io.tallystick.venue.Domain;
import io.tallystick.venue.Live;
import io.tallystick.venue.LiveStream;
import io.tallystick.venue.Stream;
import io.tallystick.venue.Venue;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Which kind of record each stream of each registered venue gives. */
@ApplicationScoped
class StreamDomains {
  private record Name(String venue, String stream) {}

  private final Map<Name, Domain> domains = new HashMap<>();

  StreamDomains() {
    for (Venue venue : ServiceLoader.load(Venue.class)) {
      for (Stream stream : venue.streams()) {
        domains.put(new Name(venue.id(), stream.name()), stream.domain());
      }
      Live live = venue.live();
      if (live != null) {
        for (LiveStream stream : live.streams()) {
          domains.put(new Name(venue.id(), stream.name()), stream.domain());
        }
      }
    }
  }

  /** The stream's domain; null when no registered venue has it. */
  @Nullable Domain find(String venue, String stream) {
    return domains.get(new Name(venue, stream));
  }
}
