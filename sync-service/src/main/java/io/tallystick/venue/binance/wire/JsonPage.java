package io.tallystick.venue.binance.wire;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A page cut into records with their exact bytes. What breaks the page as JSON breaks it as a
 * whole; what is merely odd inside one record is left to whoever reads that record.
 */
public sealed interface JsonPage {
  /** The records in the order in which they came, each the very bytes of the page. */
  record Rows(List<byte[]> rows) implements JsonPage {
    public Rows {
      rows = List.copyOf(rows);
    }
  }

  /** Not strict JSON, or not of the documented outline; {@code why} quotes nothing of it. */
  record Broken(String why) implements JsonPage {}

  /** A page that is an array of records. */
  static JsonPage array(byte[] body) {
    return guarded(body, null, false);
  }

  /** A page that is an object with an array of records under this name; absent means broken. */
  static JsonPage member(byte[] body, String name) {
    return guarded(body, name, false);
  }

  /** An object inside an object, under this name; null when there is none. Throws nothing. */
  static byte @Nullable [] part(byte[] body, String name) {
    try (JsonParser parser = StrictJson.FACTORY.createParser(body)) {
      byte[] found = null;
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = name.equals(parser.currentName());
        boolean object = parser.nextToken() == JsonToken.START_OBJECT;
        int from = (int) parser.currentTokenLocation().getByteOffset();
        pass(parser);
        if (wanted && object) {
          found = Arrays.copyOfRange(body, from, (int) parser.currentLocation().getByteOffset());
        }
      }
      return found;
    } catch (IOException e) {
      return null;
    }
  }

  /** A page that is one record as a whole: an array or an object. */
  static JsonPage whole(byte[] body) {
    return guarded(body, null, true);
  }

  /**
   * The members of an object with the very bytes of their values, in their order; null when it is
   * no strict JSON object.
   */
  static @Nullable Map<String, byte[]> members(byte[] object) {
    byte[] bytes = StrictJson.withoutMark(object);
    try (JsonParser parser = StrictJson.FACTORY.createParser(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      Map<String, byte[]> members = new LinkedHashMap<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        members.put(name, value(parser, bytes));
      }
      return parser.nextToken() == null ? members : null;
    } catch (IOException e) {
      return null;
    }
  }

  /**
   * The object with these members alone, their values byte for byte; an empty object when it is
   * none.
   */
  static String only(byte[] object, Set<String> names) {
    Map<String, byte[]> members = members(object);
    return members == null
        ? "{}"
        : members.entrySet().stream()
            .filter(member -> names.contains(member.getKey()))
            .map(member -> {
              String value = new String(member.getValue(), StandardCharsets.UTF_8);
              return '"' + member.getKey() + "\":" + value;
            })
            .collect(Collectors.joining(",", "{", "}"));
  }

  private static JsonPage guarded(byte[] body, @Nullable String member, boolean whole) {
    byte[] bytes = StrictJson.withoutMark(body);
    try (JsonParser parser = StrictJson.FACTORY.createParser(bytes)) {
      JsonToken first = parser.nextToken();
      if (whole) {
        return one(parser, first, body);
      }
      if (member == null) {
        return first == JsonToken.START_ARRAY
            ? closed(parser, rows(parser, bytes))
            : new Broken("not an array");
      }
      return first == JsonToken.START_OBJECT
          ? inObject(parser, bytes, member)
          : new Broken("not an object");
    } catch (JsonEOFException e) {
      return new Broken("the JSON ends too early");
    } catch (StreamConstraintsException e) {
      return new Broken("deeper or longer than any documented answer");
    } catch (JsonParseException e) {
      return new Broken("not strict JSON");
    } catch (IOException e) {
      return new Broken("not readable");
    }
  }

  private static JsonPage one(JsonParser parser, @Nullable JsonToken first, byte[] body)
      throws IOException {
    if (first != JsonToken.START_ARRAY && first != JsonToken.START_OBJECT) {
      return new Broken("neither an array nor an object");
    }
    pass(parser);
    return closed(parser, List.<byte[]>of(body));
  }

  private static JsonPage inObject(JsonParser parser, byte[] bytes, String member)
      throws IOException {
    List<byte[]> found = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (parser.nextToken() == JsonToken.START_ARRAY && member.equals(name)) {
        found = rows(parser, bytes);
      } else {
        pass(parser);
      }
    }
    return found == null ? new Broken("no array " + member) : closed(parser, found);
  }

  private static JsonPage closed(JsonParser parser, List<byte[]> rows) throws IOException {
    return parser.nextToken() == null ? new Rows(rows) : new Broken("text after the end");
  }

  /** Cuts the elements of the array whose start is the current token. */
  private static List<byte[]> rows(JsonParser parser, byte[] bytes) throws IOException {
    List<byte[]> rows = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      rows.add(value(parser, bytes));
    }
    return rows;
  }

  /** The bytes of the value whose first token is the current one. */
  private static byte[] value(JsonParser parser, byte[] bytes) throws IOException {
    int from = (int) parser.currentTokenLocation().getByteOffset();
    pass(parser);
    int to = (int) parser.currentLocation().getByteOffset();
    return Arrays.copyOfRange(bytes, from, to);
  }

  /**
   * Moves to the last token of the value that begins at the current one. Texts and numbers are
   * looked at on the way: a skipped one would escape the limits of length.
   */
  private static void pass(JsonParser parser) throws IOException {
    int depth = 0;
    while (true) {
      JsonToken token = parser.currentToken();
      if (token == null) {
        throw new JsonEOFException(parser, JsonToken.NOT_AVAILABLE, "cut short");
      }
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      } else if (token == JsonToken.VALUE_STRING || token.isNumeric()) {
        parser.getTextLength();
      }
      if (depth == 0) {
        parser.finishToken();
        return;
      }
      parser.nextToken();
    }
  }
}
