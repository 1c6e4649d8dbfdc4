package io.tallystick.vault;

import io.tallystick.venue.KeyKind;

/**
 * A credential as it is stored.
 *
 * @param fingerprint tells keys apart in logs without telling the key
 */
public record SealedCredential(
    CredentialContext context, KeyKind kind, byte[] sealed, String fingerprint) {
  @Override
  public String toString() {
    return "credential " + fingerprint;
  }
}
