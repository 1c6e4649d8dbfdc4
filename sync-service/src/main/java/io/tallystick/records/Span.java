package io.tallystick.records;

import io.tallystick.ledger.EntryKind;
import java.time.Instant;

/**
 * A part of a holder's books that may be read: one kind of entry on one connection.
 *
 * @param since the first instant that the consent's look-back reaches
 */
public record Span(EntryKind kind, long connection, Instant since) {}
