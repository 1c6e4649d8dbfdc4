package io.tallystick.retention;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tallystick.vault.RetentionClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The profiles that came with this release, read from {@code profiles.json} beside this class. */
final class Profiles {
  private static final List<Profile> ALL = read();

  private Profiles() {}

  /** All of them; the last one holds where no other does. */
  static List<Profile> all() {
    return ALL;
  }

  /** The profile of a jurisdiction; a region such as {@code US-CA} falls back to its country. */
  static Profile of(String jurisdiction) {
    for (String code : List.of(jurisdiction, jurisdiction.substring(0, 2))) {
      for (Profile profile : ALL) {
        if (profile.jurisdictions().contains(code)) {
          return profile;
        }
      }
    }
    return ALL.getLast();
  }

  private static List<Profile> read() {
    try (InputStream file = Profiles.class.getResourceAsStream("profiles.json")) {
      List<Profile> profiles = new ArrayList<>();
      new JsonMapper().readTree(file).get("profiles").forEach(one -> profiles.add(profile(one)));
      return List.copyOf(profiles);
    } catch (IOException e) {
      throw new UncheckedIOException("the retention profiles cannot be read", e);
    }
  }

  private static Profile profile(JsonNode node) {
    Map<RetentionClass, Profile.Keep> keep = new EnumMap<>(RetentionClass.class);
    for (RetentionClass retention : RetentionClass.values()) {
      JsonNode one = node.get("keep").get(retention.code());
      keep.put(
          retention,
          new Profile.Keep(
              Period.parse(one.get("period").asText()),
              one.path("from_year_end").asBoolean(),
              one.path("duty").asBoolean()));
    }
    return new Profile(
        node.get("code").asText(),
        node.get("version").asInt(),
        LocalDate.parse(node.get("checked_on").asText()),
        texts(node.get("jurisdictions")),
        texts(node.get("sources")),
        keep);
  }

  private static List<String> texts(@Nullable JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node != null) {
      node.forEach(one -> texts.add(one.asText()));
    }
    return texts;
  }
}
