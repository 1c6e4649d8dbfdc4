package io.tallystick.connection;

import io.tallystick.kernel.Secret;
import io.tallystick.vault.CredentialContext;
import io.tallystick.vault.SealedCredential;
import io.tallystick.vault.SealedOffer;
import io.tallystick.vault.Vault;
import io.tallystick.venue.KeyKind;

/**
 * A key as it was handed over, before it is stored: it is sealed once to be proved and, when it is
 * proved, once more for the place it will have. Wiped when closed.
 */
sealed interface Material extends AutoCloseable {
  /** The API key. */
  Secret apiKey();

  /** How it signs. */
  KeyKind kind();

  /** Where it came from, as rows write it. */
  String origin();

  /** Seals it for a place. */
  SealedCredential seal(Vault vault, CredentialContext place);

  @Override
  default void close() {
    apiKey().close();
  }

  /** A key whose secret half was brought along. */
  record Brought(KeyKind kind, Secret apiKey, Secret secret) implements Material {
    @Override
    public String origin() {
      return "brought";
    }

    @Override
    public SealedCredential seal(Vault vault, CredentialContext place) {
      return vault.sealCredential(place, kind, apiKey, secret);
    }

    @Override
    public void close() {
      apiKey.close();
      secret.close();
    }
  }

  /** A pair that the service made, and the API key its holder got for the public half. */
  record Offered(SealedOffer offer, Secret apiKey) implements Material {
    @Override
    public KeyKind kind() {
      return KeyKind.ED25519;
    }

    @Override
    public String origin() {
      return "service_made";
    }

    @Override
    public SealedCredential seal(Vault vault, CredentialContext place) {
      return vault.adopt(offer, place, apiKey);
    }
  }
}
