package io.tallystick.tenancy;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code api_token}: the digest of a token; only its revocation is ever written later. */
@Entity
@IdClass(ApiTokenEntity.Key.class)
@Table(name = "api_token")
class ApiTokenEntity {
  @Id
  @Column(name = "tenant_id")
  long tenant;

  @Id
  @Column(name = "token_id")
  long token;

  @Column(name = "client_id", updatable = false)
  long client;

  @Column(name = "token_hash", updatable = false)
  byte[] hash = {};

  @Column(name = "created_at", updatable = false)
  Instant createdAt = Instant.EPOCH;

  @Column(name = "expires_at", updatable = false)
  @Nullable Instant expiresAt;

  @Column(updatable = false)
  String origin = "file";

  @Column(name = "issued_by", updatable = false)
  @Nullable Long issuedBy;

  @Column(name = "revoked_at")
  @Nullable Instant revokedAt;

  /** The key: tenant first. */
  record Key(long tenant, long token) {}
}
