package io.tallystick.access;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Seals what a leaf says under the holder's key; implemented by the vault. */
public interface BodySealer {
  /** Sealed body of a leaf. */
  byte[] seal(long tenant, long holder, UUID leaf, byte[] body);

  /** The body again; null when its key was destroyed, throws when it was moved or changed. */
  byte @Nullable [] open(long tenant, long holder, UUID leaf, byte[] sealed);
}
