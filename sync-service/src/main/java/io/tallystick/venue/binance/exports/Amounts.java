package io.tallystick.venue.binance.exports;

import io.tallystick.kernel.Decimals;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Numbers as exports write them, brought to the one grammar of {@link Decimals} before they count:
 * thousands marks, exponents, currency signs, decimal commas. Never guesses: what the file's style
 * does not allow is not a number.
 */
final class Amounts {
  // 5.4E-7 and 9.1E-05 are seen; more than this no asset has decimals for.
  private static final int EXPONENT = 30;
  private static final Pattern POWER = Pattern.compile("([^eE]{1,80})[eE]([+-]?)([0-9]{1,3})");
  private static final Pattern POINT_GROUPS =
      Pattern.compile("-?[1-9][0-9]{0,2}(,[0-9]{3})+(\\.[0-9]+)?");
  private static final Pattern COMMA_GROUPS =
      Pattern.compile("-?[1-9][0-9]{0,2}(\\.[0-9]{3})+(,[0-9]+)?");
  private static final Pattern COMMA_PLAIN = Pattern.compile("-?[0-9]+(,[0-9]+)?");

  private Amounts() {}

  /** The number in {@code text[from, to)}; null when it is none. */
  static @Nullable BigDecimal parse(char[] text, int from, int to, NumberStyle style) {
    boolean plain = from < to && to - from <= 72;
    for (int i = from; i < to && plain; i++) {
      char c = text[i];
      plain = (c >= '0' && c <= '9') || c == '.' || c == '-';
    }
    if (!plain) {
      return parse(new String(text, from, to - from), style);
    }
    String number = new String(text, from, to - from);
    return style == NumberStyle.POINT ? Decimals.parse(number) : parse(number, style);
  }

  /** The number that the text is; null when it is none. */
  static @Nullable BigDecimal parse(String text, NumberStyle style) {
    if (text.isEmpty() || text.length() > 100) {
      return null;
    }
    String bare = unsigned(text);
    Matcher power = POWER.matcher(bare);
    if (!power.matches()) {
      return Decimals.parse(normal(bare, style));
    }
    BigDecimal mantissa = Decimals.parse(normal(power.group(1), style));
    int exponent = Integer.parseInt(power.group(3));
    if (mantissa == null || exponent > EXPONENT) {
      return null;
    }
    int scale = power.group(2).equals("-") ? -exponent : exponent;
    return Decimals.parse(mantissa.scaleByPowerOfTen(scale).toPlainString());
  }

  // A spreadsheet may put a currency sign in front, or a plus.
  private static String unsigned(String text) {
    int first = text.codePointAt(0);
    boolean sign = Character.getType(first) == Character.CURRENCY_SYMBOL || first == '+';
    return sign ? text.substring(Character.charCount(first)).strip() : text;
  }

  private static @Nullable String normal(String text, NumberStyle style) {
    return switch (style) {
      case POINT -> POINT_GROUPS.matcher(text).matches() ? text.replace(",", "") : text;
      case COMMA -> {
        if (COMMA_GROUPS.matcher(text).matches()) {
          yield text.replace(".", "").replace(',', '.');
        }
        yield COMMA_PLAIN.matcher(text).matches() ? text.replace(',', '.') : null;
      }
    };
  }

  /** Whether the text is a way to say that there is no amount. */
  static boolean isNone(char[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] != '-') {
        return false;
      }
    }
    return true;
  }
}
