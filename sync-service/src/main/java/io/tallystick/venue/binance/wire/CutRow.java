package io.tallystick.venue.binance.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record of a page with its exact bytes, and read.
 *
 * @param bytes the very bytes of the page
 */
public record CutRow(byte[] bytes, Row row) {
  /** A record that was cut out before. */
  public static CutRow of(byte[] bytes) {
    return new CutRow(bytes, Row.of(bytes));
  }

  /**
   * The records of a page that is an array, each cut and read in one go, which costs half as much
   * as one after the other; null when anything about the page is odd: then {@link JsonPage#array}
   * tells a broken page from an odd record.
   */
  public static @Nullable List<CutRow> array(byte[] body) {
    byte[] bytes = StrictJson.withoutMark(body);
    try (JsonParser parser = StrictJson.parser(bytes)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        return null;
      }
      List<CutRow> rows = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        Fields members = parser.currentToken() == JsonToken.START_OBJECT ? Fields.of(parser) : null;
        if (members == null) {
          return null;
        }
        int to = (int) parser.currentLocation().getByteOffset();
        rows.add(new CutRow(Arrays.copyOfRange(bytes, from, to), Row.of(members)));
      }
      return parser.nextToken() == null ? rows : null;
    } catch (IOException | NumberFormatException e) {
      return null;
    }
  }
}
