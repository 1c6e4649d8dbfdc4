package io.tallystick.ledger;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event that export files tell.
 *
 * @param entry what one row says; equal rows say the same
 * @param count how often it happened according to all exports together; zero takes it back
 * @param evidence the rows, in order; the last one stands for any that are missing; none when only
 *     taken back
 * @param domain the kind of record, as consents name it
 * @param words what each of them says, where exports word equal events differently: two outputs of
 *     one transaction go to different addresses. None where all say the same
 * @param first the id of the first of its equals, where it is known already
 */
public record Counted(
    Entry entry,
    int count,
    List<UUID> evidence,
    int mappingVersion,
    String domain,
    List<Entry> words,
    @Nullable UUID first) {
  /** What ranks of rows begin with: behind those of the venue's own records. */
  public static final String MARK = Slot.EXPORTED + "e";

  public Counted {
    evidence = List.copyOf(evidence);
    words = List.copyOf(words);
  }

  /** An event that all rows word alike. */
  public Counted(Entry entry, int count, List<UUID> evidence, int mappingVersion, String domain) {
    this(entry, count, evidence, mappingVersion, domain, List.of(), null);
  }

  /** The same, with the id of the first of its equals. */
  public Counted of(UUID id) {
    return new Counted(entry, count, evidence, mappingVersion, domain, words, id);
  }

  /** The rank of the one of this place among equals. */
  String rank(int ordinal) {
    return words(ordinal).identity().rank();
  }

  private Entry words(int ordinal) {
    return words.isEmpty() ? entry : words.get(Math.min(ordinal, words.size() - 1));
  }

  UUID evidence(int ordinal) {
    return evidence.get(Math.min(ordinal, evidence.size() - 1));
  }

  Booking row(int ordinal) {
    return Booking.fresh(words(ordinal), evidence(ordinal), mappingVersion).from(domain);
  }

  Booking gone(UUID before) {
    return Booking.fresh(gone(entry), before, mappingVersion).from(domain);
  }

  /** The same event, taken back. */
  static Entry gone(Entry entry) {
    Identity was = entry.identity();
    return new Entry(
        entry.kind(),
        EntryState.VOID,
        entry.occurredAt(),
        new Identity(was.fact(), was.parts(), was.second(), Slot.FREE, was.once()),
        entry.terms(),
        entry.network(),
        entry.details(),
        List.of());
  }
}
