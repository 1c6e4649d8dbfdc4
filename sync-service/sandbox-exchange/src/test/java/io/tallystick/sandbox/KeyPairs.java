package io.tallystick.sandbox;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;

/** One pair of each kind for all tests: finding primes for RSA takes seconds on a busy machine. */
final class KeyPairs {
  private static final KeyPair ED25519 = generate("Ed25519", 255);
  private static final KeyPair RSA = generate("RSA", 2048);

  private KeyPairs() {}

  static KeyPair of(String algorithm) {
    return algorithm.equals("RSA") ? RSA : ED25519;
  }

  static KeyPair generate(String algorithm, int size) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(size);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
