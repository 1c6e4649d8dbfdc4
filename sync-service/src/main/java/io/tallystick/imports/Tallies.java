package io.tallystick.imports;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * How often exports tell one event. Equal rows of a file are as many events, and parts of an export
 * add up; the same part brought twice, and exports that overlap, tell the same events.
 */
final class Tallies {
  private final Map<Source, Integer> counts = new HashMap<>();

  /**
   * A table of a file.
   *
   * @param export what all parts of one export share; the table itself where it is whole
   * @param table names it for good: one of the tables of one batch
   */
  record Source(String export, int part, UUID table) {}

  /** Counts this many more, or fewer. */
  void add(Source source, int more) {
    counts.merge(source, more, Integer::sum);
  }

  /** How often it happened by all of them together. */
  int events() {
    if (counts.size() == 1) {
      return Math.max(0, counts.values().iterator().next());
    }
    Map<String, Map<Integer, Integer>> exports = new HashMap<>();
    counts.forEach((source, count) ->
        exports
            .computeIfAbsent(source.export(), _ -> new HashMap<>())
            .merge(source.part(), count, Math::max));
    return exports.values().stream()
        .mapToInt(parts -> parts.values().stream().mapToInt(Integer::intValue).sum())
        .max()
        .orElse(0);
  }
}
