package io.tallystick.venue.binance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What venues do to their shapes without notice. */
final class JsonEdits {
  private JsonEdits() {}

  /** Everything that may happen to one field of one row. */
  static List<Consumer<ObjectNode>> edits(String field) {
    return List.of(
        o -> o.remove(field),
        o -> o.putNull(field),
        o -> o.put(field, "SOMETHING_NEW"),
        o -> o.put(field, ""),
        o -> o.put(field, "\u0000"),
        o -> o.put(field, "\ud800"),
        o -> o.put(field, "\uFEFF"),
        o -> o.put(field, true),
        o -> o.put(field, -1),
        o -> o.put(field, 0),
        o -> o.put(field, new BigDecimal("1.5")),
        o -> o.put(field, "1e99999999"),
        o -> o.put(field, "9".repeat(200)),
        o -> o.put(field, Long.MAX_VALUE),
        o -> o.putArray(field),
        o -> o.putObject(field).put("deep", 1));
  }

  static void numbersAsText(ObjectNode object) {
    for (String name : names(object)) {
      if (object.get(name).isIntegralNumber()) {
        object.put(name, object.get(name).asText());
      }
    }
  }

  static void moneyAsNumbers(ObjectNode object) {
    for (String name : names(object)) {
      JsonNode value = object.get(name);
      boolean money = value.isTextual() && value.textValue().matches("-?[0-9]{1,15}(\\.[0-9]+)?");
      if (money && !name.toLowerCase(Locale.ROOT).endsWith("id")) {
        object.put(name, new BigDecimal(value.textValue()));
      }
    }
  }

  private static List<String> names(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  static Set<String> fields(JsonNode tree) {
    Set<String> fields = new TreeSet<>();
    walk(
        tree,
        node -> {
          if (node instanceof ObjectNode object) {
            fields.addAll(names(object));
          }
        });
    return fields;
  }

  static void walk(JsonNode node, Consumer<JsonNode> visitor) {
    List<JsonNode> children = new ArrayList<>();
    node.forEach(children::add);
    visitor.accept(node);
    children.forEach(child -> walk(child, visitor));
  }

  static byte[] edited(byte[] body, Consumer<ObjectNode> edit) throws IOException {
    JsonNode tree = Fixtures.JSON.readTree(body);
    walk(
        tree,
        node -> {
          if (node instanceof ObjectNode object) {
            edit.accept(object);
          }
        });
    return tree.toString().getBytes(UTF_8);
  }

  /** The fixture with the edit in the first object that has the field. */
  static byte[] editedFirst(byte[] body, String field, Consumer<ObjectNode> edit)
      throws IOException {
    JsonNode tree = Fixtures.JSON.readTree(body);
    JsonNode row = Fixtures.rows(tree).get(0);
    JsonNode parent = row.findParent(field);
    if (parent instanceof ObjectNode object) {
      edit.accept(object);
    }
    return tree.toString().getBytes(UTF_8);
  }
}
