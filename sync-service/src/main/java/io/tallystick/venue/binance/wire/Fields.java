package io.tallystick.venue.binance.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object, as they came. A record has a dozen, and a page a thousand records:
 * walking along a dozen names is as quick as hashing them, and a page takes a third less memory.
 */
final class Fields {
  /** Objects of more members than this are odd: they are read as trees. */
  private static final int MOST = 64;

  private static final int FEW = 16;

  static final Fields NONE = new Fields(new String[0], new JsonNode[0], 0);

  private final String[] names;
  private final JsonNode[] values;
  private final int size;

  private Fields(String[] names, JsonNode[] values, int size) {
    this.names = names;
    this.values = values;
    this.size = size;
  }

  /** The members of a tree that is an object. */
  static Fields of(JsonNode object) {
    String[] names = new String[object.size()];
    JsonNode[] values = new JsonNode[object.size()];
    int n = 0;
    for (Map.Entry<String, JsonNode> one : object.properties()) {
      names[n] = one.getKey();
      values[n++] = one.getValue();
    }
    return new Fields(names, values, n);
  }

  /**
   * The members of the object that begins at the parser's token; the parser then stands at its end.
   * Null when a name comes twice, or more come than a record has.
   */
  static @Nullable Fields of(JsonParser parser) throws IOException {
    String[] names = new String[FEW];
    JsonNode[] values = new JsonNode[FEW];
    int n = 0;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      if (n == MOST || find(name, names, n) >= 0) {
        return null;
      }
      if (n == names.length) {
        names = Arrays.copyOf(names, 2 * n);
        values = Arrays.copyOf(values, 2 * n);
      }
      JsonNode value = value(parser, parser.nextToken());
      if (value == null) {
        return null;
      }
      names[n] = name;
      values[n++] = value;
    }
    return parser.currentToken() == JsonToken.END_OBJECT ? new Fields(names, values, n) : null;
  }

  // As a reader of trees makes them, which takes longer to begin than such a value to read.
  private static @Nullable JsonNode value(JsonParser parser, @Nullable JsonToken token)
      throws IOException {
    return switch (token) {
      case null -> null;
      case VALUE_STRING -> TextNode.valueOf(parser.getText());
      case VALUE_NUMBER_INT ->
          switch (parser.getNumberType()) {
            case INT -> IntNode.valueOf(parser.getIntValue());
            case LONG -> LongNode.valueOf(parser.getLongValue());
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL ->
                BigIntegerNode.valueOf(parser.getBigIntegerValue());
          };
      case VALUE_NUMBER_FLOAT -> DecimalNode.valueOf(parser.getDecimalValue());
      case VALUE_TRUE -> BooleanNode.TRUE;
      case VALUE_FALSE -> BooleanNode.FALSE;
      case VALUE_NULL -> NullNode.instance;
      case START_OBJECT,
          START_ARRAY,
          END_OBJECT,
          END_ARRAY,
          FIELD_NAME,
          VALUE_EMBEDDED_OBJECT,
          NOT_AVAILABLE ->
          StrictJson.tree(parser);
    };
  }

  /** The value of this name; null when there is none. */
  @Nullable JsonNode get(String name) {
    int at = find(name, names, size);
    return at < 0 ? null : values[at];
  }

  private static int find(String name, String[] names, int size) {
    for (int i = 0; i < size; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }
}
