package io.tallystick.consent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How often a consent has to be confirmed again, by jurisdiction: data, not code. It is confirmed
 * by giving it anew, or by resuming it.
 */
final class Reconfirmation {
  private static final JsonNode DAYS = days();

  private Reconfirmation() {}

  /** Until when a consent that was given or confirmed at an instant stands; null for its time. */
  static @Nullable Instant by(String jurisdiction, Instant confirmed) {
    int days = DAYS.path(jurisdiction).asInt();
    return days == 0 ? null : confirmed.plus(Duration.ofDays(days));
  }

  private static JsonNode days() {
    try (InputStream file = Reconfirmation.class.getResourceAsStream("reconfirmation.json")) {
      return new JsonMapper().readTree(Objects.requireNonNull(file)).path("days");
    } catch (IOException e) {
      throw new UncheckedIOException("the periods of reconfirmation cannot be read", e);
    }
  }
}
