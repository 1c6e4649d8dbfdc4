package io.tallystick.connection;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.tallystick.vault.SealedOffer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of table {@code key_offer}: a pair that waits for its API key, or how the wait ended. */
@Entity(name = "KeyOffer")
@Table(name = "key_offer")
@SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
class OfferRow {
  @EmbeddedId Key key;

  @Column(name = "consent_id", updatable = false)
  long consent;

  @Column(updatable = false)
  String venue;

  @Column(updatable = false)
  String environment;

  @Column(name = "public_key", updatable = false)
  byte[] publicKey;

  @Column(updatable = false)
  short format;

  byte @Nullable [] sealed;

  @Column(name = "created_at", updatable = false)
  Instant createdAt;

  @Column(name = "expires_at", updatable = false)
  Instant expiresAt;

  @Column(name = "closed_at")
  @Nullable Instant closedAt;

  @Column(name = "close_reason")
  @Nullable String closeReason;

  /** The primary key. */
  @Embeddable
  record Key(
      @Column(name = "tenant_id") long tenant,
      @Column(name = "holder_id") long holder,
      @Column(name = "offer_id") long offer)
      implements Serializable {}

  /** Ends the wait; the private half is gone with it. */
  void close(Instant now, String reason) {
    sealed = null;
    closedAt = now;
    closeReason = reason;
  }

  /** The pair as the vault takes it; null once it was destroyed. */
  @Nullable SealedOffer offer() {
    byte[] bytes = sealed;
    return bytes == null
        ? null
        : new SealedOffer(
            new SealedOffer.Context(
                key.tenant(), key.holder(), key.offer(), consent, venue, environment),
            publicKey,
            bytes);
  }

  @Override
  public String toString() {
    return "offer " + key;
  }

  /** The rows, as Panache keeps them. Used only inside a transaction of the tenant. */
  @ApplicationScoped
  static class Rows implements PanacheRepositoryBase<OfferRow, Key> {}
}
