package io.tallystick.sandbox.market;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.OptionalLong;

/**
 * Amounts as whole numbers of 10⁻⁸, the venue's finest step: exact, and eight bytes each, so that a
 * quarter of a million fills fit in a small heap.
 */
public final class Units {
  /** How many units make one. */
  public static final long ONE = 100_000_000L;

  private static final int SCALE = 8;

  private Units() {}

  /** The amount as a decimal with eight places. */
  public static BigDecimal decimal(long units) {
    return BigDecimal.valueOf(units, SCALE);
  }

  /** The amount with all eight places, as {@code /api} shows it. */
  public static String text(long units) {
    return decimal(units).toPlainString();
  }

  /** The amount without trailing zeros, as {@code /sapi} shows it. */
  public static String trimmed(long units) {
    return units == 0 ? "0" : decimal(units).stripTrailingZeros().toPlainString();
  }

  /** The units of a plain decimal text, or empty where it is none or finer than a unit. */
  public static OptionalLong parse(String text) {
    if (!text.matches("[0-9]{1,10}(\\.[0-9]{1,8}0*)?")) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        new BigDecimal(text).movePointRight(SCALE).toBigIntegerExact().longValueExact());
  }

  /** {@code a · b / divisor}, rounded down, without overflow in between. */
  public static long scaled(long a, long b, long divisor) {
    return BigInteger.valueOf(a)
        .multiply(BigInteger.valueOf(b))
        .divide(BigInteger.valueOf(divisor))
        .longValueExact();
  }
}
