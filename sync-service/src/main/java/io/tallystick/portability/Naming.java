package io.tallystick.portability;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The key by which a holder's records are named: their ids are digests by it, so that nobody can
 * guess at a record by its id. Whoever has the archive has the records themselves; the key lets
 * other books know a record again when the venue tells it once more. It opens nothing.
 */
final class Naming {
  /** Where it is in the archive. */
  static final String MEMBER = "naming.json";

  private static final String KEY = "digest_key";

  private Naming() {}

  static String text(@Nullable String key) {
    ObjectNode node = Rows.JSON.createObjectNode();
    if (key != null) {
      node.put(KEY, key);
    }
    return node + "\n";
  }

  /** The key (32 bytes) of such a text; null when it holds none. */
  static byte @Nullable [] key(byte[] text) {
    ObjectNode node = Rows.parse(text);
    if (!node.hasNonNull(KEY)) {
      return null;
    }
    byte[] key = Base64.getDecoder().decode(node.path(KEY).asText());
    if (key.length != 32) {
      throw new IllegalArgumentException("a key of 32 bytes");
    }
    return key;
  }
}
