package io.tallystick.access;

import java.util.UUID;

/** Seals what a leaf says under the holder's key; implemented by the vault. */
public interface BodySealer {
  /** Sealed body of a leaf. */
  byte[] seal(long tenant, long holder, UUID leaf, byte[] body);

  /** The body again; throws when it was moved, changed or its key destroyed. */
  byte[] open(long tenant, long holder, UUID leaf, byte[] sealed);
}
