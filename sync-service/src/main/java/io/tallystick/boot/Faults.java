package io.tallystick.boot;

import org.jspecify.annotations.Nullable;

/** Turns a failed start into a sentence: the innermost message, never a stack trace. */
final class Faults {
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
        return last;
      }
      at = cause;
    }
  }
}
