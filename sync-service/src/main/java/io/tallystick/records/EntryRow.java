package io.tallystick.records;

import io.tallystick.ledger.Entry;
import io.tallystick.ledger.EntryKind;
import io.tallystick.ledger.EntryState;
import io.tallystick.venue.Domain;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One revision of a stored entry, without its postings.
 *
 * @param evidence the record that this revision was read from
 * @param recordedAt when this revision was written
 * @param terms what a trade was agreed at; null for other kinds
 * @param network the chain of a transfer; null if unknown
 * @param details still sealed; null when there are none
 * @param domain the kind of record it was read from; null when nobody knows
 */
record EntryRow(
    UUID id,
    int revision,
    long connection,
    UUID evidence,
    Instant occurredAt,
    Instant recordedAt,
    EntryKind kind,
    EntryState state,
    int mappingVersion,
    Entry.@Nullable Terms terms,
    @Nullable String network,
    byte @Nullable [] details,
    @Nullable Domain domain) {}
