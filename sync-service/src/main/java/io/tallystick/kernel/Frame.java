package io.tallystick.kernel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The one way of putting fields in a row before hashing: each field is a 4-byte big-endian length
 * and its bytes, so that {@code ab, c} and {@code a, bc} never look alike. Numbers take 8 bytes
 * big-endian, instants are microseconds since the epoch, a missing field is a length of −1.
 */
public final class Frame {
  private Frame() {}

  /** Frames strings, byte arrays, longs, ints, booleans, UUIDs, instants and nulls; no others. */
  public static byte[] of(@Nullable Object... fields) {
    Framer row = new Framer();
    for (Object field : fields) {
      switch (field) {
        case null -> row.missing();
        case String text -> row.add(text);
        case byte[] bytes -> row.add(bytes);
        case Long number -> row.add(number.longValue());
        case Integer number -> row.add(number.longValue());
        case Boolean flag -> row.add(flag ? 1 : 0);
        case Instant instant -> row.add(instant);
        case UUID uuid -> row.add(uuid);
        default -> throw new IllegalArgumentException("cannot frame " + field.getClass());
      }
    }
    return row.bytes();
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
}
