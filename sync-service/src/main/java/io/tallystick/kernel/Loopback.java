package io.tallystick.kernel;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** This machine as seen from itself: the one place where something may go without TLS. */
public final class Loopback {
  private static final Set<String> HOSTS = Set.of("127.0.0.1", "localhost", "::1", "[::1]");

  private Loopback() {}

  /** Whether a host, as a setting or an address names it, is this machine. */
  public static boolean isHost(@Nullable String host) {
    return host != null && HOSTS.contains(host);
  }

  /** Whether an address is https, or http on this machine, with a host and without a user. */
  public static boolean isHereOrHttps(URI address) {
    return address.getHost() != null
        && address.getRawUserInfo() == null
        && ("https".equals(address.getScheme())
            || ("http".equals(address.getScheme()) && isHost(address.getHost())));
  }
}
