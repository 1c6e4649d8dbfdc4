package io.tallystick.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Holds JSON to the schemas of the contract, more strictly than a schema alone would: a member that
 * is not declared is a fault, and an instant has milliseconds and ends with Z.
 */
final class SchemaCheck {
  private static final Set<String> KNOWN =
      Set.of(
          "$ref",
          "description",
          "examples",
          "default",
          "type",
          "format",
          "enum",
          "pattern",
          "minLength",
          "maxLength",
          "minimum",
          "maximum",
          "minItems",
          "maxItems",
          "items",
          "properties",
          "required",
          "additionalProperties");
  private static final Pattern INSTANT =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z");

  private final Contract contract;
  private final List<String> faults = new ArrayList<>();

  private SchemaCheck(Contract contract) {
    this.contract = contract;
  }

  /** What is wrong with a value; empty when nothing is. */
  static List<String> faults(Contract contract, JsonNode schema, JsonNode value) {
    SchemaCheck check = new SchemaCheck(contract);
    check.check("", schema, value);
    return check.faults;
  }

  private void check(String at, JsonNode given, JsonNode value) {
    JsonNode schema = contract.resolve(given);
    schema
        .fieldNames()
        .forEachRemaining(word -> {
          if (!KNOWN.contains(word)) {
            throw new AssertionError("this check does not know the word " + word);
          }
        });
    switch (schema.path("type").asText()) {
      case "object" -> object(at, schema, value);
      case "array" -> array(at, schema, value);
      case "string" -> text(at, schema, value);
      case "integer" -> {
        expect(at, value.isIntegralNumber(), "is no whole number");
        expect(at, inside(schema, value), "is too small or too large");
      }
      case "boolean" -> expect(at, value.isBoolean(), "is neither true nor false");
      default -> throw new AssertionError("a schema without a type at " + at);
    }
  }

  private void object(String at, JsonNode schema, JsonNode value) {
    expect(at, value.isObject(), "is no object");
    for (JsonNode name : schema.path("required")) {
      expect(at + "/" + name.asText(), value.has(name.asText()), "is missing");
    }
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      String name = at + "/" + member.getKey();
      JsonNode declared = schema.path("properties").path(member.getKey());
      JsonNode others = schema.path("additionalProperties");
      if (!declared.isMissingNode()) {
        check(name, declared, member.getValue());
      } else if (others.isObject()) {
        check(name, others, member.getValue());
      } else {
        expect(name, false, "is not declared");
      }
    }
  }

  private void array(String at, JsonNode schema, JsonNode value) {
    expect(at, value.isArray(), "is no array");
    expect(at, value.size() >= schema.path("minItems").asInt(0), "has too few items");
    expect(at, value.size() <= schema.path("maxItems").asInt(value.size()), "has too many items");
    for (int i = 0; i < value.size(); i++) {
      check(at + "/" + i, schema.path("items"), value.path(i));
    }
  }

  private void text(String at, JsonNode schema, JsonNode value) {
    expect(at, value.isTextual(), "is no text");
    String text = value.asText();
    if (schema.has("enum")) {
      boolean listed = false;
      for (JsonNode word : schema.path("enum")) {
        listed |= word.asText().equals(text);
      }
      expect(at, listed, "is none of the words");
    }
    if (schema.has("pattern")) {
      expect(
          at, Pattern.compile(schema.path("pattern").asText()).matcher(text).find(), "has no form");
    }
    if (schema.path("format").asText().equals("date-time")) {
      expect(at, INSTANT.matcher(text).matches(), "is no instant in UTC with milliseconds");
    }
    int length = text.codePointCount(0, text.length());
    expect(at, length >= schema.path("minLength").asInt(0), "is too short");
    expect(at, length <= schema.path("maxLength").asInt(length), "is too long");
  }

  private static boolean inside(JsonNode schema, JsonNode value) {
    return value.asLong() >= schema.path("minimum").asLong(Long.MIN_VALUE)
        && value.asLong() <= schema.path("maximum").asLong(Long.MAX_VALUE);
  }

  private void expect(String at, boolean good, String otherwise) {
    if (!good) {
      faults.add(at + " " + otherwise);
    }
  }
}
