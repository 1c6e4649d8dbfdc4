package io.tallystick.web;

import io.tallystick.kernel.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Instants as text: RFC 3339, written in UTC with exactly three digits of a second. */
public final class Times {
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");
  private static final int LONGEST = 35;

  private Times() {}

  /** The instant in UTC; what is finer than a millisecond is cut off. */
  public static String text(Instant instant) {
    return MILLIS.format(instant);
  }

  /** The instant of a text with an offset, from 1970 to 9999; null when it is anything else. */
  public static @Nullable Instant parse(String text) {
    if (text.length() > LONGEST) {
      return null;
    }
    try {
      Instant instant =
          OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME).toInstant();
      return instant.isBefore(FIRST) || instant.isAfter(LAST) ? null : instant;
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** An optional query parameter: null when absent, a problem that names it when unreadable. */
  public static @Nullable Instant parameter(String name, @Nullable String text) {
    if (text == null) {
      return null;
    }
    Instant instant = parse(text);
    if (instant == null) {
      throw Problem.invalid(
          name, "Write an instant from 1970 to 9999 like 2026-01-31T00:00:00.000Z.");
    }
    return instant;
  }
}
