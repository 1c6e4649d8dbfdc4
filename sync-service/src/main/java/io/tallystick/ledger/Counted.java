package io.tallystick.ledger;

import java.util.List;
import java.util.UUID;

/**
 * An event that export files tell.
 *
 * @param entry what one row says; equal rows say the same
 * @param count how often it happened according to all exports together; zero takes it back
 * @param evidence the rows, in order; the last one stands for any that are missing; none when only
 *     taken back
 */
public record Counted(Entry entry, int count, List<UUID> evidence, int mappingVersion) {
  /** What ranks of rows begin with: behind those of the venue's own records. */
  public static final String MARK = Slot.EXPORTED + "e";

  public Counted {
    evidence = List.copyOf(evidence);
  }

  UUID evidence(int ordinal) {
    return evidence.get(Math.min(ordinal, evidence.size() - 1));
  }

  Booking row(int ordinal) {
    return Booking.fresh(entry, evidence(ordinal), mappingVersion).from(domain(entry.kind()));
  }

  Booking gone(UUID before) {
    return Booking.fresh(gone(entry), before, mappingVersion).from(domain(entry.kind()));
  }

  /** The kind of record, as consents name it, that a row of a file is which tells such an entry. */
  public static String domain(EntryKind kind) {
    return switch (kind) {
      case TRADE, FEE, UNCLASSIFIED -> "trades";
      case DEPOSIT -> "deposits";
      case WITHDRAWAL -> "withdrawals";
      case INTERNAL_TRANSFER -> "transfers";
      case CONVERSION -> "converts";
      case INCOME -> "dividends";
    };
  }

  /** The same event, taken back. */
  static Entry gone(Entry entry) {
    Identity was = entry.identity();
    return new Entry(
        entry.kind(),
        EntryState.VOID,
        entry.occurredAt(),
        new Identity(was.fact(), was.parts(), was.second(), Slot.FREE),
        entry.terms(),
        entry.network(),
        entry.details(),
        List.of());
  }
}
