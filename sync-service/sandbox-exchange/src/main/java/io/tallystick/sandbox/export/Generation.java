package io.tallystick.sandbox.export;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How files look; the venue changed that over the years, and people keep files of all of them. */
public enum Generation {
  /**
   * Since 2025: years of two digits in a zone that only the file's name tells, zeros cut off, the
   * newest words for operations.
   */
  CURRENT,
  /** Around 2022: UTC, amounts with all their zeros, the words of that time. */
  FORMER;

  /** The name in control calls. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The generation of this name. */
  public static Optional<Generation> of(String code) {
    return Arrays.stream(values()).filter(one -> one.code().equals(code)).findFirst();
  }
}
