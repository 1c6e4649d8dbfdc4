package io.tallystick.portability;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tallystick.access.proof.SignedNote;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an archive says of itself: whose it is, what its ledgers come to, and the digest of each of
 * its files. Written as one line of JSON, and signed as a note.
 *
 * @param exportedAt RFC 3339, UTC
 * @param holder the public id at the installation that wrote it
 * @param reference how that installation's tenant calls the person
 * @param createdAt since when the holder was known there; RFC 3339, UTC
 * @param key the verifier of the note's signature, {@code name+id+base64}
 */
record Manifest(
    String format,
    String exportedAt,
    String holder,
    String reference,
    String createdAt,
    String key,
    List<Ledger> ledgers,
    List<Member> members) {

  /** The form of archives that this version writes, and the only one that it reads. */
  static final String FORMAT = "tallystick/export/2";

  /** The file in which it stands, the last of the archive. */
  static final String NAME = "manifest.note";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(
              DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  /** What the ledger of a connection comes to: its key, and its hash in hexadecimal digits. */
  record Ledger(String connection, String hash) {}

  /**
   * A file of the archive.
   *
   * @param rows how many rows or lines it tells
   * @param sha256 of its bytes, unpacked, in hexadecimal digits
   */
  record Member(String name, long rows, long bytes, String sha256) {}

  /** The text that is signed. */
  String text() {
    try {
      return JSON.writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest cannot be written", e);
    }
  }

  /** The manifest of a signed note; null when it is none, or not signed by the key it names. */
  static @Nullable Manifest parse(String note) {
    SignedNote signed = SignedNote.parse(note);
    if (signed == null) {
      return null;
    }
    try {
      Manifest manifest = JSON.readValue(signed.text(), Manifest.class);
      SignedNote.Verifier key = SignedNote.Verifier.parse(manifest.key());
      return key != null && signed.signedBy(key) ? manifest : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  @Override
  public String toString() {
    return "manifest of " + holder;
  }
}
