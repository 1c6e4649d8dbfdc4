package io.tallystick.boot;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns a failed start into a sentence: the innermost message, never a stack trace, and never a
 * password, which drivers repeat with an address they cannot read.
 */
final class Faults {
  private static final Pattern PASSWORD = Pattern.compile("(?i)(password=)[^&\\s\"']*");
  private static final Pattern LOGIN = Pattern.compile("//[^/@\\s]+@");

  private Faults() {}

  static String sentence(Throwable failure) {
    Throwable at = failure;
    String last = failure.getClass().getSimpleName();
    while (true) {
      @Nullable String message = at.getMessage();
      if (message != null && !message.isBlank()) {
        last = message;
      }
      Throwable cause = at.getCause();
      if (cause == null) {
        return withoutPasswords(last);
      }
      at = cause;
    }
  }

  private static String withoutPasswords(String message) {
    String masked = PASSWORD.matcher(message).replaceAll("$1[secret]");
    return LOGIN.matcher(masked).replaceAll("//[secret]@");
  }
}
