package io.tallystick.records;

import io.tallystick.venue.Domain;
import java.time.Instant;

/**
 * A part of a holder's books that may be read: what was read from one kind of record, on one
 * connection.
 *
 * @param since the first instant that the consent's look-back reaches
 */
public record Span(Domain domain, long connection, Instant since) {}
