package io.tallystick.report.packing;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Writes plain values behind one another; {@link PackedInput} is its mirror. */
final class PackedBytes {
  private static final int TEN = 10;

  private final Map<String, Integer> texts = new HashMap<>();
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
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  void raw(byte[] value) {
    number(value.length);
    room(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
  }

  /** A text of before by its number from one, a new one as zero and its bytes. */
  void text(String value) {
    Integer known = texts.putIfAbsent(value, texts.size() + 1);
    if (known == null) {
      number(0);
      raw(value.getBytes(StandardCharsets.UTF_8));
    } else {
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
    BigDecimal least = value.stripTrailingZeros();
    least = least.scale() < 0 ? least.setScale(0) : least;
    if (least.precision() <= 18) {
      number(least.scale());
      number(least.unscaledValue().longValue());
    } else {
      // Below zero: the digits follow as bytes.
      number(-1 - least.scale());
      whole(least.unscaledValue());
    }
  }

  void whole(BigInteger value) {
    raw(value.toByteArray());
  }

  void instant(Instant value) {
    number(value.getEpochSecond());
    number(value.getNano());
  }
}
