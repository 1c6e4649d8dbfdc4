package io.tallystick.connection;

import io.tallystick.kernel.Digests;
import io.tallystick.kernel.Problem;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.vault.CredentialContext;
import io.tallystick.vault.SealedCredential;
import io.tallystick.vault.Unopenable;
import io.tallystick.vault.Vault;
import io.tallystick.venue.Venue;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Checks a key's form and has it proved, sealed for a place of its own that is never stored. */
@ApplicationScoped
class Probe {
  private final Transactions transactions;
  private final HolderKeys keys;
  private final Vault vault;
  private final KeyProof proofs;

  Probe(Transactions transactions, HolderKeys keys, Vault vault, KeyProof proofs) {
    this.transactions = transactions;
    this.keys = keys;
    this.vault = vault;
    this.proofs = proofs;
  }

  /** What the venue says about the key, or why it was not asked. */
  Proof prove(
      long tenant, Place place, Venue venue, Material material, @Nullable String acknowledgement) {
    String malformed =
        material
            .apiKey()
            .use(key -> venue.malformed(material.kind(), new String(key, StandardCharsets.UTF_8)));
    if (malformed != null) {
      return new Proof.Refused(malformed(malformed));
    }
    try {
      return proofs.prove(provisional(tenant, place, material), acknowledgement);
    } catch (Problem unreadable) {
      return new Proof.Refused(Refusal.of(unreadable.kind().code(), unreadable));
    } catch (Unopenable closed) {
      return new Proof.Refused(closed(closed));
    }
  }

  private SealedCredential provisional(long tenant, Place place, Material material) {
    // Calls are counted by connection; a key that has none yet counts under its own fingerprint.
    long account = Digests.key63(vault.fingerprint(material.apiKey()));
    CredentialContext context =
        new CredentialContext(
            tenant, place.holder(), account, 0, 0, place.venue(), place.environment());
    return transactions.as(tenant, tx -> seal(tx, material, context));
  }

  /** Seals for a place; the holder's key is there until the transaction ends. */
  SealedCredential seal(TenantTx tx, Material material, CredentialContext context)
      throws java.sql.SQLException {
    keys.ready(tx, context.holder());
    return material.seal(vault, context);
  }

  String fingerprint(Material material) {
    return vault.fingerprint(material.apiKey());
  }

  private static Refusal malformed(String why) {
    Problem problem = new Problem(Problem.Kind.KEY_MALFORMED, why).field("api_key");
    return Refusal.of(problem.kind().code(), problem);
  }

  private static Refusal closed(Unopenable closed) {
    return switch (closed.reason()) {
      case KEY_DESTROYED, KEY_MISSING, TAMPERED ->
          Refusal.conflict(
              "offer-unopenable", "The key pair cannot be used any more. Ask for a new pair.");
      case MASTER_KEY, STORE_UNAVAILABLE ->
          Refusal.of(
              "key-store",
              new Problem(
                  Problem.Kind.UNAVAILABLE,
                  "Keys cannot be sealed now. Nothing was stored; try again in a few minutes."));
    };
  }
}
