package io.tallystick.consent;

import java.time.Instant;
import java.util.UUID;

/**
 * What a client hears of the end of a consent that named it, or of an amendment that leaves it out,
 * for one connection under it.
 *
 * @param leaf the act in the access log by which the connection stopped
 * @param state how it ended; final
 * @param at when it ended
 */
public record Ending(UUID leaf, long holder, long connection, ConsentState state, Instant at) {}
