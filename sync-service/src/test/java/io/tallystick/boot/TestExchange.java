package io.tallystick.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Where the service under test looks for the sandbox exchange, whether or not a test has opened one
 * there.
 */
public final class TestExchange {
  /** The address that holders are told to put on their keys' lists. */
  public static final String EGRESS_ADDRESS = "198.51.100.7";

  private static final String PORT = "tallystick.test-exchange.port";

  private TestExchange() {}

  /** A free port of the loopback address, the same for all class loaders of the JVM. */
  public static synchronized int port() {
    String known = System.getProperty(PORT);
    if (known != null) {
      return Integer.parseInt(known);
    }
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      System.setProperty(PORT, Integer.toString(free.getLocalPort()));
      return free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String url() {
    return "http://127.0.0.1:" + port();
  }
}
