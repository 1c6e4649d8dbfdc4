package io.tallystick.vault;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A key pair that the vault made: the private half sealed, the public half to be registered at the
 * venue.
 *
 * @param publicKey SubjectPublicKeyInfo, DER
 */
public record SealedOffer(OfferContext context, byte[] publicKey, byte[] sealed) {

  /** The public half as PEM, ready to be pasted. */
  public String publicKeyPem() {
    return publicKeyPem(publicKey);
  }

  /** A public half (SubjectPublicKeyInfo, DER) as PEM. */
  public static String publicKeyPem(byte[] publicKey) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(publicKey)
        + "\n-----END PUBLIC KEY-----\n";
  }

  @Override
  public String toString() {
    return "offer " + context.offer();
  }
}
