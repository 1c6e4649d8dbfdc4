package io.tallystick.consent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * When holders are reminded of a consent, and how often it has to be confirmed, by jurisdiction:
 * data, not code. It is confirmed by the step of that name, by giving it anew, or by resuming it.
 *
 * @param remindEvery days after which he is told again, from when he gave or confirmed it or was
 *     last reminded
 * @param beforeEnd days before the end on which he is told
 * @param confirmEvery days after which it pauses when it was not confirmed; zero for never
 * @param beforePause days before that on which he is told
 */
record Regime(
    int remindEvery, List<Integer> beforeEnd, int confirmEvery, List<Integer> beforePause) {
  private static final JsonNode DATA = data();

  /** That of a country, or of a part of one (ISO 3166). */
  static Regime of(String jurisdiction) {
    String country = jurisdiction.substring(0, 2);
    return new Regime(
        said(jurisdiction, country, "remind_every_days").asInt(),
        days(said(jurisdiction, country, "remind_days_before_end")),
        said(jurisdiction, country, "confirm_every_days").asInt(),
        days(said(jurisdiction, country, "remind_days_before_pause")));
  }

  /** Until when a consent that was given or confirmed at an instant stands; null for its time. */
  @Nullable Instant confirmBy(Instant confirmed) {
    return confirmEvery == 0 ? null : confirmed.plus(Duration.ofDays(confirmEvery));
  }

  // The narrowest that says anything decides.
  private static JsonNode said(String jurisdiction, String country, String what) {
    JsonNode all = DATA.path("jurisdictions");
    return Stream.of(all.path(jurisdiction), all.path(country), DATA.path("everywhere"))
        .map(one -> one.path(what))
        .filter(one -> !one.isMissingNode())
        .findFirst()
        .orElseGet(() -> DATA.path("nowhere"));
  }

  private static List<Integer> days(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asInt).toList();
  }

  private static JsonNode data() {
    try (InputStream file = Regime.class.getResourceAsStream("regimes.json")) {
      return new JsonMapper().readTree(Objects.requireNonNull(file));
    } catch (IOException e) {
      throw new UncheckedIOException("the regimes of consents cannot be read", e);
    }
  }
}
