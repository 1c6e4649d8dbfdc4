package io.tallystick.sync;

import io.restassured.RestAssured;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the service measured of itself at an instant, by name and labels. */
record Meter(Map<String, Double> lines) {
  static Meter now() {
    Map<String, Double> lines = new TreeMap<>();
    RestAssured.given()
        .accept("text/plain")
        .get("/q/metrics")
        .then()
        .statusCode(200)
        .extract()
        .asString()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> {
          int end = line.lastIndexOf(' ');
          lines.put(line.substring(0, end), Double.valueOf(line.substring(end + 1)));
        });
    return new Meter(lines);
  }

  /** The sum of all lines of a name that bear these labels. */
  long sum(String name, String... labels) {
    return lines.entrySet().stream()
        .filter(line -> line.getKey().startsWith(name + "{"))
        .filter(line -> Stream.of(labels).allMatch(line.getKey()::contains))
        .mapToLong(line -> line.getValue().longValue())
        .sum();
  }
}
