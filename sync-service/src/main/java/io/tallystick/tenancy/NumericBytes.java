package io.tallystick.tenancy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.postgresql.util.ByteConverter;

/**
 * An amount in PostgreSQL's binary form: how many digits, of which place the first is, sign, scale,
 * then the digits, which are numbers below ten thousand. Amounts of up to seventeen digits, which
 * is almost all, are taken apart without big numbers; the driver does the others.
 */
final class NumericBytes {
  private static final int BASE = 10_000;
  private static final int PLACES = 4;

  // So many decimals are four whole digits, and fit.
  private static final int MOST_DECIMALS = 16;
  private static final int MOST_DIGITS = 18;

  // Fewer digits than that have no more.
  private static final int MOST_BITS = 59;
  private static final short NEGATIVE = 0x4000;
  private static final long[] TENS = tens();

  private NumericBytes() {}

  private static long[] tens() {
    long[] tens = new long[MOST_DIGITS + 1];
    tens[0] = 1;
    for (int i = 1; i < tens.length; i++) {
      tens[i] = tens[i - 1] * 10;
    }
    return tens;
  }

  static byte[] of(BigDecimal value) {
    int scale = value.scale();
    BigInteger unscaled = value.unscaledValue();
    if (scale < 0 || scale > MOST_DECIMALS || unscaled.bitLength() > MOST_BITS) {
      return ByteConverter.numeric(value);
    }
    long units = unscaled.longValue();
    long all = Math.abs(units);
    long whole = all / TENS[scale];
    int behind = (scale + PLACES - 1) / PLACES;
    long rest = all % TENS[scale] * TENS[behind * PLACES - scale];
    // The digits from the last to the first.
    short[] digits = new short[(MOST_DIGITS + PLACES) / PLACES + behind];
    int n = 0;
    for (int i = 0; i < behind; i++, rest /= BASE) {
      digits[n++] = (short) (rest % BASE);
    }
    for (; whole > 0; whole /= BASE) {
      digits[n++] = (short) (whole % BASE);
    }
    int last = 0;
    while (last < n && digits[last] == 0) {
      last++;
    }
    int first = n;
    while (first > last && digits[first - 1] == 0) {
      first--;
    }
    ByteBuffer out = ByteBuffer.allocate(8 + 2 * (first - last));
    out.putShort((short) (first - last)).putShort((short) (first - 1 - behind));
    out.putShort(units < 0 ? NEGATIVE : 0).putShort((short) scale);
    for (int i = first - 1; i >= last; i--) {
      out.putShort(digits[i]);
    }
    return out.array();
  }
}
