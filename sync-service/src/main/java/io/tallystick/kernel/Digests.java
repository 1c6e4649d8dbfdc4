package io.tallystick.kernel;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** SHA-256 and HMAC-SHA-256. A digest of guessable content must be keyed. */
public final class Digests {
  // Never fed, only copied: looking the algorithm up costs more than hashing a short frame.
  private static final MessageDigest BLANK = blank();

  private Digests() {}

  /** SHA-256 of the bytes, 32 bytes long. */
  public static byte[] sha256(byte[] bytes) {
    return sha256().digest(bytes);
  }

  /** SHA-256 that nothing was fed to yet. */
  static MessageDigest sha256() {
    try {
      return (MessageDigest) BLANK.clone();
    } catch (CloneNotSupportedException e) {
      return blank();
    }
  }

  private static MessageDigest blank() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** HMAC-SHA-256 of the bytes under the key, 32 bytes long. */
  public static byte[] hmac(byte[] key, byte[] bytes) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
    }
  }

  /** A positive 63-bit key made of the first eight bytes of a digest. */
  public static long key63(byte[] digest) {
    long key = ByteBuffer.wrap(digest).getLong() & Long.MAX_VALUE;
    return key == 0 ? 1 : key;
  }

  /** A positive 63-bit key derived from the framed fields. */
  public static long key63(Object... fields) {
    return key63(sha256(Frame.of(fields)));
  }
}
