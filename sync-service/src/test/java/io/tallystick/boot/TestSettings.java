package io.tallystick.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

/**
 * What every test application is given beside the database: a master key and a key store of its
 * own, and the port at which a test may put a sandbox exchange. Chosen once a JVM, and known to
 * every class loader by system properties.
 */
public final class TestSettings {
  private static final String PREFIX = "tallystick-test.";

  private TestSettings() {}

  /** The settings. */
  static synchronized Map<String, String> all() {
    return Map.of(
        "tallystick.data",
        once("data", TestSettings::folder),
        "tallystick.vault.master-key",
        once("master-key", TestSettings::key),
        "tallystick.venues.binance.sandbox-url",
        "http://127.0.0.1:" + sandboxPort(),
        "tallystick.connection.egress-address",
        EGRESS_ADDRESS);
  }

  /** The address that holders are told to put on their lists. */
  public static final String EGRESS_ADDRESS = "198.51.100.7";

  /** Where the service under test looks for the sandbox exchange, on 127.0.0.1. */
  public static synchronized int sandboxPort() {
    return Integer.parseInt(once("sandbox-port", TestSettings::port));
  }

  private interface Choice {
    String make() throws IOException;
  }

  private static String once(String name, Choice choice) {
    String known = System.getProperty(PREFIX + name);
    if (known != null) {
      return known;
    }
    try {
      String made = choice.make();
      System.setProperty(PREFIX + name, made);
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String folder() throws IOException {
    return Files.createTempDirectory("tallystick-test-data").toString();
  }

  private static String key() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }

  private static String port() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Integer.toString(free.getLocalPort());
    }
  }
}
