package io.tallystick.tenancy;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code tenant}. */
@Entity
@Table(name = "tenant")
class TenantEntity {
  @Id
  @Column(name = "tenant_id")
  long tenant;

  @Column(updatable = false)
  String name = "";

  String[] environments = {};

  @Nullable String contact;

  @Nullable String address;

  @Nullable String country;

  @Column(name = "lawful_basis")
  @Nullable String lawfulBasis;

  @Column(name = "created_at", updatable = false)
  Instant createdAt = Instant.EPOCH;
}
