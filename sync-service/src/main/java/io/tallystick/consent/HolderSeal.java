package io.tallystick.consent;

import org.jspecify.annotations.Nullable;

/** Seals what is personal about holders and consents under the holder's keys; done by the vault. */
public interface HolderSeal {
  /** What is sealed; part of what a ciphertext is bound to. */
  enum Field {
    /** The tenant's own reference of the person. */
    REFERENCE,
    /** What proves that a consent was given. */
    EVIDENCE,
    /** The address from which a consent was given. */
    GIVEN_IP,
    /** The program by which a consent was given. */
    GIVEN_AGENT,
    /** Why a consent ended. */
    REASON,
    /** A receipt of a consent; kept under the key of consents, which outlives the identity. */
    RECEIPT
  }

  /** A digest of the reference under an installation key: finds a holder, tells nothing of him. */
  byte[] digest(long tenant, String reference);

  /** The sealed bytes, bound to tenant, holder, row (the holder's or the consent's id), field. */
  byte[] seal(long tenant, long holder, long row, Field field, byte[] plain);

  /** The bytes again; null when the key was destroyed, throws when they were moved or changed. */
  byte @Nullable [] open(long tenant, long holder, long row, Field field, byte[] sealed);
}
