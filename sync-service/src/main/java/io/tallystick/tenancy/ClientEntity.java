package io.tallystick.tenancy;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code client}; never changed once written, but where it works and how to reach it can
 * be told later, once.
 */
@Entity
@IdClass(ClientEntity.Key.class)
@Table(name = "client")
class ClientEntity {
  @Id
  @Column(name = "tenant_id")
  long tenant;

  @Id
  @Column(name = "client_id")
  long client;

  @Column(updatable = false)
  String name = "";

  @Column(updatable = false)
  String role = "";

  @Column(updatable = false)
  String purpose = "";

  @Nullable String country;

  @Nullable String contact;

  @Nullable String address;

  @Column(name = "created_at", updatable = false)
  Instant createdAt = Instant.EPOCH;

  /** The key: tenant first. */
  record Key(long tenant, long client) {}
}
