package io.tallystick.consent;

import io.tallystick.tenancy.LawfulBasis;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code consent}: what is allowed never changes, only where it stands does, and once, of
 * one that was asked for, when it was given and from where.
 */
@Entity
@IdClass(ConsentEntity.Key.class)
@Table(name = "consent")
class ConsentEntity {
  /** The form of the sealed columns. */
  static final short FORMAT = 1;

  @Id
  @Column(name = "tenant_id")
  long tenant;

  @Id
  @Column(name = "holder_id")
  long holder;

  @Id
  @Column(name = "consent_id")
  long consent;

  @Column(updatable = false)
  Long[] recipients = {};

  @Column(updatable = false)
  String[] purposes = {};

  @Column(updatable = false)
  String[] domains = {};

  @Column(name = "look_back_days", updatable = false)
  int lookBackDays;

  @Column(name = "expires_at", updatable = false)
  Instant expiresAt = Instant.EPOCH;

  @Column(updatable = false)
  String duration = DurationKind.UNTIL.code();

  // Where one for one reading stands: null until that was done.
  @Column(name = "used_at")
  @Nullable Instant usedAt;

  @Column(updatable = false)
  String jurisdiction = "";

  @Column(name = "lawful_basis", updatable = false)
  String lawfulBasis = LawfulBasis.CONSENT.code();

  // JSON of Stated; null in rows from before it was kept.
  @Column(updatable = false)
  @Nullable String stated;

  @Column(name = "given_at")
  Instant givenAt = Instant.EPOCH;

  @Column(name = "given_by", updatable = false)
  String givenBy = "";

  @Column(name = "given_method", updatable = false)
  String givenMethod = "";

  @Column(name = "given_evidence_sealed", updatable = false)
  byte @Nullable [] givenEvidenceSealed;

  @Column(name = "given_authentication", updatable = false)
  @Nullable String givenAuthentication;

  @Column(name = "given_ip_sealed")
  byte @Nullable [] givenIpSealed;

  @Column(name = "given_agent_sealed")
  byte @Nullable [] givenAgentSealed;

  @Column(name = "arrangement_id", updatable = false)
  long arrangement;

  @Column(updatable = false)
  int version = 1;

  @Column(name = "replaces_id", updatable = false)
  @Nullable Long replaces;

  @Nullable String deletion;

  // Null while nothing is wished.
  @Column(name = "deletion_at")
  @Nullable Instant deletionAt;

  @Column(name = "notice_version", updatable = false)
  @Nullable String noticeVersion;

  @Column(name = "notice_language", updatable = false)
  @Nullable String noticeLanguage;

  @Column(name = "notice_sha256", updatable = false)
  byte @Nullable [] noticeSha256;

  @Column(name = "answer_by", updatable = false)
  @Nullable Instant answerBy;

  @Column(name = "confirm_by")
  @Nullable Instant confirmBy;

  @Column(name = "remind_at")
  @Nullable Instant remindAt;

  @Column(name = "recorded_by", updatable = false)
  long recordedBy;

  String state = "";

  @Column(name = "state_at")
  Instant stateAt = Instant.EPOCH;

  @Column(name = "state_by")
  String stateBy = "";

  @Column(name = "state_reason_sealed")
  byte @Nullable [] stateReasonSealed;

  @Column(updatable = false)
  short format = FORMAT;

  /** What the holder wants of his data, said now. */
  void wish(String wished, Instant now) {
    deletion = wished;
    deletionAt = now;
  }

  /** When its time is over: that for an answer while it is asked for. */
  Instant ends() {
    Instant answer = answerBy;
    return answer != null && state.equals(ConsentState.REQUESTED.code()) ? answer : expiresAt;
  }

  /** The key: tenant and holder first. */
  record Key(long tenant, long holder, long consent) {}
}
