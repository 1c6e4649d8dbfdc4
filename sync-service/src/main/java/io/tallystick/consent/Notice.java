package io.tallystick.consent;

import io.tallystick.kernel.Digests;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What a holder was shown when he consented.
 *
 * @param language as BCP 47 has it, such as de or en-GB
 * @param sha256 of the words in UTF-8, 64 hexadecimal digits
 * @param words the exact text; null where only the digest is at hand
 */
public record Notice(String version, String language, String sha256, @Nullable String words) {
  /** The notice of these words. */
  static Notice of(String version, String language, String words) {
    byte[] digest = Digests.sha256(words.getBytes(StandardCharsets.UTF_8));
    return new Notice(version, language, HexFormat.of().formatHex(digest), words);
  }
}
