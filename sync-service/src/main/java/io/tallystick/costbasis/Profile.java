package io.tallystick.costbasis;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * A jurisdiction's rules as data with a version and a date; read from {@code <id>.properties}
 * beside this class. An accountant chooses the profile and may override single settings.
 *
 * @param id short name, such as {@code us}
 * @param title for people
 * @param version raised with every change of a figure or rule
 * @param checked the day on which the figures were last compared with their sources
 * @param settings the defaults
 * @param methods the methods that may be chosen
 * @param rounding rounding of report lines
 * @param figures yearly limits and rates as text, by name; to be checked before a filing season
 * @param notes assumptions that every report of this profile prints
 */
public record Profile(
    String id,
    String title,
    int version,
    LocalDate checked,
    Settings settings,
    Set<Method> methods,
    Rounding rounding,
    Map<String, String> figures,
    List<String> notes) {

  /** Every profile of this version of the library, in order. */
  public static final List<String> IDS =
      List.of("generic", "us", "uk", "de", "ca", "ie", "au", "jp");

  /** Copies the collections. */
  public Profile {
    methods = Collections.unmodifiableSet(EnumSet.copyOf(methods));
    figures = Collections.unmodifiableMap(new TreeMap<>(figures));
    notes = List.copyOf(notes);
  }

  /** Reads one of {@link #IDS}; throws IllegalArgumentException on any other name. */
  public static Profile of(String id) {
    if (!IDS.contains(id)) {
      throw new IllegalArgumentException("no such profile: " + id);
    }
    try (InputStream in = Profile.class.getResourceAsStream(id + ".properties")) {
      if (in == null) {
        throw new IllegalStateException("profile is missing from the jar: " + id);
      }
      Properties properties = new Properties();
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      return read(id, properties);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The profile's settings with some replaced. Throws IllegalArgumentException when the method is
   * not among the profile's.
   */
  public Settings settings(Map<String, String> overrides) {
    Settings chosen = settings.with(overrides);
    if (!methods.contains(chosen.method())) {
      throw new IllegalArgumentException(
          "profile " + id + " does not offer " + chosen.method() + "; it offers " + methods);
    }
    return chosen;
  }

  private static Profile read(String id, Properties properties) {
    Map<String, String> settings = group(properties, "setting.");
    Set<Method> methods = EnumSet.noneOf(Method.class);
    for (String name : required(properties, "methods").split("\\s*,\\s*")) {
      methods.add(Method.valueOf(name));
    }
    return new Profile(
        id,
        required(properties, "title"),
        Integer.parseInt(required(properties, "version")),
        LocalDate.parse(required(properties, "checked")),
        Settings.of(settings),
        methods,
        new Rounding(
            Integer.parseInt(required(properties, "rounding.places")),
            RoundingMode.valueOf(required(properties, "rounding.proceeds")),
            RoundingMode.valueOf(required(properties, "rounding.costs"))),
        group(properties, "figure."),
        List.copyOf(group(properties, "note.").values()));
  }

  private static String required(Properties properties, String key) {
    String value = properties.getProperty(key);
    if (value == null) {
      throw new IllegalStateException("profile lacks " + key);
    }
    return value.trim();
  }

  private static Map<String, String> group(Properties properties, String prefix) {
    Map<String, String> group = new TreeMap<>();
    for (String key : properties.stringPropertyNames()) {
      if (key.startsWith(prefix)) {
        group.put(key.substring(prefix.length()), required(properties, key));
      }
    }
    return group;
  }
}
