package io.tallystick.kernel;

import java.util.Locale;
import java.util.Set;

/** The countries of ISO 3166-1, by their codes of two letters. */
public final class Countries {
  private static final Set<String> CODES =
      Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);

  private Countries() {}

  /** Whether there is such a code; capital letters are asked for. */
  public static boolean isKnown(String code) {
    return CODES.contains(code);
  }
}
