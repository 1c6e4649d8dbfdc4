package io.tallystick.egress;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;

/** Postboxes at addresses of tests. */
public final class OpenPostbox {
  private OpenPostbox() {}

  /** One at an address, which is given a second for an answer. */
  public static Postbox at(String address) {
    return new Postbox(
        URI.create(address),
        Settings.with("call-timeout", "PT1S", "connect-timeout", "PT1S"),
        new SimpleMeterRegistry());
  }
}
