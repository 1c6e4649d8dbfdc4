package io.tallystick.tenancy;

import java.io.Serial;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;
import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

/**
 * An array in PostgreSQL's binary form, for the types that the driver spells out as text, and for
 * texts, of each of which it makes two copies: ids, instants, amounts and texts are most of what a
 * page binds. A connection that does not send these types in binary form ({@code
 * binaryTransferEnable}) gets the text.
 */
final class BinaryArray extends PGobject implements PGBinaryObject {
  @Serial private static final long serialVersionUID = 1L;

  /** 2000-01-01, from which PostgreSQL counts, in seconds of the epoch. */
  private static final long POSTGRES_EPOCH = 946_684_800L;

  private final byte[] bytes;
  private final transient @Nullable Object[] values;

  private BinaryArray(String type, byte[] bytes, @Nullable Object[] values) {
    setType(type);
    this.bytes = bytes;
    this.values = values;
  }

  static BinaryArray of(@Nullable UUID[] values) {
    ByteBuffer out = begun(Oid.UUID, 20 * values.length, values);
    for (UUID value : values) {
      if (value == null) {
        out.putInt(-1);
      } else {
        out.putInt(16)
            .putLong(value.getMostSignificantBits())
            .putLong(value.getLeastSignificantBits());
      }
    }
    return new BinaryArray("_uuid", ended(out), values);
  }

  static BinaryArray of(@Nullable OffsetDateTime[] values) {
    @Nullable Instant[] instants = new Instant[values.length];
    for (int i = 0; i < values.length; i++) {
      OffsetDateTime value = values[i];
      instants[i] = value == null ? null : value.toInstant();
    }
    return of(instants);
  }

  static BinaryArray of(@Nullable Instant[] values) {
    ByteBuffer out = begun(Oid.TIMESTAMPTZ, 12 * values.length, values);
    for (Instant value : values) {
      if (value == null) {
        out.putInt(-1);
      } else {
        out.putInt(8).putLong(micros(value));
      }
    }
    return new BinaryArray("_timestamptz", ended(out), values);
  }

  static BinaryArray of(@Nullable String[] values) {
    int characters = 0;
    for (String value : values) {
      characters += value == null ? 0 : value.length();
    }
    ByteBuffer out = begun(Oid.TEXT, characters + 4 * values.length, values);
    for (String value : values) {
      if (value == null) {
        out.putInt(-1);
      } else if (!ascii(value, out)) {
        return encoded(values);
      }
    }
    return new BinaryArray("_text", ended(out), values);
  }

  // Puts length and characters, or says that they are not all ASCII, as those of pages nearly are.
  private static boolean ascii(String value, ByteBuffer out) {
    int at = out.position() + 4;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c >= 0x80) {
        return false;
      }
      out.put(at++, (byte) c);
    }
    out.putInt(value.length()).position(at);
    return true;
  }

  private static BinaryArray encoded(@Nullable String[] values) {
    byte @Nullable [][] words = new byte[values.length][];
    int bytes = 4 * values.length;
    for (int i = 0; i < values.length; i++) {
      String value = values[i];
      if (value != null) {
        byte[] word = value.getBytes(StandardCharsets.UTF_8);
        words[i] = word;
        bytes += word.length;
      }
    }
    ByteBuffer out = begun(Oid.TEXT, bytes, values);
    return new BinaryArray("_text", ended(put(words, out)), values);
  }

  static BinaryArray of(@Nullable Boolean[] values) {
    ByteBuffer out = begun(Oid.BOOL, 5 * values.length, values);
    for (Boolean value : values) {
      if (value == null) {
        out.putInt(-1);
      } else {
        out.putInt(1).put((byte) (value ? 1 : 0));
      }
    }
    return new BinaryArray("_bool", ended(out), values);
  }

  static BinaryArray of(@Nullable BigDecimal[] values) {
    byte @Nullable [][] words = new byte[values.length][];
    int bytes = 4 * values.length;
    for (int i = 0; i < values.length; i++) {
      BigDecimal value = values[i];
      if (value != null) {
        byte[] word = NumericBytes.of(value);
        words[i] = word;
        bytes += word.length;
      }
    }
    ByteBuffer out = begun(Oid.NUMERIC, bytes, values);
    return new BinaryArray("_numeric", ended(put(words, out)), values);
  }

  private static ByteBuffer put(byte[] @Nullable [] words, ByteBuffer out) {
    for (byte[] word : words) {
      if (word == null) {
        out.putInt(-1);
      } else {
        out.putInt(word.length).put(word);
      }
    }
    return out;
  }

  // Dimensions (one, or none when it is empty), whether there are nulls, type; length, first index.
  private static ByteBuffer begun(int type, int bytes, @Nullable Object[] values) {
    ByteBuffer out = ByteBuffer.allocate(20 + bytes);
    boolean nulls = false;
    for (Object value : values) {
      nulls |= value == null;
    }
    out.putInt(values.length == 0 ? 0 : 1).putInt(nulls ? 1 : 0).putInt(type);
    return values.length == 0 ? out : out.putInt(values.length).putInt(1);
  }

  private static byte[] ended(ByteBuffer out) {
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }

  // Nanoseconds are rounded as the server rounds them: to the nearest, in the middle to the even.
  private static long micros(Instant time) {
    long micros = time.getNano() / 1_000;
    int rest = time.getNano() % 1_000;
    if (rest > 500 || (rest == 500 && micros % 2 == 1)) {
      micros++;
    }
    return (time.getEpochSecond() - POSTGRES_EPOCH) * 1_000_000 + micros;
  }

  @Override
  public String getValue() {
    List<String> words = new ArrayList<>(values.length);
    for (Object value : values) {
      words.add(value instanceof String text ? quoted(text) : String.valueOf(value));
    }
    return "{" + String.join(",", words) + "}";
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  @Override
  public int lengthInBytes() {
    return bytes.length;
  }

  @Override
  public void toBytes(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, bytes.length);
  }

  @Override
  public void setByteValue(byte[] value, int offset) {
    throw new UnsupportedOperationException("written only, never read");
  }
}
