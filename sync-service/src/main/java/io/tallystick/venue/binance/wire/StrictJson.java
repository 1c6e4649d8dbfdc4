package io.tallystick.venue.binance.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * JSON exactly as RFC 8259 writes it, in UTF-8: no comments, no {@code NaN}, no duplicate names, no
 * trailing text, and bounded in depth and length. Numbers keep every digit.
 */
public final class StrictJson {
  /** Deepest nesting that is read. */
  public static final int MAX_DEPTH = 32;

  /** Longest text value in characters; the venue's longest documented ones are far below. */
  public static final int MAX_TEXT = 100_000;

  /** Longest number in characters. */
  public static final int MAX_NUMBER = 1_000;

  /** Longest member name in characters. */
  public static final int MAX_NAME = 256;

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // A venue whose answers were UTF-16 would be another venue: never guess.
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_TEXT)
                  .maxNumberLength(MAX_NUMBER)
                  .maxNameLength(MAX_NAME)
                  .build())
          .build();

  // A tree finds a name that comes twice by itself; looking for it in the parser too costs each
  // record a set of its names.
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              FACTORY.rebuild().disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  // A tree that is one of many has something behind it.
  private static final ObjectReader AMONG_OTHERS =
      MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private StrictJson() {}

  /** The document as a tree; null when it is not strict JSON. */
  public static @Nullable JsonNode tree(byte[] bytes) {
    try {
      JsonNode node = MAPPER.readTree(withoutMark(bytes));
      return node == null || node.isMissingNode() ? null : node;
    } catch (IOException | NumberFormatException e) {
      // An exponent of many digits is found out only when the number is made.
      return null;
    }
  }

  /** A parser for trees that stand side by side. */
  static JsonParser parser(byte[] bytes) throws IOException {
    return AMONG_OTHERS.createParser(bytes);
  }

  /** The tree that begins at the parser's token; it then stands at the tree's last one. */
  static @Nullable JsonNode tree(JsonParser parser) throws IOException {
    return AMONG_OTHERS.readTree(parser);
  }

  /** The bytes behind a UTF-8 byte order mark, which is legal to ignore (RFC 8259, 8.1). */
  static byte[] withoutMark(byte[] bytes) {
    boolean marked =
        bytes.length >= 3
            && bytes[0] == (byte) 0xEF
            && bytes[1] == (byte) 0xBB
            && bytes[2] == (byte) 0xBF;
    return marked ? Arrays.copyOfRange(bytes, 3, bytes.length) : bytes;
  }
}
