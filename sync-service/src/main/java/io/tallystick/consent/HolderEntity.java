package io.tallystick.consent;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code holder}; never changed once written. */
@Entity
@IdClass(HolderEntity.Key.class)
@Table(name = "holder")
class HolderEntity {
  /** The form of the sealed columns. */
  static final short FORMAT = 1;

  @Id
  @Column(name = "tenant_id")
  long tenant;

  @Id
  @Column(name = "holder_id")
  long holder;

  @Column(name = "reference_sealed", updatable = false)
  byte[] referenceSealed = {};

  @Column(name = "reference_digest", updatable = false)
  byte[] referenceDigest = {};

  @Column(updatable = false)
  short format = FORMAT;

  @Column(name = "created_at", updatable = false)
  Instant createdAt = Instant.EPOCH;

  /** The key: tenant first. */
  record Key(long tenant, long holder) {}
}
