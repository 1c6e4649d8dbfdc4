package io.tallystick.report.packing;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes plain values behind one another; {@link PackedInput} is its mirror. */
final class PackedBytes {
  private static final int TEN = 10;
  private static final long MOST = 1_000_000_000_000_000_000L;
  private static final int NEAR = 1 << 10;
  private static final int[] POWERS = {32, 16, 8, 4, 2, 1};
  private static final BigInteger[] TENS = new BigInteger[POWERS.length];

  static {
    Arrays.setAll(TENS, n -> BigInteger.TEN.pow(POWERS[n]));
  }

  private final Map<String, Integer> texts = new HashMap<>(1 << 12);
  // The very objects that were written lately, with their numbers: most texts come again soon, and
  // then nothing has to be looked up.
  private final @Nullable String[] near = new String[NEAR];
  private final int[] numbers = new int[NEAR];
  private byte[] bytes = new byte[1 << 14];
  private int size;

  byte[] bytes() {
    return Arrays.copyOf(bytes, size);
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }

  /** Seven bits a byte, the lowest first; small numbers of either sign are short. */
  void number(long value) {
    room(10);
    long rest = (value << 1) ^ (value >> 63);
    if ((rest & ~0x7fL) == 0) {
      bytes[size++] = (byte) rest;
      return;
    }
    byte[] into = bytes;
    int at = size;
    do {
      into[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    } while ((rest & ~0x7fL) != 0);
    into[at++] = (byte) rest;
    size = at;
  }

  void raw(byte[] value) {
    number(value.length);
    room(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
  }

  /** A text of before by its number from one, a new one as zero and its bytes. */
  @SuppressWarnings("ReferenceEquality") // Only a shortcut; equal texts are found below.
  void text(String value) {
    int hash = value.hashCode();
    int place = (hash ^ (hash >>> 10) ^ (hash >>> 20)) & (NEAR - 1);
    if (near[place] == value) {
      number(numbers[place]);
      return;
    }
    Integer known = texts.putIfAbsent(value, texts.size() + 1);
    near[place] = value;
    if (known == null) {
      numbers[place] = texts.size();
      number(0);
      raw(value.getBytes(StandardCharsets.UTF_8));
    } else {
      numbers[place] = known;
      number(known);
    }
  }

  /** At the smallest scale that is not negative, so that equal amounts have equal bytes. */
  void decimal(BigDecimal value) {
    int scale = value.scale();
    if (value.precision() <= 18) {
      long digits = value.unscaledValue().longValue();
      while (scale > 0 && digits % TEN == 0) {
        digits /= TEN;
        scale--;
      }
      if (scale >= 0) {
        number(scale);
        number(digits);
        return;
      }
    }
    lengthy(scale < 0 ? value.setScale(0) : value);
  }

  private void lengthy(BigDecimal value) {
    int scale = value.scale();
    BigInteger digits = value.unscaledValue();
    // Whoever ends in so many zeros can be halved so often; most cannot, and are done at once.
    for (int n = 0; n < POWERS.length; n++) {
      while (scale >= POWERS[n] && digits.getLowestSetBit() >= POWERS[n]) {
        BigInteger[] parts = digits.divideAndRemainder(TENS[n]);
        if (parts[1].signum() != 0) {
          break;
        }
        digits = parts[0];
        scale -= POWERS[n];
      }
    }
    if (digits.bitLength() < Long.SIZE && fits(digits.longValue())) {
      number(scale);
      number(digits.longValue());
    } else {
      // Below zero: the digits follow as bytes.
      number(-1 - scale);
      whole(digits);
    }
  }

  // No more than eighteen digits.
  private static boolean fits(long digits) {
    return digits < MOST && digits > -MOST;
  }

  void whole(BigInteger value) {
    raw(value.toByteArray());
  }

  void instant(Instant value) {
    number(value.getEpochSecond());
    number(value.getNano());
  }
}
