package io.tallystick.venue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One record exactly as the venue gave it.
 *
 * @param key its identity inside stream and partition, stable over re-reads and revisions
 * @param bornAt the record's own unchanging instant; null when it has none. Orders storage only
 * @param bytes the record's bytes, cut out of the page unchanged
 * @param read the same bytes as its stream read them while cutting, so that mapping need not read
 *     them again; null when it did not keep that
 */
public record Raw(String key, @Nullable Instant bornAt, byte[] bytes, @Nullable Read read) {
  /** A record that was read; only its own stream looks into it. */
  public interface Read {}

  /** A record of which nothing but the bytes is kept. */
  public Raw(String key, @Nullable Instant bornAt, byte[] bytes) {
    this(key, bornAt, bytes, null);
  }
}
