package io.tallystick.kernel;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The one grammar of amounts. Checked before {@link BigDecimal} sees the text, because ten
 * characters such as {@code 1e99999999} can cost a minute of arithmetic.
 */
public final class Decimals {
  /** Most digits before the point. */
  public static final int MAX_INTEGER_DIGITS = 38;

  /** Most digits after the point. */
  public static final int MAX_FRACTION_DIGITS = 30;

  private Decimals() {}

  /**
   * Reads {@code -?(0|[1-9][0-9]{0,37})(\.[0-9]{1,30})?}, ASCII only, at any scale; negative zero
   * becomes zero. Null when the text is anything else.
   */
  public static @Nullable BigDecimal parse(@Nullable String text) {
    return text != null && matches(text) ? new BigDecimal(text) : null;
  }

  /** Like {@link #parse}, for text that is known to be good; anything else is a bug. */
  public static BigDecimal of(String text) {
    BigDecimal value = parse(text);
    if (value == null) {
      throw new IllegalArgumentException("not a decimal of our grammar");
    }
    return value;
  }

  /** The canonical text: plain notation, no trailing zeros, no exponent, zero as {@code 0}. */
  public static String text(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  private static boolean matches(String text) {
    int at = text.startsWith("-") ? 1 : 0;
    int integer = digits(text, at);
    if (integer == 0 || integer > MAX_INTEGER_DIGITS) {
      return false;
    }
    if (integer > 1 && text.charAt(at) == '0') {
      return false;
    }
    at += integer;
    if (at == text.length()) {
      return true;
    }
    int fraction = text.charAt(at) == '.' ? digits(text, at + 1) : 0;
    return fraction > 0 && fraction <= MAX_FRACTION_DIGITS && at + 1 + fraction == text.length();
  }

  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at - from;
  }
}
