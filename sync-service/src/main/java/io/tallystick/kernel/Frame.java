package io.tallystick.kernel;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
    ByteArrayOutputStream out = new ByteArrayOutputStream(64);
    for (Object field : fields) {
      if (field == null) {
        out.writeBytes(ByteBuffer.allocate(4).putInt(-1).array());
        continue;
      }
      byte[] bytes = bytes(field);
      out.writeBytes(ByteBuffer.allocate(4).putInt(bytes.length).array());
      out.writeBytes(bytes);
    }
    return out.toByteArray();
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

  private static byte[] bytes(Object field) {
    return switch (field) {
      case byte[] bytes -> bytes;
      case String text -> text.getBytes(StandardCharsets.UTF_8);
      case Long number -> ByteBuffer.allocate(8).putLong(number).array();
      case Integer number -> ByteBuffer.allocate(8).putLong(number).array();
      case Boolean flag -> ByteBuffer.allocate(8).putLong(flag ? 1 : 0).array();
      case Instant instant -> bytes(ChronoUnit.MICROS.between(Instant.EPOCH, instant));
      case UUID uuid ->
          ByteBuffer.allocate(16)
              .putLong(uuid.getMostSignificantBits())
              .putLong(uuid.getLeastSignificantBits())
              .array();
      default -> throw new IllegalArgumentException("cannot frame " + field.getClass());
    };
  }
}
