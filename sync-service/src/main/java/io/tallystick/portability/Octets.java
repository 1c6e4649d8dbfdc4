package io.tallystick.portability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Bytes in JSON: {@code {"text": …}} where they are UTF-8, which records of venues nearly always
 * are, and {@code {"base64": …}} where they are not.
 */
final class Octets {
  private static final String TEXT = "text";
  private static final String BASE64 = "base64";

  private Octets() {}

  static JsonNode node(byte[] bytes) {
    ObjectNode node = Rows.JSON.createObjectNode();
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return node.put(TEXT, text);
    } catch (CharacterCodingException e) {
      return node.put(BASE64, Base64.getEncoder().encodeToString(bytes));
    }
  }

  /** The bytes again; an {@link IllegalArgumentException} when the node is of another form. */
  static byte[] bytes(JsonNode node) {
    if (node.size() == 1 && node.path(TEXT).isTextual()) {
      return node.path(TEXT).asText().getBytes(StandardCharsets.UTF_8);
    }
    if (node.size() == 1 && node.path(BASE64).isTextual()) {
      return Base64.getDecoder().decode(node.path(BASE64).asText());
    }
    throw new IllegalArgumentException("bytes are told as text or base64");
  }
}
