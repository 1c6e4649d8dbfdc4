package io.tallystick.records;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entries a client asks for; null means any.
 *
 * @param asset moved by a posting of the entry, or the asset of its fee
 * @param from the first instant
 * @param to the instant before which entries end
 * @param unmovedToo whether entries that moved nothing yet, and so do not tell their asset to the
 *     database, pass the asset filter
 * @param voidToo whether entries that were taken back are listed
 */
record EntryFilter(
    @Nullable String symbol,
    @Nullable String asset,
    @Nullable Instant from,
    @Nullable Instant to,
    boolean unmovedToo,
    boolean voidToo) {}
