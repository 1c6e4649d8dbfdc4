package io.tallystick.access;

import com.google.crypto.tink.subtle.Ed25519Sign;
import io.tallystick.access.proof.Checkpoint;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;

/** A signing key made of a seed that everybody knows. Signs by the JDK. */
public record TestKey(byte[] seed) implements LogSigner {
  /** The key of the seed 00 01 … 1f. */
  public static TestKey counting() {
    byte[] seed = new byte[32];
    for (int i = 0; i < seed.length; i++) {
      seed[i] = (byte) i;
    }
    return new TestKey(seed);
  }

  /** A key of 32 equal bytes. */
  public static TestKey of(int value) {
    byte[] seed = new byte[32];
    java.util.Arrays.fill(seed, (byte) value);
    return new TestKey(seed);
  }

  @Override
  public byte[] publicKey() {
    try {
      return Ed25519Sign.KeyPair.newKeyPairFromSeed(seed).getPublicKey();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public byte[] sign(Checkpoint checkpoint) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed)));
      signature.update(checkpoint.text().getBytes(StandardCharsets.UTF_8));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
