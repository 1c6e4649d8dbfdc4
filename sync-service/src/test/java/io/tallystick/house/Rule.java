package io.tallystick.house;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One rule of the house over compiled classes.
 *
 * @param name what holds, as a sentence
 * @param instead what to do rather than break it
 * @param excused who may break it, with the reason: files by name from the root down
 */
record Rule(String name, String instead, Map<String, String> excused, Finder finder) {
  /** A fault: in which file, and what. */
  record Fault(String file, String what) {}

  /** Looks for faults, as if nobody were excused. */
  interface Finder {
    Stream<Fault> in(House house);
  }

  /** A rule about each class alone. */
  static Rule ofTypes(
      String name,
      String instead,
      Map<String, String> excused,
      BiFunction<House, JavaClass, Stream<String>> faults) {
    return new Rule(
        name,
        instead,
        excused,
        house ->
            house
                .types()
                .flatMap(type ->
                    faults.apply(house, type).map(what -> new Fault(house.file(type), what))));
  }

  /** A rule about what classes may depend on. */
  static Rule ofTargets(
      String name,
      String instead,
      Map<String, String> excused,
      Function<JavaClass, Boolean> bound,
      Function<JavaClass, Boolean> forbidden) {
    return ofTypes(
        name,
        instead,
        excused,
        (house, type) ->
            bound.apply(type)
                ? House.targetsOf(type).filter(forbidden::apply).map(JavaClass::getName)
                : Stream.empty());
  }

  /** The faults of those who are not excused. */
  List<Fault> faults(House house) {
    return finder.in(house).filter(fault -> !excused.containsKey(fault.file())).distinct().toList();
  }

  /** The excused who no longer need it. */
  List<String> idleExcuses(House house) {
    if (excused.isEmpty()) {
      return List.of();
    }
    List<String> idle = new ArrayList<>(excused.keySet());
    finder.in(house).map(Fault::file).forEach(idle::remove);
    return idle;
  }

  @Override
  public String toString() {
    return name;
  }
}
