package io.tallystick.vault;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Mac;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.mac.HmacKey;
import com.google.crypto.tink.mac.HmacParameters;
import com.google.crypto.tink.mac.MacConfig2026;
import com.google.crypto.tink.util.SecretBytes;
import io.tallystick.kernel.Frame;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * The two keys behind one name: one for content (AES-256-GCM, can be rotated), one for digests
 * (HMAC-SHA-256, stays, because record keys are made with it). They leave this class closed only,
 * but for the digest key, which goes with a holder who takes his records elsewhere.
 */
public final class Keys {
  private static final String FIRST_WORD = "tallystick-keys";
  // The second form says since when the content key is in use; of the first one nobody knows.
  private static final String FIRST_FORM = FIRST_WORD + " 1";
  private static final String SECOND_FORM = FIRST_WORD + " 2 ";

  private final KeysetHandle content;
  private final KeysetHandle digest;
  private final Instant since;
  private final Aead aead;
  private final Mac mac;

  private Keys(KeysetHandle content, KeysetHandle digest, Instant since)
      throws GeneralSecurityException {
    this.content = content;
    this.digest = digest;
    this.since = since;
    this.aead = content.getPrimitive(AeadConfig2026.get(), Aead.class);
    this.mac = digest.getPrimitive(MacConfig2026.get(), Mac.class);
  }

  /** New random keys, in use from an instant on. */
  static Keys random(Instant since) {
    try {
      return new Keys(freshContent(), KeysetHandle.generateNew(hmac(), MacConfig2026.get()), since);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM or HMAC-SHA-256 is not available", e);
    }
  }

  /**
   * A new random key for content beside a digest key that came from elsewhere.
   *
   * @param digestKey 32 bytes
   */
  @AccessesPartialKey
  static Keys adopting(byte[] digestKey, Instant since) {
    try {
      HmacKey key =
          HmacKey.builder()
              .setParameters(hmac())
              .setKeyBytes(SecretBytes.copyFrom(digestKey, InsecureSecretKeyAccess.get()))
              .build();
      KeysetHandle digest =
          KeysetHandle.newBuilder()
              .addEntry(KeysetHandle.importKey(key).withRandomId().makePrimary())
              .build();
      return new Keys(freshContent(), digest, since);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not a digest key of 32 bytes", e);
    }
  }

  /**
   * These with a new key for what is sealed from now on; what the earlier ones sealed opens as
   * before, and digests stay what they are.
   */
  Keys rotated(Instant now) {
    try {
      KeysetHandle more =
          KeysetHandle.newBuilder(content)
              .addEntry(KeysetHandle.importKey(freshContent().getPrimary().getKey()).makePrimary())
              .build();
      return new Keys(more, digest, now);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM is not available", e);
    }
  }

  /** Since when the present content key is in use; the epoch where nobody wrote it down. */
  Instant since() {
    return since;
  }

  /** The digest key itself, 32 bytes: for the holder's own export and nothing else. */
  @AccessesPartialKey
  byte[] digestKey() {
    if (digest.getPrimary().getKey() instanceof HmacKey key) {
      return key.getKeyBytes().toByteArray(InsecureSecretKeyAccess.get());
    }
    throw new IllegalStateException("a digest key of another kind");
  }

  private static KeysetHandle freshContent() throws GeneralSecurityException {
    return KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, AeadConfig2026.get());
  }

  private static HmacParameters hmac() throws GeneralSecurityException {
    return HmacParameters.builder()
        .setKeySizeBytes(32)
        .setTagSizeBytes(32)
        .setHashType(HmacParameters.HashType.SHA256)
        .setVariant(HmacParameters.Variant.NO_PREFIX)
        .build();
  }

  /** The text of a key file: both keys closed by the master key and bound to the name. */
  byte[] close(KeyName name, MasterKey master) {
    try {
      return (SECOND_FORM
              + since
              + "\n"
              + closed(content, master, context(name, "content"), AeadConfig2026.get())
              + "\n"
              + closed(digest, master, context(name, "digest"), MacConfig2026.get())
              + "\n")
          .getBytes(StandardCharsets.US_ASCII);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM is not available", e);
    }
  }

  /** Reads a key file; throws {@link Unopenable} when it does not open under this name. */
  static Keys open(KeyName name, byte[] file, MasterKey master) {
    List<String> lines = new String(file, StandardCharsets.US_ASCII).lines().toList();
    try {
      if (lines.size() != 3) {
        throw new Unopenable(Unopenable.Reason.MASTER_KEY, name);
      }
      return new Keys(
          opened(lines.get(1), master, context(name, "content"), AeadConfig2026.get()),
          opened(lines.get(2), master, context(name, "digest"), MacConfig2026.get()),
          since(lines.get(0)));
    } catch (GeneralSecurityException | IllegalArgumentException | DateTimeException e) {
      throw new Unopenable(Unopenable.Reason.MASTER_KEY, name);
    }
  }

  /** What the first line of a key file tells; a runtime exception when it is none. */
  static Instant since(String first) {
    if (first.equals(FIRST_FORM)) {
      return Instant.EPOCH;
    }
    if (!first.startsWith(SECOND_FORM)) {
      throw new IllegalArgumentException("no key file of a form that is known");
    }
    return Instant.parse(first.substring(SECOND_FORM.length()));
  }

  byte[] seal(byte[] plain, byte[] associated) {
    try {
      return aead.encrypt(plain, associated);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM failed to seal", e);
    }
  }

  byte[] open(byte[] sealed, byte[] associated) throws GeneralSecurityException {
    return aead.decrypt(sealed, associated);
  }

  byte[] mac(byte[] bytes) {
    try {
      return mac.computeMac(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA-256 failed", e);
    }
  }

  @Override
  public String toString() {
    return "[keys]";
  }

  private static byte[] context(KeyName name, String part) {
    return Frame.of("tallystick/keys", 1, name.text(), part);
  }

  private static String closed(
      KeysetHandle keys, MasterKey master, byte[] context, Configuration of)
      throws GeneralSecurityException {
    return Base64.getEncoder()
        .encodeToString(
            TinkProtoKeysetFormat.serializeEncryptedKeyset(keys, master.aead(), context, of));
  }

  private static KeysetHandle opened(
      String line, MasterKey master, byte[] context, Configuration of)
      throws GeneralSecurityException {
    return TinkProtoKeysetFormat.parseEncryptedKeyset(
        Base64.getDecoder().decode(line), master.aead(), context, of);
  }
}
