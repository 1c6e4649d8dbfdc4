package io.tallystick.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the module graph that ARCHITECTURE.md draws: lines of {@code module → what it uses}, from
 * the top down.
 */
final class Drawing {
  private static final Pattern LINE =
      Pattern.compile("^ *(?:[a-z]+ +)?([a-z][a-z.]*) +→ *([a-z., ]*)$");

  private Drawing() {}

  /** Arrows that do not point down the page. */
  static List<String> upward(Map<String, SortedSet<String>> drawn) {
    List<String> upward = new ArrayList<>();
    List<String> order = List.copyOf(drawn.keySet());
    drawn.forEach((module, targets) ->
        targets.stream()
            .filter(target -> order.indexOf(target) <= order.indexOf(module))
            .forEach(target -> upward.add(module + " → " + target)));
    return upward;
  }

  /** The drawing, in its order. */
  static Map<String, SortedSet<String>> read(Path page) {
    Map<String, SortedSet<String>> drawn = new LinkedHashMap<>();
    try {
      for (String line : Files.readAllLines(page)) {
        Matcher arrow = LINE.matcher(line);
        if (arrow.matches()) {
          SortedSet<String> targets = new TreeSet<>(Arrays.asList(arrow.group(2).split("[, ]+")));
          targets.remove("");
          drawn.put(arrow.group(1), targets);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return drawn;
  }
}
