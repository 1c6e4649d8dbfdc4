package io.tallystick.ledger;

import java.util.UUID;

/** Seals an entry's personal details under the holder's key; implemented by the vault. */
public interface DetailSealer {
  /** The format stored beside what this seals. */
  int FORMAT = 1;

  /** Sealed details of an entry. */
  byte[] seal(long tenant, long holder, UUID entry, byte[] details);

  /** The details again; throws when they were moved, changed or their key destroyed. */
  byte[] open(long tenant, long holder, UUID entry, byte[] sealed);
}
