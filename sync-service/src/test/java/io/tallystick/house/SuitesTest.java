package io.tallystick.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.suite.api.ExcludePackages;
import org.junit.platform.suite.api.SelectPackages;

/** Every test is in one suite: what is in none would not run, and nobody would miss it. */
class SuitesTest {
  private static Stream<String> selected(Class<?> suite) {
    return Arrays.stream(Objects.requireNonNull(suite.getAnnotation(SelectPackages.class)).value());
  }

  @Test
  void theLastSuiteLeavesOutWhatTheOthersTakeAndNothingElse() {
    assertEquals(
        new TreeSet<>(
            Stream.of(EngineSuite.class, InterfaceSuite.class)
                .flatMap(SuitesTest::selected)
                .toList()),
        new TreeSet<>(
            Arrays.asList(
                Objects.requireNonNull(RemainingSuite.class.getAnnotation(ExcludePackages.class))
                    .value())));
  }
}
