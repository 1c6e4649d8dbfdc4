package io.tallystick.report.packing;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads what {@link PackedBytes} wrote. */
final class PackedInput {
  private final List<String> texts = new ArrayList<>();
  private final byte[] bytes;
  private int at;

  PackedInput(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean more() {
    return at < bytes.length;
  }

  private byte next() {
    if (at >= bytes.length) {
      throw new IllegalArgumentException("packed bytes end too early");
    }
    return bytes[at++];
  }

  long number() {
    long value = 0;
    int shift = 0;
    byte part;
    do {
      part = next();
      value |= (long) (part & 0x7f) << shift;
      shift += 7;
    } while (part < 0 && shift < 70);
    return (value >>> 1) ^ -(value & 1);
  }

  int count() {
    return Math.toIntExact(number());
  }

  byte[] raw() {
    int size = count();
    if (size < 0 || size > bytes.length - at) {
      throw new IllegalArgumentException("packed bytes end too early");
    }
    at += size;
    return Arrays.copyOfRange(bytes, at - size, at);
  }

  String text() {
    int known = count();
    if (known == 0) {
      String fresh = new String(raw(), StandardCharsets.UTF_8);
      texts.add(fresh);
      return fresh;
    }
    if (known < 0 || known > texts.size()) {
      throw new IllegalArgumentException("a packed text that was not there before");
    }
    return texts.get(known - 1);
  }

  BigDecimal decimal() {
    int scale = count();
    return scale >= 0 ? BigDecimal.valueOf(number(), scale) : new BigDecimal(whole(), -1 - scale);
  }

  BigInteger whole() {
    return new BigInteger(raw());
  }

  Instant instant() {
    return Instant.ofEpochSecond(number(), number());
  }
}
