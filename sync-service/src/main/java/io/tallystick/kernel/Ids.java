package io.tallystick.kernel;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Public ids: a prefix that tells the kind, an underscore, and bytes in Crockford's base 32 (lower
 * case). They are hashes or random, never authority: every use is checked against tenant and
 * consent.
 */
public final class Ids {
  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

  private Ids() {}

  /** {@code prefix_} and the key's eight bytes: 13 characters. */
  public static String of(String prefix, long key) {
    return prefix + "_" + encode(ByteBuffer.allocate(8).putLong(key).array());
  }

  /** {@code prefix_} and the holder's and the thing's bytes, so that no search is needed. */
  public static String of(String prefix, long holder, UUID id) {
    return prefix
        + "_"
        + encode(
            ByteBuffer.allocate(24)
                .putLong(holder)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array());
  }

  /** {@code prefix_}, the holder's and the thing's eight bytes. */
  public static String of(String prefix, long holder, long key) {
    return prefix + "_" + encode(ByteBuffer.allocate(16).putLong(holder).putLong(key).array());
  }

  /** The bytes behind a public id of this prefix; null when the text is not one. */
  public static @Nullable ByteBuffer parse(String prefix, String text, int bytes) {
    if (!text.startsWith(prefix + "_")) {
      return null;
    }
    byte[] decoded = decode(text.substring(prefix.length() + 1));
    if (decoded == null || decoded.length != bytes) {
      return null;
    }
    // One thing has one spelling: stray trailing bits or upper case are another text.
    return encode(decoded).equals(text.substring(prefix.length() + 1))
        ? ByteBuffer.wrap(decoded)
        : null;
  }

  /**
   * An id that sorts and stores by time: 48 bits of the instant's whole second in milliseconds (a
   * fact every source shares; null gives zero), then 80 bits of the digest.
   */
  public static UUID timed(@Nullable Instant second, byte[] digest) {
    long millis = second == null ? 0 : Math.max(0, second.getEpochSecond()) * 1000;
    ByteBuffer hash = ByteBuffer.wrap(digest);
    long high = (millis << 16) | (hash.getShort() & 0xffffL);
    return new UUID(high, hash.getLong());
  }

  /** Sorts before each of these, or is it, in the order of the database. */
  public static UUID lowest(Collection<UUID> ids) {
    return new UUID(highs(ids).min(Long::compareUnsigned).orElseThrow(), 0);
  }

  /** Sorts behind each of these, or is it, in the order of the database. */
  public static UUID highest(Collection<UUID> ids) {
    return new UUID(highs(ids).max(Long::compareUnsigned).orElseThrow(), -1);
  }

  private static Stream<Long> highs(Collection<UUID> ids) {
    return ids.stream().map(UUID::getMostSignificantBits);
  }

  private static String encode(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length * 8 / 5 + 1);
    int buffer = 0;
    int bits = 0;
    for (byte b : bytes) {
      buffer = (buffer << 8) | (b & 0xff);
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(ALPHABET.charAt((buffer >>> bits) & 31));
      }
      buffer &= (1 << bits) - 1;
    }
    if (bits > 0) {
      text.append(ALPHABET.charAt((buffer << (5 - bits)) & 31));
    }
    return text.toString();
  }

  private static byte @Nullable [] decode(String text) {
    if (!text.equals(text.toLowerCase(Locale.ROOT)) || text.length() > 64) {
      return null;
    }
    ByteBuffer out = ByteBuffer.allocate(text.length() * 5 / 8);
    int buffer = 0;
    int bits = 0;
    for (int i = 0; i < text.length(); i++) {
      int value = ALPHABET.indexOf(text.charAt(i));
      if (value < 0) {
        return null;
      }
      buffer = ((buffer << 5) | value) & 0xfff;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        out.put((byte) (buffer >>> bits));
      }
    }
    return out.array();
  }
}
