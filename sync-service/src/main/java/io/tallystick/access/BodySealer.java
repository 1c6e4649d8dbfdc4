package io.tallystick.access;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Seals what a leaf says under the holder's key; implemented by the vault. */
public interface BodySealer {
  /** Sealed body of a leaf. */
  byte[] seal(long tenant, long holder, UUID leaf, byte[] body);

  /**
   * The body again; null when its key was destroyed, throws {@link Closed} when it stays closed.
   */
  byte @Nullable [] open(long tenant, long holder, UUID leaf, byte[] sealed);

  /** A body was moved or changed, or its key is not here. */
  final class Closed extends RuntimeException {
    private final String why;

    /** For this reason, in a sentence without any secret. */
    public Closed(String why) {
      super(why);
      this.why = why;
    }

    /** Why. */
    String why() {
      return why;
    }
  }
}
