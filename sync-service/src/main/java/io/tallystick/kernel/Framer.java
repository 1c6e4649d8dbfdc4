package io.tallystick.kernel;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Puts fields in a row as {@link Frame} tells, one row after another in the same memory: for the
 * many rows of a page. Not for sharing between threads.
 */
public final class Framer {
  /** Seconds since the epoch that as microseconds fit into eight bytes by far. */
  private static final long MICROS_FIT = 1L << 40;

  private @Nullable MessageDigest digest;
  private byte[] bytes = new byte[128];
  private int size;

  /** Begins a row. */
  public Framer begin() {
    size = 0;
    return this;
  }

  /** Adds a text; null is a missing field. */
  public Framer add(@Nullable String text) {
    if (text == null) {
      return missing();
    }
    int length = text.length();
    room(4 + length);
    int at = size + 4;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        return add(text.getBytes(StandardCharsets.UTF_8));
      }
      bytes[at++] = (byte) c;
    }
    putInt(length);
    size = at;
    return this;
  }

  /** Adds bytes; null is a missing field. */
  public Framer add(byte @Nullable [] field) {
    if (field == null) {
      return missing();
    }
    room(4 + field.length);
    putInt(field.length);
    System.arraycopy(field, 0, bytes, size, field.length);
    size += field.length;
    return this;
  }

  /** Adds a number. */
  public Framer add(long number) {
    room(12);
    putInt(8);
    putLong(number);
    return this;
  }

  /** Adds an instant; null is a missing field. */
  public Framer add(@Nullable Instant instant) {
    return instant == null ? missing() : add(micros(instant));
  }

  /** Adds an id. */
  public Framer add(UUID id) {
    room(20);
    putInt(16);
    putLong(id.getMostSignificantBits());
    putLong(id.getLeastSignificantBits());
    return this;
  }

  /** Adds a field that is missing. */
  public Framer missing() {
    room(4);
    putInt(-1);
    return this;
  }

  /** The row. */
  public byte[] bytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** SHA-256 of the row, 32 bytes long. */
  public byte[] sha256() {
    MessageDigest one = digest == null ? Digests.sha256() : digest;
    digest = one;
    one.update(bytes, 0, size);
    return one.digest();
  }

  // Whole microseconds, towards zero; the general way takes ten times as long.
  private static long micros(Instant instant) {
    long second = instant.getEpochSecond();
    return second >= 0 && second < MICROS_FIT
        ? second * 1_000_000 + instant.getNano() / 1_000
        : ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
    }
  }

  private void putInt(int number) {
    bytes[size] = (byte) (number >>> 24);
    bytes[size + 1] = (byte) (number >>> 16);
    bytes[size + 2] = (byte) (number >>> 8);
    bytes[size + 3] = (byte) number;
    size += 4;
  }

  private void putLong(long number) {
    putInt((int) (number >>> 32));
    putInt((int) number);
  }
}
