package io.tallystick.venue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One record exactly as the venue gave it.
 *
 * @param key its identity inside stream and partition, stable over re-reads and revisions
 * @param bornAt the record's own unchanging instant; null when it has none. Orders storage only
 * @param bytes the record's bytes, cut out of the page unchanged
 */
public record Raw(String key, @Nullable Instant bornAt, byte[] bytes) {}
