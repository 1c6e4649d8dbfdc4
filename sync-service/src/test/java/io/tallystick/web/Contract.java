package io.tallystick.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The contract as a tree, with the questions that several tests ask of it. */
public record Contract(JsonNode root) {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  /** The contract as it lies in its jar. */
  public static Contract read() {
    try (InputStream file =
        Contract.class.getResourceAsStream("/io/tallystick/openapi/openapi.yaml")) {
      return new Contract(new ObjectMapper(new YAMLFactory()).readTree(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One operation. */
  public record Operation(String method, String path, JsonNode node) {
    /** Method and path, as a person writes them. */
    public String name() {
      return method + " " + path;
    }

    /** The roles that may use it. */
    public Set<String> roles() {
      Set<String> roles = new TreeSet<>();
      node.path("security").path(0).path("bearer").forEach(role -> roles.add(role.asText()));
      return roles;
    }

    /** The schema of a good answer as JSON; missing when there is none. */
    public JsonNode answer(int status) {
      return node.path("responses")
          .path(Integer.toString(status))
          .path("content")
          .path("application/json")
          .path("schema");
    }

    /** Whether a good answer can be a table. */
    public boolean isList() {
      return node.at("/responses/200/content").has("text/csv");
    }

    /** Whether it has a query parameter of this name. */
    public boolean takes(String parameter) {
      for (JsonNode one : node.path("parameters")) {
        if (one.path("name").asText().equals(parameter)
            && one.path("in").asText().equals("query")) {
          return true;
        }
      }
      return false;
    }

    /** The media type that its body is declared as; that of JSON where it has none. */
    public String bodyType() {
      java.util.Iterator<String> types = node.at("/requestBody/content").fieldNames();
      return types.hasNext() ? types.next() : "application/json";
    }

    /** Whether its body is a file: it has neither members nor examples. */
    public boolean takesFile() {
      return Set.of("application/octet-stream", "application/zip").contains(bodyType());
    }

    /** The request examples by name. */
    public Map<String, JsonNode> requests() {
      Map<String, JsonNode> requests = new TreeMap<>();
      node.at("/requestBody/content")
          .path("application/json")
          .path("examples")
          .properties()
          .forEach(example -> requests.put(example.getKey(), example.getValue().path("value")));
      return requests;
    }

    @Override
    public String toString() {
      return name();
    }
  }

  /** All operations, in order of path and method. */
  public List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    root.path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(method -> {
                  if (!METHODS.contains(method.getKey())) {
                    throw new AssertionError("not an operation: " + method.getKey());
                  }
                  operations.add(
                      new Operation(
                          method.getKey().toUpperCase(Locale.ROOT),
                          path.getKey(),
                          method.getValue()));
                }));
    return operations;
  }

  /** What a node says, behind its reference if it is one. */
  public JsonNode resolve(JsonNode node) {
    String ref = node.path("$ref").asText("");
    return ref.isEmpty() ? node : root.at(ref.substring(1));
  }

  /** Where two trees differ, as sentences; empty when they are the same. */
  public static List<String> differences(JsonNode expected, JsonNode actual) {
    List<String> differences = new ArrayList<>();
    compare("", expected, actual, differences);
    return differences;
  }

  private static void compare(String at, JsonNode expected, JsonNode actual, List<String> found) {
    if (expected.isObject() && actual.isObject()) {
      Set<String> names = new TreeSet<>();
      expected.fieldNames().forEachRemaining(names::add);
      actual.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        compare(at + "/" + name, expected.path(name), actual.path(name), found);
      }
    } else if (expected.isArray() && actual.isArray()) {
      for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
        compare(at + "/" + i, expected.path(i), actual.path(i), found);
      }
    } else if (!expected.equals(actual) && !sameNumber(expected, actual)) {
      found.add(at + ": the contract says " + said(expected) + ", the service " + said(actual));
    }
  }

  private static boolean sameNumber(JsonNode one, JsonNode other) {
    return one.isNumber()
        && other.isNumber()
        && one.decimalValue().compareTo(other.decimalValue()) == 0;
  }

  private static String said(JsonNode node) {
    return node.isMissingNode() ? "nothing" : node.toString();
  }
}
