package io.tallystick.venue;

import java.net.URI;
import java.util.List;

/**
 * A named place where a venue lives. A connection carries the name, never a host.
 *
 * @param name {@code production}, {@code testnet}, {@code demo}, {@code us} or {@code sandbox}
 * @param hosts equivalent base addresses, the preferred one first
 * @param tellsRights whether a key's rights can be read here; if not, keys are unverifiable
 * @param liveHosts base addresses of its sockets; empty where it has none
 */
public record Environment(String name, List<URI> hosts, boolean tellsRights, List<URI> liveHosts) {
  public Environment {
    hosts = List.copyOf(hosts);
    liveHosts = List.copyOf(liveHosts);
  }

  /** A place without sockets. */
  public Environment(String name, List<URI> hosts, boolean tellsRights) {
    this(name, hosts, tellsRights, List.of());
  }
}
