package io.tallystick.consent;

import io.tallystick.kernel.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** For how long a consent lets an account be read; what was read stays open until it ends. */
public enum DurationKind {
  /** Again and again until it ends. */
  UNTIL(
      Duration.ofDays(366), "A consent may last 366 days from when it was given; then ask again."),
  /** Until the account was read whole for the first time. */
  ONCE(Duration.ofHours(24), "A consent for one reading may last 24 hours from when it was given.");

  private final Duration longest;
  private final String rule;

  DurationKind(Duration longest, String rule) {
    this.longest = longest;
    this.rule = rule;
  }

  /** The name in the API and the database: lower case. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of this name; the other one where a request names none. */
  static DurationKind of(@Nullable String code, DurationKind unnamed) {
    return code == null ? unnamed : valueOf(code.toUpperCase(Locale.ROOT));
  }

  /** Whether this allows nothing that the other does not. */
  boolean within(DurationKind wider) {
    return this == ONCE || wider == UNTIL;
  }

  /** A problem when a consent of this kind would last too long. */
  void check(Instant givenAt, Instant expiresAt) {
    if (expiresAt.isAfter(givenAt.plus(longest))) {
      throw Problem.invalid("expires_at", rule);
    }
  }
}
