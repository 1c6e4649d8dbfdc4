package io.tallystick.vault;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import io.tallystick.kernel.Secret;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;

/**
 * The key that closes the key store: 32 random bytes, written as base64, held in an owner-only file
 * or given by the environment, never in the database or its backups.
 */
public final class MasterKey {
  /** Length in bytes. */
  public static final int LENGTH = 32;

  private static final int MOST_CHARACTERS = 256;

  private final Aead aead;

  @AccessesPartialKey
  private MasterKey(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new BadMasterKey("a master key is " + LENGTH + " bytes long, this one is not");
    }
    try {
      AesGcmKey key =
          AesGcmKey.builder()
              .setParameters(
                  AesGcmParameters.builder()
                      .setKeySizeBytes(LENGTH)
                      .setIvSizeBytes(12)
                      .setTagSizeBytes(16)
                      .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                      .build())
              .setKeyBytes(SecretBytes.copyFrom(bytes, InsecureSecretKeyAccess.get()))
              .build();
      aead =
          KeysetHandle.newBuilder()
              .addEntry(KeysetHandle.importKey(key).withFixedId(1).makePrimary())
              .build()
              .getPrimitive(AeadConfig2026.get(), Aead.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM is not available", e);
    }
  }

  /** Why a master key is not taken: a sentence for the operator, without any of its content. */
  public static final class BadMasterKey extends RuntimeException {
    BadMasterKey(String sentence) {
      super(sentence);
    }
  }

  /** Reads base64 text, as the environment gives it; surrounding white space is ignored. */
  public static MasterKey parse(Secret text) {
    return text.use(bytes -> {
      byte[] raw = decode(bytes);
      try {
        return new MasterKey(raw);
      } finally {
        Arrays.fill(raw, (byte) 0);
      }
    });
  }

  /** Reads a file that only its owner may read; refuses one that others may read or write. */
  public static MasterKey read(Path file) {
    if (!OwnerOnly.holds(file)) {
      throw new BadMasterKey(
          "the master key file is missing or open to others; make it readable by its owner only");
    }
    try (Secret text = new Secret(Files.readAllBytes(file))) {
      return parse(text);
    } catch (IOException e) {
      throw new BadMasterKey("the master key file cannot be read");
    }
  }

  /** Writes a new random key to an owner-only file, unless one is there, and reads it. */
  public static MasterKey readOrMake(Path file, RandomGenerator random) {
    if (!Files.exists(file)) {
      byte[] raw = new byte[LENGTH];
      random.nextBytes(raw);
      byte[] text = Base64.getEncoder().encode(raw);
      try {
        OwnerOnly.directory(file.toAbsolutePath().getParent());
        OwnerOnly.publish(file, text);
      } catch (FileAlreadyExistsException e) {
        // Another process was faster; its key is the key.
        return read(file);
      } catch (IOException e) {
        throw new BadMasterKey("the master key file cannot be written");
      } finally {
        Arrays.fill(raw, (byte) 0);
        Arrays.fill(text, (byte) 0);
      }
    }
    return read(file);
  }

  /** What closes and opens key files. */
  Aead aead() {
    return aead;
  }

  @Override
  public String toString() {
    return "[master key]";
  }

  private static byte[] decode(byte[] text) {
    int from = 0;
    int to = Math.min(text.length, MOST_CHARACTERS);
    while (from < to && text[from] <= ' ') {
      from++;
    }
    while (to > from && text[to - 1] <= ' ') {
      to--;
    }
    byte[] trimmed = Arrays.copyOfRange(text, from, to);
    try {
      return Base64.getDecoder().decode(trimmed);
    } catch (IllegalArgumentException e) {
      throw new BadMasterKey("a master key is written in base64, this one is not");
    } finally {
      Arrays.fill(trimmed, (byte) 0);
    }
  }
}
