package io.tallystick.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a venue's answer looks like: which fields, of which kind, and which may be absent. */
public sealed interface Shape {

  /** How a single value is written. */
  enum Kind {
    /** A text. */
    STRING,
    /** A decimal number in a text. */
    DECIMAL,
    /** A whole number of at most 32 bits. */
    INT,
    /** A whole number of at most 64 bits. */
    LONG,
    /** Milliseconds (or microseconds) since 1970 as a whole number. */
    MS,
    /** A text {@code yyyy-MM-dd HH:mm:ss} in UTC. */
    UTC,
    /** true or false. */
    BOOL,
    /** Anything. */
    ANY
  }

  /** A single value; {@code mayBeAbsent} as a field of an object. */
  record Value(Kind kind, boolean mayBeAbsent) implements Shape {}

  /** A list or an object that may be absent as a field of an object. */
  record Perhaps(Shape of) implements Shape {}

  /** A list of values of one shape. */
  record Rows(Shape of) implements Shape {}

  /** An object with named fields, in the venue's order. */
  record Fields(Map<String, Shape> fields) implements Shape {
    /** Keeps the order. */
    public Fields {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
  }

  /** Everything in which this value differs from the shape, each with its path; empty for none. */
  default List<String> problems(JsonNode value) {
    List<String> problems = new ArrayList<>();
    compare(this, value, "$", problems);
    return problems;
  }

  private static void compare(Shape shape, JsonNode value, String path, List<String> problems) {
    switch (shape) {
      case Value single -> {
        if (!fits(single.kind(), value)) {
          problems.add(path + " is no " + single.kind().name().toLowerCase(Locale.ROOT));
        }
      }
      case Rows rows -> {
        if (!value.isArray()) {
          problems.add(path + " is no list");
        }
        for (int i = 0; value.isArray() && i < value.size(); i++) {
          compare(rows.of(), value.get(i), path + "[" + i + "]", problems);
        }
      }
      case Fields object -> fields(object, value, path, problems);
      case Perhaps perhaps -> compare(perhaps.of(), value, path, problems);
    }
  }

  private static void fields(Fields object, JsonNode value, String path, List<String> problems) {
    if (!value.isObject()) {
      problems.add(path + " is no object");
      return;
    }
    object
        .fields()
        .forEach((name, shape) -> {
          boolean absent = !value.has(name);
          boolean may = shape instanceof Perhaps || (shape instanceof Value v && v.mayBeAbsent());
          if (absent && !may) {
            problems.add(path + "." + name + " is absent");
          } else if (!absent) {
            compare(shape, value.get(name), path + "." + name, problems);
          }
        });
    value
        .fieldNames()
        .forEachRemaining(name -> {
          if (!object.fields().containsKey(name)) {
            problems.add(path + "." + name + " is unknown");
          }
        });
  }

  private static boolean fits(Kind kind, JsonNode value) {
    return switch (kind) {
      case STRING -> value.isTextual();
      case DECIMAL -> value.isTextual() && value.asText().matches("-?[0-9]+(\\.[0-9]+)?");
      case INT -> value.isInt();
      case LONG -> value.isIntegralNumber() && value.canConvertToLong();
      case MS -> value.isIntegralNumber() && value.canConvertToLong();
      case UTC -> value.asText().matches("\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}");
      case BOOL -> value.isBoolean();
      case ANY -> true;
    };
  }
}
