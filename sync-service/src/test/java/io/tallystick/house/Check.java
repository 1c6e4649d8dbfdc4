package io.tallystick.house;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One check of tidiness over files of one kind.
 *
 * @param name what holds, as a sentence
 * @param excused paths, or ends of paths, that may break it, with the reason
 * @param faults what is wrong with a file; empty when nothing is
 */
record Check<F>(String name, Map<String, String> excused, Function<F, Stream<String>> faults) {
  Check(String name, Function<F, Stream<String>> faults) {
    this(name, Map.of(), faults);
  }

  /** Whether the file may break the check. */
  boolean excuses(String path) {
    return excused.keySet().stream().anyMatch(path::endsWith);
  }
}
