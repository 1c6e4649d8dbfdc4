package io.tallystick.sandbox.exchange;

import io.tallystick.sandbox.protocol.Rights;
import java.security.PublicKey;
import java.util.Base64;
import java.util.Set;

/**
 * What a new key is to be.
 *
 * @param publicKey PEM or bare base64 of an RSA or Ed25519 key; empty for an HMAC key, whose secret
 *     the exchange makes
 * @param rights what it may do
 * @param addresses where it may be used from; empty for everywhere
 */
public record KeyGrant(String publicKey, Rights rights, Set<String> addresses) {

  /** A read-only HMAC key for everywhere. */
  public static KeyGrant hmac() {
    return new KeyGrant("", Rights.readOnly(), Set.of());
  }

  /** A read-only key for everywhere over this RSA or Ed25519 key. */
  public static KeyGrant of(PublicKey key) {
    return new KeyGrant(
        Base64.getEncoder().encodeToString(key.getEncoded()), Rights.readOnly(), Set.of());
  }

  /** The same with this right on. */
  public KeyGrant allowing(String right) {
    return new KeyGrant(publicKey, rights.with(right, true), addresses);
  }

  /** The same, usable from these addresses only. */
  public KeyGrant from(Set<String> only) {
    return new KeyGrant(publicKey, rights, only);
  }
}
