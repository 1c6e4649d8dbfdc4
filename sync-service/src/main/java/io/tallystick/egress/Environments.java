package io.tallystick.egress;

import io.tallystick.kernel.Loopback;
import io.tallystick.venue.Environment;
import io.tallystick.venue.Venue;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The venues and the named places where they live. The lists are built in; only an operator's
 * setting adds one more, always called {@code sandbox}.
 */
public final class Environments {
  /** The name of the environment that a setting adds. */
  public static final String SANDBOX = "sandbox";

  private static final int HTTPS_PORT = 443;

  private final Map<String, Venue> venues = new LinkedHashMap<>();
  private final Map<String, Environment> places = new LinkedHashMap<>();

  /**
   * Takes the venues and the sandbox addresses by venue id; throws {@link
   * IllegalArgumentException}, with a sentence for the operator, when an address is not allowed.
   */
  public Environments(List<Venue> venues, Map<String, List<URI>> sandboxes) {
    for (Venue venue : venues) {
      if (this.venues.putIfAbsent(venue.id(), venue) != null) {
        throw new IllegalArgumentException("two venues are called " + venue.id());
      }
      for (Environment environment : venue.environments()) {
        environment.hosts().forEach(host -> checkBuiltIn(host, "https"));
        environment.liveHosts().forEach(host -> checkBuiltIn(host, "wss"));
        add(venue.id(), environment);
      }
    }
    sandboxes.forEach((venue, hosts) -> {
      if (!this.venues.containsKey(venue)) {
        throw new IllegalArgumentException("a sandbox is set for an unknown venue");
      }
      hosts.forEach(Environments::checkSandbox);
      add(
          venue,
          new Environment(SANDBOX, hosts, true, hosts.stream().map(Environments::live).toList()));
    });
  }

  /** The venue of this id; empty when there is none where people have accounts. */
  public Optional<Venue> venue(String id) {
    return Optional.ofNullable(venues.get(id)).filter(Venue::holdsAccounts);
  }

  /** The names of the budgets that only the venue's sockets draw on. */
  Set<String> doors(String venue) {
    return venue(venue).map(Venue::live).stream()
        .flatMap(live -> live.opening().stream())
        .map(door -> door.pool().name())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The publisher of this id, which holds no accounts; empty when there is none. */
  public Optional<Venue> publisher(String id) {
    return Optional.ofNullable(venues.get(id)).filter(one -> !one.holdsAccounts());
  }

  /** All venues where people have accounts, in order of registration. */
  public List<Venue> venues() {
    return venues.values().stream().filter(Venue::holdsAccounts).toList();
  }

  /** A venue's environment of this name; empty when there is none. */
  public Optional<Environment> find(String venue, String name) {
    return Optional.ofNullable(places.get(venue + "/" + name));
  }

  /** Where a call goes. */
  record Place(Venue venue, Environment environment) {}

  /**
   * The venue and the environment that a target names.
   *
   * @throws IllegalArgumentException when there is no such one
   */
  Place place(Target target) {
    return new Place(
        Optional.ofNullable(venues.get(target.venue()))
            .orElseThrow(() -> new IllegalArgumentException("no such venue")),
        find(target.venue(), target.environment())
            .orElseThrow(() -> new IllegalArgumentException("no such environment")));
  }

  private void add(String venue, Environment environment) {
    if (environment.hosts().isEmpty()
        || places.putIfAbsent(venue + "/" + environment.name(), environment) != null) {
      throw new IllegalArgumentException(
          "an environment is empty or named twice: " + venue + "/" + environment.name());
    }
  }

  // A sandbox has its sockets at the same door.
  private static URI live(URI host) {
    String scheme = "https".equals(host.getScheme()) ? "wss" : "ws";
    return URI.create(scheme + "://" + host.getRawAuthority());
  }

  private static void checkBuiltIn(URI host, String scheme) {
    if (!bare(host)
        || !scheme.equals(host.getScheme())
        || (host.getPort() != -1 && host.getPort() != HTTPS_PORT)) {
      throw new IllegalArgumentException("a built-in host must be plain https or wss on port 443");
    }
  }

  private static void checkSandbox(URI host) {
    if (!bare(host) || !Loopback.isHereOrHttps(host)) {
      throw new IllegalArgumentException(
          "a sandbox address must be https, or http on loopback, without path, query or user");
    }
  }

  /** Nothing but scheme, host and port, so that the address that was checked is the one used. */
  private static boolean bare(URI host) {
    return host.getHost() != null
        && host.getRawUserInfo() == null
        && host.getRawQuery() == null
        && host.getRawFragment() == null
        && (host.getRawPath() == null
            || host.getRawPath().isEmpty()
            || host.getRawPath().equals("/"));
  }
}
