package io.tallystick.vault;

import com.google.crypto.tink.subtle.Ed25519Sign;
import io.tallystick.access.LogSigner;
import io.tallystick.access.proof.Checkpoint;
import io.tallystick.kernel.Frame;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/**
 * The log's Ed25519 key. Its seed is a keyed digest under an installation key, so that every node
 * of one key store signs by the same key, and no private half lies anywhere on its own.
 */
final class CheckpointKey implements LogSigner {
  private static final String PURPOSE = "access-log-signer";

  private final Seals seals;

  CheckpointKey(Seals seals) {
    this.seals = seals;
  }

  @Override
  public byte[] publicKey() {
    byte[] seed = seed();
    try {
      return Ed25519Sign.KeyPair.newKeyPairFromSeed(seed).getPublicKey();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Ed25519 is not available", e);
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  @Override
  public byte[] sign(Checkpoint checkpoint) {
    byte[] seed = seed();
    try {
      return new Ed25519Sign(seed).sign(checkpoint.text().getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Ed25519 is not available", e);
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  // The private key of RFC 8032 is the seed itself.
  private byte[] seed() {
    return seals.mac(PURPOSE, Frame.of("tallystick/access/signer/1"));
  }

  @Override
  public String toString() {
    return "[checkpoint key]";
  }
}
