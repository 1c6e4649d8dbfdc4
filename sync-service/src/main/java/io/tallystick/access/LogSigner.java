package io.tallystick.access;

import io.tallystick.access.proof.Checkpoint;

/**
 * The installation's signing key for the log, held by whoever keeps the keys. It signs checkpoints
 * and no loose bytes.
 */
public interface LogSigner {
  /** The Ed25519 public key, 32 bytes. */
  byte[] publicKey();

  /** The Ed25519 signature over {@link Checkpoint#text()}, 64 bytes. */
  byte[] sign(Checkpoint checkpoint);
}
