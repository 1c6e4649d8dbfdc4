package io.tallystick.vault;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A key pair that the vault made: the private half sealed, the public half to be registered at the
 * venue.
 *
 * @param publicKey SubjectPublicKeyInfo, DER
 */
public record SealedOffer(Context context, byte[] publicKey, byte[] sealed) {

  /** Where a key pair that waits for its API key belongs; bound to its sealed bytes. */
  public record Context(
      long tenant, long holder, long offer, long consent, String venue, String environment) {

    Object[] bound() {
      return new Object[] {tenant, offer, consent, venue, environment, "offer"};
    }
  }

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
