package io.tallystick.kernel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The one way of putting fields in a row before hashing: each field is a 4-byte big-endian length
 * and its bytes, so that {@code ab, c} and {@code a, bc} never look alike. Numbers take 8 bytes
 * big-endian, instants are microseconds since the epoch, a missing field is a length of −1.
 */
public final class Frame {
  /** Seconds since the epoch that as microseconds fit into eight bytes by far. */
  private static final long MICROS_FIT = 1L << 40;

  private Frame() {}

  /** Frames strings, byte arrays, longs, ints, booleans, UUIDs, instants and nulls; no others. */
  public static byte[] of(@Nullable Object... fields) {
    // Hashing and sealing a row frames some fifty fields: texts are encoded once, into one array.
    byte @Nullable [][] texts = new byte[fields.length][];
    int size = 0;
    for (int i = 0; i < fields.length; i++) {
      if (fields[i] instanceof String text) {
        texts[i] = text.getBytes(StandardCharsets.UTF_8);
      }
      size += 4 + length(fields[i], texts[i]);
    }
    ByteBuffer out = ByteBuffer.allocate(size);
    for (int i = 0; i < fields.length; i++) {
      put(out, fields[i], texts[i]);
    }
    return out.array();
  }

  /** The fields of a frame that holds texts only, in order. */
  public static List<String> texts(byte[] frame) {
    ByteBuffer in = ByteBuffer.wrap(frame);
    List<String> texts = new ArrayList<>();
    while (in.hasRemaining()) {
      byte[] bytes = new byte[in.getInt()];
      in.get(bytes);
      texts.add(new String(bytes, StandardCharsets.UTF_8));
    }
    return texts;
  }

  private static int length(@Nullable Object field, byte @Nullable [] text) {
    return switch (field) {
      case null -> 0;
      case String _ -> Objects.requireNonNull(text).length;
      case byte[] bytes -> bytes.length;
      case Long _, Integer _, Boolean _, Instant _ -> 8;
      case UUID _ -> 16;
      default -> throw new IllegalArgumentException("cannot frame " + field.getClass());
    };
  }

  private static void put(ByteBuffer out, @Nullable Object field, byte @Nullable [] text) {
    switch (field) {
      case null -> out.putInt(-1);
      case String _ -> {
        byte[] bytes = Objects.requireNonNull(text);
        out.putInt(bytes.length).put(bytes);
      }
      case byte[] bytes -> out.putInt(bytes.length).put(bytes);
      case Long number -> out.putInt(8).putLong(number);
      case Integer number -> out.putInt(8).putLong(number);
      case Boolean flag -> out.putInt(8).putLong(flag ? 1 : 0);
      case Instant instant -> out.putInt(8).putLong(micros(instant));
      case UUID uuid ->
          out.putInt(16)
              .putLong(uuid.getMostSignificantBits())
              .putLong(uuid.getLeastSignificantBits());
      default -> throw new IllegalArgumentException("cannot frame " + field.getClass());
    }
  }

  // Whole microseconds, towards zero; the general way takes ten times as long.
  private static long micros(Instant instant) {
    long second = instant.getEpochSecond();
    return second >= 0 && second < MICROS_FIT
        ? second * 1_000_000 + instant.getNano() / 1_000
        : ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
