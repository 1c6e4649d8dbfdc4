package io.tallystick.access;

import io.tallystick.kernel.Pace;
import java.util.Random;

/** The access log of an installation beside the running one. */
public final class OtherLog {
  private OtherLog() {}

  /** The log whose bodies are sealed so. */
  public static AccessLog sealedBy(BodySealer bodies) {
    return new AccessLog(bodies, Pace.SYSTEM, new Random(7));
  }
}
