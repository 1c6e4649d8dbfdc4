package io.tallystick.vault;

import io.tallystick.kernel.Problem;
import io.tallystick.venue.KeyKind;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * Reads what people paste as a secret. Every refusal says what is wrong and what to do, and repeats
 * nothing of what was pasted.
 */
final class PrivateKeys {
  /** Binance Spot REST docs, "Request security": RSA keys of 2048 to 4096 bits. */
  private static final int LEAST_RSA_BITS = 2048;

  private static final int MOST_RSA_BITS = 4096;
  private static final int MOST_BYTES = 16_384;
  private static final int MOST_HMAC_BYTES = 512;
  private static final String FOOTER = "-----END PRIVATE KEY-----";
  private static final String HEADER = "-----BEGIN PRIVATE KEY-----";

  private PrivateKeys() {}

  /** The bytes to seal: the HMAC secret itself, or the private key as PKCS#8 DER. */
  static byte[] read(KeyKind kind, byte[] pasted) {
    return switch (kind) {
      case HMAC_SHA256 -> hmac(pasted);
      case RSA_SHA256, ED25519 -> {
        byte[] der = der(pasted);
        check(kind, parse(kind, der));
        yield der;
      }
    };
  }

  /** The private key in DER that {@link #read} gave. */
  static PrivateKey parse(KeyKind kind, byte[] der) {
    try {
      return KeyFactory.getInstance(kind == KeyKind.RSA_SHA256 ? "RSA" : "Ed25519")
          .generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (GeneralSecurityException e) {
      // The cause is not kept: its message may quote the key.
      throw malformed("This is not a PKCS#8 private key of the kind " + kind.code() + ".");
    }
  }

  private static byte[] hmac(byte[] pasted) {
    byte[] trimmed = trimmed(pasted);
    if (trimmed.length == 0 || trimmed.length > MOST_HMAC_BYTES) {
      throw malformed("The secret is empty or far too long. Paste the secret key as it was shown.");
    }
    for (byte b : trimmed) {
      if (b <= ' ' || b > '~') {
        throw malformed("The secret holds characters that no secret key has.");
      }
    }
    return trimmed;
  }

  private static void check(KeyKind kind, PrivateKey key) {
    if (kind == KeyKind.RSA_SHA256) {
      int bits = key instanceof RSAPrivateKey rsa ? rsa.getModulus().bitLength() : 0;
      if (bits < LEAST_RSA_BITS || bits > MOST_RSA_BITS) {
        throw malformed("An RSA key must have between 2048 and 4096 bits. Make a new one.");
      }
    } else if (!(key instanceof EdECPrivateKey ed)
        || !ed.getParams().getName().equals(NamedParameterSpec.ED25519.getName())) {
      throw malformed("This private key is not an Ed25519 key.");
    }
  }

  private static byte[] der(byte[] pasted) {
    if (pasted.length > MOST_BYTES) {
      throw malformed("This is too long for a private key.");
    }
    byte[] text = trimmed(pasted);
    if (holds(text, "BEGIN ENCRYPTED PRIVATE KEY")) {
      throw malformed(
          "The private key is protected by a password. Give it unprotected (PKCS#8); it is sealed"
              + " here at once. Or let the service make the key pair.");
    }
    if (holds(text, "BEGIN RSA PRIVATE KEY") || holds(text, "BEGIN EC PRIVATE KEY")) {
      throw malformed(
          "The private key is in an older form. Convert it with: openssl pkcs8 -topk8 -nocrypt");
    }
    if (holds(text, "BEGIN PUBLIC KEY")) {
      throw malformed(
          "This is the public half of the key. Paste the private half, or let the service make"
              + " the key pair.");
    }
    byte[] base64 = compact(text);
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw malformed("The private key is not PEM and not base64 of PKCS#8.");
    } finally {
      Arrays.fill(base64, (byte) 0);
      Arrays.fill(text, (byte) 0);
    }
  }

  /** Cuts the PEM lines away, if any, and all white space. */
  private static byte[] compact(byte[] text) {
    int from = 0;
    int to = text.length;
    if (holds(text, "-----")) {
      if (!startsAt(text, 0, HEADER) || !startsAt(text, to - FOOTER.length(), FOOTER)) {
        throw malformed("The PEM text must hold one private key and nothing else.");
      }
      from = HEADER.length();
      to -= FOOTER.length();
    }
    byte[] out = new byte[Math.max(0, to - from)];
    int length = 0;
    for (int i = from; i < to; i++) {
      if (text[i] != ' ' && text[i] != '\n' && text[i] != '\r' && text[i] != '\t') {
        out[length++] = text[i];
      }
    }
    byte[] exact = Arrays.copyOf(out, length);
    Arrays.fill(out, (byte) 0);
    return exact;
  }

  private static byte[] trimmed(byte[] text) {
    int from = 0;
    int to = text.length;
    while (from < to && text[from] >= 0 && text[from] <= ' ') {
      from++;
    }
    while (to > from && text[to - 1] >= 0 && text[to - 1] <= ' ') {
      to--;
    }
    return Arrays.copyOfRange(text, from, to);
  }

  private static boolean holds(byte[] text, String part) {
    for (int at = 0; at + part.length() <= text.length; at++) {
      if (startsAt(text, at, part)) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsAt(byte[] text, int at, String part) {
    byte[] wanted = part.getBytes(StandardCharsets.US_ASCII);
    return at >= 0
        && at + wanted.length <= text.length
        && Arrays.equals(text, at, at + wanted.length, wanted, 0, wanted.length);
  }

  private static Problem malformed(String detail) {
    return new Problem(Problem.Kind.KEY_MALFORMED, detail).field("secret");
  }
}
