package io.tallystick.ledger;

import io.tallystick.kernel.Framer;
import io.tallystick.kernel.Ids;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What makes an event the same event in every source: the facts that all sources share. Equal facts
 * may be several events (twin fills), so an ordinal among equals completes the id.
 *
 * @param fact what is identified, for example {@code fill}
 * @param parts the shared facts in canonical text, in a fixed order
 * @param second the UTC second every source shares; null where sources differ in it
 * @param rank orders equals canonically (venue time, then venue id); not part of the id
 * @param once whether the facts hold the venue's own id of the event, so that equals are the same
 *     event, told by several lists: the record of the lowest rank then speaks for it
 */
public record Identity(
    String fact, List<String> parts, @Nullable Instant second, String rank, boolean once) {
  public Identity {
    parts = List.copyOf(parts);
  }

  /** What makes an event the same, where equals are several events. */
  public Identity(String fact, List<String> parts, @Nullable Instant second, String rank) {
    this(fact, parts, second, rank, false);
  }

  /** What equal events have in common. */
  record Facts(String fact, @Nullable Instant second, List<String> parts) {}

  /** What this event has in common with its equals. */
  Facts facts() {
    return new Facts(fact, second, parts);
  }

  /** An event that several lists tell under one id of the venue. */
  public static Identity told(String fact, String id, String rank) {
    return new Identity(fact, List.of(id), null, rank, true);
  }

  /**
   * The same, told by a list that knows only part of it: another list speaks for the event, or a
   * file that tells it whole, whichever is there.
   */
  public static Identity toldInPart(String fact, String id, String rank) {
    return told(fact, id, Slot.IN_PART + rank);
  }

  /** The id of the {@code ordinal}-th (from 0) event with these facts on this connection. */
  public UUID id(byte[] connection, int ordinal) {
    return id(new Framer(), connection, ordinal);
  }

  /** The same, framed in memory that is at hand. */
  UUID id(Framer row, byte[] connection, int ordinal) {
    row.begin().add("tallystick/entry/1").add(connection).add(fact).add(second);
    for (String part : parts) {
      row.add(part);
    }
    return Ids.timed(second, row.add(ordinal).sha256());
  }
}
