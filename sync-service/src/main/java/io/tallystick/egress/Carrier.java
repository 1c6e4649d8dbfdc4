package io.tallystick.egress;

import io.tallystick.kernel.Pace;
import io.tallystick.vault.SealedCredential;
import io.tallystick.vault.SignedCall;
import io.tallystick.vault.Vault;
import io.tallystick.venue.Verdict;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Has a paid call signed and carries it to one of its environment's equivalent hosts. */
final class Carrier implements AutoCloseable {
  private static final Duration A_MOMENT = Duration.ofMillis(100);

  private final Vault vault;
  private final Wire wire;
  private final Pace pace;
  private final RequestLog log;
  private final int parallel;
  private final Map<String, Integer> preferred = new ConcurrentHashMap<>();
  private final Map<String, Semaphore> underWay = new ConcurrentHashMap<>();
  private final Map<String, Stop> stops = new ConcurrentHashMap<>();

  /** A carrier that has so many requests under way at once to one host. */
  Carrier(Vault vault, Wire wire, Pace pace, RequestLog log, int parallel) {
    this.vault = vault;
    this.wire = wire;
    this.pace = pace;
    this.log = log;
    this.parallel = parallel;
  }

  /** By our own clock. */
  private record Stop(Instant since, Instant until) {}

  /** What has not left yet stays here until then, though it is paid for. */
  void stop(Charge charge, Verdict.Scope scope, Instant until) {
    // As in the database: what ends sooner does not shorten what was said before.
    stops.merge(
        scope == Verdict.Scope.POOL ? charge.key() : charge.place(),
        new Stop(pace.instant(), until),
        (one, other) -> one.until().isAfter(other.until()) ? one : other);
  }

  /**
   * Tries the hosts in turn, from the one that last answered, as long as none can be connected to.
   * A failed exchange is logged here; an answer is logged by who judges it.
   *
   * @param stamp the clock reading to sign with; null for calls that need no key
   */
  Wire.Exchange carry(Journey journey, VenueClock.@Nullable Known stamp)
      throws InterruptedException {
    // What is told in the end is what came of the last try.
    journey.status = 0;
    List<URI> hosts = journey.environment.hosts();
    int first = preferred.getOrDefault(journey.target.place(), 0);
    Wire.Exchange exchange = new Wire.Exchange.NotConnected("no host");
    for (int i = 0; i < hosts.size(); i++) {
      journey.host = (first + i) % hosts.size();
      exchange = exchanged(hosts.get(journey.host), journey, stamp);
      switch (exchange) {
        case Wire.Exchange.Came _ -> {
          preferred.put(journey.target.place(), journey.host);
          return exchange;
        }
        case Wire.Exchange.Held _ -> {
          return exchange;
        }
        case Wire.Exchange.NotConnected _ -> failed(journey, exchange);
        case Wire.Exchange.Broken _, Wire.Exchange.Insecure _, Wire.Exchange.Odd _ -> {
          failed(journey, exchange);
          // The next try, which is paid for anew, begins with another host.
          preferred.put(journey.target.place(), (journey.host + 1) % hosts.size());
          return exchange;
        }
      }
    }
    return exchange;
  }

  private void failed(Journey journey, Wire.Exchange exchange) {
    log.attempt(journey, exchange, Duration.between(journey.sentAt, pace.instant()));
  }

  private Wire.Exchange exchanged(URI host, Journey journey, VenueClock.@Nullable Known stamp)
      throws InterruptedException {
    Semaphore permits =
        underWay.computeIfAbsent(
            String.valueOf(host.getRawAuthority()), name -> new Semaphore(parallel));
    permits.acquire();
    try {
      Instant stopped = stopped(journey.charge);
      if (pace.instant().isBefore(stopped)) {
        return new Wire.Exchange.Held(stopped);
      }
      if (!journey.mayLeave()) {
        // Whoever sent it looks into that while he waits.
        return new Wire.Exchange.Held(pace.instant().plus(A_MOMENT));
      }
      journey.attempts++;
      journey.status = 0;
      journey.code = null;
      journey.used = null;
      journey.sentAt = pace.instant();
      return wire.exchange(host, prepared(journey, stamp));
    } finally {
      permits.release();
    }
  }

  private Instant stopped(Charge charge) {
    Instant pool = stopped(charge.key());
    Instant place = stopped(charge.place());
    return pool.isAfter(place) ? pool : place;
  }

  // Before it was ordered a stop cannot be: our clock was set back, and nobody knows how far.
  private Instant stopped(String what) {
    Stop stop = stops.get(what);
    return stop == null || pace.instant().isBefore(stop.since()) ? Instant.MIN : stop.until();
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
