package io.tallystick.connection;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of table {@code connection}. What never changes is not updatable, as the grants have it.
 */
@Entity(name = "Connection")
@Table(name = "connection")
@SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
class ConnectionRow {
  @EmbeddedId Key key;

  @Column(name = "public_id", updatable = false)
  UUID publicId;

  @Column(name = "consent_id")
  long consent;

  @Column(updatable = false)
  String venue;

  @Column(updatable = false)
  String environment;

  @Column(name = "uid_sealed", updatable = false)
  byte[] uidSealed;

  @Column(updatable = false)
  short format;

  String state;

  @Column(name = "state_reason")
  @Nullable String stateReason;

  @Column(name = "state_at")
  Instant stateAt;

  @Column(name = "waiting_until")
  @Nullable Instant waitingUntil;

  @Column(name = "doubts")
  short doubts;

  @Column(name = "doubted_at")
  @Nullable Instant doubtedAt;

  @Column(name = "key_kind")
  String keyKind;

  @Column(name = "key_origin")
  String keyOrigin;

  @Column(name = "key_since")
  @Nullable Instant keySince;

  @Column(name = "address_restricted")
  @Nullable Boolean addressRestricted;

  @Column(name = "former_key_until")
  @Nullable Instant formerKeyUntil;

  @Column(name = "rights_verdict")
  String rightsVerdict;

  String[] rights;

  @Column(name = "rights_checked_at")
  Instant rightsCheckedAt;

  @Column(name = "rights_acknowledged_sealed")
  byte @Nullable [] rightsAcknowledgedSealed;

  @Column(name = "created_at", updatable = false)
  Instant createdAt;

  /** The primary key. */
  @Embeddable
  record Key(
      @Column(name = "tenant_id") long tenant,
      @Column(name = "holder_id") long holder,
      @Column(name = "connection_id") long connection)
      implements Serializable {}

  Link link() {
    return new Link(
        key.tenant(),
        key.holder(),
        key.connection(),
        publicId,
        consent,
        venue,
        environment,
        ConnectionState.of(state),
        stateReason,
        rightsVerdict);
  }

  @Override
  public String toString() {
    return "connection " + key;
  }

  /** The rows, as Panache keeps them. Used only inside a transaction of the tenant. */
  @ApplicationScoped
  static class Rows implements PanacheRepositoryBase<ConnectionRow, Key> {}
}
