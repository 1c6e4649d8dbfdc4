package io.tallystick.connection;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.tallystick.vault.CredentialContext;
import io.tallystick.vault.SealedCredential;
import io.tallystick.venue.KeyKind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of table {@code credential}: one version of a connection's key, sealed or destroyed. */
@Entity(name = "Credential")
@Table(name = "credential")
@SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
class CredentialRow {
  @EmbeddedId Key key;

  @Column(name = "connection_id", updatable = false)
  long connection;

  @Column(updatable = false)
  int version;

  @Column(name = "key_kind", updatable = false)
  String keyKind;

  @Column(updatable = false)
  short format;

  byte @Nullable [] sealed;

  @Column(updatable = false)
  String fingerprint;

  @Column(name = "created_at", updatable = false)
  Instant createdAt;

  @Column(name = "destroyed_at")
  @Nullable Instant destroyedAt;

  /** The primary key. */
  @Embeddable
  record Key(
      @Column(name = "tenant_id") long tenant,
      @Column(name = "holder_id") long holder,
      @Column(name = "credential_id") long credential)
      implements Serializable {}

  void destroy(Instant now) {
    sealed = null;
    destroyedAt = now;
  }

  /** The credential as the vault takes it; null once it was destroyed. */
  @Nullable SealedCredential sealed(ConnectionRow of) {
    byte[] bytes = sealed;
    if (bytes == null) {
      return null;
    }
    CredentialContext context =
        new CredentialContext(
            key.tenant(),
            key.holder(),
            connection,
            key.credential(),
            version,
            of.venue,
            of.environment);
    return new SealedCredential(context, kind(keyKind), bytes, fingerprint);
  }

  static KeyKind kind(String code) {
    for (KeyKind kind : KeyKind.values()) {
      if (kind.code().equals(code)) {
        return kind;
      }
    }
    throw new IllegalStateException("a credential is of an unknown kind");
  }

  @Override
  public String toString() {
    return "credential " + fingerprint;
  }

  /** The rows, as Panache keeps them. Used only inside a transaction of the tenant. */
  @ApplicationScoped
  static class Rows implements PanacheRepositoryBase<CredentialRow, Key> {
    /** All versions of a connection's credential, the newest first. */
    List<CredentialRow> of(ConnectionRow row) {
      return list(
          "key.tenant = ?1 and key.holder = ?2 and connection = ?3 order by version desc",
          row.key.tenant(),
          row.key.holder(),
          row.key.connection());
    }
  }
}
