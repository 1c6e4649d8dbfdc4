package io.tallystick.egress;

import io.tallystick.kernel.Pace;
import io.tallystick.vault.SealedCredential;
import io.tallystick.vault.SignedCall;
import io.tallystick.vault.Vault;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Has a paid call signed and carries it to one of its environment's equivalent hosts. */
final class Carrier implements AutoCloseable {
  private final Vault vault;
  private final Wire wire;
  private final Pace pace;
  private final RequestLog log;
  private final Map<String, Integer> preferred = new ConcurrentHashMap<>();

  Carrier(Vault vault, Wire wire, Pace pace, RequestLog log) {
    this.vault = vault;
    this.wire = wire;
    this.pace = pace;
    this.log = log;
  }

  /**
   * Tries the hosts in turn, from the one that last answered, as long as none can be connected to.
   * A failed exchange is logged here; an answer is logged by who judges it.
   *
   * @param stamp the clock reading to sign with; null for calls that need no key
   */
  Wire.Exchange carry(Journey journey, VenueClock.@Nullable Known stamp)
      throws InterruptedException {
    List<URI> hosts = journey.environment.hosts();
    int first = preferred.getOrDefault(journey.target.place(), 0);
    Wire.Exchange exchange = new Wire.Exchange.NotConnected("no host");
    for (int i = 0; i < hosts.size(); i++) {
      journey.host = (first + i) % hosts.size();
      journey.attempts++;
      journey.status = 0;
      journey.code = null;
      journey.used = null;
      journey.sentAt = pace.instant();
      exchange = wire.exchange(hosts.get(journey.host), prepared(journey, stamp));
      if (exchange instanceof Wire.Exchange.Came) {
        preferred.put(journey.target.place(), journey.host);
        return exchange;
      }
      log.attempt(journey, exchange, Duration.between(journey.sentAt, pace.instant()));
      if (!(exchange instanceof Wire.Exchange.NotConnected)) {
        return exchange;
      }
    }
    return exchange;
  }

  @Override
  public void close() {
    wire.close();
  }

  private SignedCall prepared(Journey journey, VenueClock.@Nullable Known stamp) {
    if (stamp == null) {
      return vault.plain(journey.venue, journey.call);
    }
    SealedCredential credential = journey.target.credential();
    if (credential == null) {
      throw new IllegalArgumentException(
          "this call needs a credential: " + journey.call.endpoint());
    }
    if (!credential.context().environment().equals(journey.target.environment())) {
      throw new IllegalArgumentException("the credential belongs to another environment");
    }
    // Venues forgive little to a clock that is ahead, and much to one that is behind.
    Duration margin = journey.venue.clockTolerance().dividedBy(2);
    Instant timestamp = pace.instant().plus(stamp.offset()).minus(margin);
    return vault.sign(credential, journey.call, journey.venue, timestamp);
  }
}
