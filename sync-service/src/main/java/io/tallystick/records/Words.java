package io.tallystick.records;

import io.tallystick.kernel.Problem;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Words that clients filter by. */
final class Words {
  private static final int LONGEST = 64;

  private Words() {}

  /** A symbol, asset or status as venues write it; a problem when it can be none. */
  static @Nullable String word(String name, @Nullable String text) {
    if (text == null) {
      return null;
    }
    boolean plain = text.codePoints().noneMatch(Character::isISOControl);
    if (text.isBlank() || text.length() > LONGEST || !plain) {
      throw Problem.invalid(name, "Write 1 to " + LONGEST + " printable characters.");
    }
    return text;
  }

  /** One of these words; a problem that lists them when it is none. */
  static @Nullable String oneOf(String name, @Nullable String text, String... words) {
    if (text == null || Arrays.asList(words).contains(text)) {
      return text;
    }
    String list = Arrays.stream(words).collect(Collectors.joining(", "));
    throw Problem.invalid(name, "Write one of: " + list + ".");
  }
}
