package io.tallystick.imports;

import io.tallystick.venue.Exports.Asked;
import io.tallystick.venue.Exports.Refusal;
import io.tallystick.venue.Exports.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is said about the tables of one file. Where there are several, each is called by its place,
 * as in the report of its rows: names may hold what is personal.
 */
final class Tables {
  private Tables() {}

  /** What the file is said to be: its first table that holds anything; there is one at least. */
  static Table first(List<Table> tables) {
    return tables.stream().filter(table -> !table.empty()).findFirst().orElse(tables.getFirst());
  }

  /** Why not all of these can be read, of the first that cannot; null when all can. */
  static @Nullable Refusal refusal(List<Table> tables) {
    for (Table table : tables) {
      Refusal refusal = table.refusal();
      if (refusal != null) {
        return tables.size() == 1
            ? refusal
            : new Refusal(
                refusal.code(),
                "Table %d of %d: %s Nothing of the others is read before that one is mended or left"
                        .formatted(table.index() + 1, tables.size(), refusal.text())
                    + " out.");
      }
    }
    return null;
  }

  /** What is asked about these, each topic once: its answer counts for all that it is asked of. */
  static List<Asked> questions(List<Table> tables) {
    Map<String, List<Asked>> topics = new LinkedHashMap<>();
    Map<String, List<Integer>> places = new LinkedHashMap<>();
    for (Table table : tables) {
      for (Asked asked : table.questions()) {
        topics.computeIfAbsent(asked.topic(), _ -> new ArrayList<>()).add(asked);
        places.computeIfAbsent(asked.topic(), _ -> new ArrayList<>()).add(table.index() + 1);
      }
    }
    List<Asked> questions = new ArrayList<>();
    topics.forEach((topic, asked) -> {
      Map<String, String> choices = new LinkedHashMap<>();
      asked.forEach(one -> choices.putAll(one.choices()));
      String text = asked.getFirst().text();
      questions.add(
          new Asked(
              topic,
              tables.size() == 1
                  ? text
                  : text + " " + of(Objects.requireNonNull(places.get(topic)), tables.size()),
              choices));
    });
    return questions;
  }

  private static String of(List<Integer> places, int all) {
    if (places.size() == 1) {
      return "This is asked of table %d of %d.".formatted(places.getFirst(), all);
    }
    String named = places.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return "This is asked of the tables %s of %d, and one answer counts for all of them: bring those"
            .formatted(named, all)
        + " that differ in files of their own.";
  }
}
