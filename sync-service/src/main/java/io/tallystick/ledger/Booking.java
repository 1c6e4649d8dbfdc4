package io.tallystick.ledger;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An entry about to be booked, with the record that says so.
 *
 * @param correctedFrom the identity under which the record was first booked; null when it is new
 * @param earlier evidence ids of the record's earlier revisions
 * @param domain the kind of record, as consents name it; null where the entry's kind says it
 * @param telling whether another source may tell of the same event
 */
public record Booking(
    Entry entry,
    UUID evidence,
    int mappingVersion,
    @Nullable Identity correctedFrom,
    Set<UUID> earlier,
    @Nullable String domain,
    Telling telling) {

  public Booking {
    earlier = Set.copyOf(earlier);
  }

  /** The same by a record of which another source may have told, or may yet tell. */
  public Booking as(Telling other) {
    return new Booking(entry, evidence, mappingVersion, correctedFrom, earlier, domain, other);
  }

  /** A booking of a record seen for the first time. */
  public static Booking fresh(Entry entry, UUID evidence, int mappingVersion) {
    return new Booking(entry, evidence, mappingVersion, null, Set.of(), null, Telling.ALONE);
  }

  /** The same, read from this kind of record. */
  public Booking from(@Nullable String kind) {
    return new Booking(entry, evidence, mappingVersion, correctedFrom, earlier, kind, telling);
  }

  /** A booking of a record whose content the venue changed. */
  public static Booking corrected(
      Entry entry, UUID evidence, int mappingVersion, Identity first, List<UUID> earlier) {
    return new Booking(
        entry, evidence, mappingVersion, first, Set.copyOf(earlier), null, Telling.ALONE);
  }
}
