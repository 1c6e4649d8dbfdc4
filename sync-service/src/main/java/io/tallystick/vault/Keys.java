package io.tallystick.vault;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Mac;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.mac.HmacParameters;
import com.google.crypto.tink.mac.MacConfig2026;
import io.tallystick.kernel.Frame;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;

/**
 * The two keys behind one name: one for content (AES-256-GCM, can be rotated), one for digests
 * (HMAC-SHA-256, stays, because record keys are made with it). They leave this class closed only.
 */
public final class Keys {
  private static final String FIRST_LINE = "tallystick-keys 1";

  private final KeysetHandle content;
  private final KeysetHandle digest;
  private final Aead aead;
  private final Mac mac;

  private Keys(KeysetHandle content, KeysetHandle digest) throws GeneralSecurityException {
    this.content = content;
    this.digest = digest;
    this.aead = content.getPrimitive(AeadConfig2026.get(), Aead.class);
    this.mac = digest.getPrimitive(MacConfig2026.get(), Mac.class);
  }

  /** New random keys. */
  public static Keys random() {
    try {
      HmacParameters hmac =
          HmacParameters.builder()
              .setKeySizeBytes(32)
              .setTagSizeBytes(32)
              .setHashType(HmacParameters.HashType.SHA256)
              .setVariant(HmacParameters.Variant.NO_PREFIX)
              .build();
      return new Keys(
          KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, AeadConfig2026.get()),
          KeysetHandle.generateNew(hmac, MacConfig2026.get()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM or HMAC-SHA-256 is not available", e);
    }
  }

  /** The text of a key file: both keys closed by the master key and bound to the name. */
  byte[] close(KeyName name, MasterKey master) {
    try {
      return (FIRST_LINE
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
    if (lines.size() != 3 || !lines.get(0).equals(FIRST_LINE)) {
      throw new Unopenable(Unopenable.Reason.MASTER_KEY, name);
    }
    try {
      return new Keys(
          opened(lines.get(1), master, context(name, "content"), AeadConfig2026.get()),
          opened(lines.get(2), master, context(name, "digest"), MacConfig2026.get()));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new Unopenable(Unopenable.Reason.MASTER_KEY, name);
    }
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
