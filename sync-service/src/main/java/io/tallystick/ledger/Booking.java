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
 * @param telling whether another source may tell of the same event
 */
public record Booking(
    Entry entry,
    UUID evidence,
    int mappingVersion,
    @Nullable Identity correctedFrom,
    Set<UUID> earlier,
    Telling telling) {

  public Booking {
    earlier = Set.copyOf(earlier);
  }

  /** A booking of an event that nobody else tells of. */
  public Booking(
      Entry entry,
      UUID evidence,
      int mappingVersion,
      @Nullable Identity correctedFrom,
      Set<UUID> earlier) {
    this(entry, evidence, mappingVersion, correctedFrom, earlier, Telling.ALONE);
  }

  /** The same by a record of which another source may have told, or may yet tell. */
  public Booking as(Telling other) {
    return new Booking(entry, evidence, mappingVersion, correctedFrom, earlier, other);
  }

  /** A booking of a record seen for the first time. */
  public static Booking fresh(Entry entry, UUID evidence, int mappingVersion) {
    return new Booking(entry, evidence, mappingVersion, null, Set.of());
  }

  /** A booking of a record whose content the venue changed. */
  public static Booking corrected(
      Entry entry, UUID evidence, int mappingVersion, Identity first, List<UUID> earlier) {
    return new Booking(entry, evidence, mappingVersion, first, Set.copyOf(earlier));
  }
}
