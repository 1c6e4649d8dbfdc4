package io.tallystick.vault;

import com.google.crypto.tink.subtle.Ed25519Sign;
import io.tallystick.kernel.Frame;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/**
 * An Ed25519 key of the installation. Its seed is a keyed digest under an installation key, so that
 * every node of one key store signs by the same key, and no private half lies anywhere on its own.
 */
public final class SigningKey {
  private final Seals seals;
  private final String purpose;
  private final String tag;

  /** The key of a purpose; the tag is part of its seed. */
  public SigningKey(Seals seals, String purpose, String tag) {
    this.seals = seals;
    this.purpose = purpose;
    this.tag = tag;
  }

  /** The public half, 32 bytes. */
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

  /** The signature over the UTF-8 bytes of a text, 64 bytes. */
  public byte[] sign(String text) {
    byte[] seed = seed();
    try {
      return new Ed25519Sign(seed).sign(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Ed25519 is not available", e);
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  // The private key of RFC 8032 is the seed itself.
  private byte[] seed() {
    return seals.mac(purpose, Frame.of(tag));
  }

  @Override
  public String toString() {
    return "[signing key]";
  }
}
