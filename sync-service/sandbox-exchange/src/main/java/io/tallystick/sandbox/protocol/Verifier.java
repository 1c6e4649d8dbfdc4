package io.tallystick.sandbox.protocol;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks signatures of one key (Binance Spot REST docs, "Request security"): HMAC-SHA256 in hex of
 * either case, RSA PKCS#1 v1.5 with SHA-256 and pure Ed25519 in base64.
 */
public sealed interface Verifier {

  /** Whether the signature, already percent-decoded, fits the payload's bytes. */
  boolean fits(byte[] payload, String signature);

  /** The kind's name as an owner of keys would say it. */
  String kind();

  /** The verifier for a public key in PEM or bare base64, or empty when it is no such key. */
  static Optional<Verifier> ofPublicKey(String text) {
    String bare = text.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    byte[] encoded;
    try {
      encoded = Base64.getDecoder().decode(bare);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return key("Ed25519", encoded)
        .<Verifier>map(Ed25519::new)
        .or(() -> key("RSA", encoded).filter(Rsa::longEnough).map(Rsa::new));
  }

  private static Optional<PublicKey> key(String algorithm, byte[] encoded) {
    try {
      return Optional.of(
          KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded)));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static boolean base64Fits(
      String algorithm, PublicKey key, byte[] payload, String signature) {
    try {
      Signature check = Signature.getInstance(algorithm);
      check.initVerify(key);
      check.update(payload);
      return check.verify(Base64.getDecoder().decode(signature));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  /** A shared secret. */
  record Hmac(String secret) implements Verifier {
    @Override
    public boolean fits(byte[] payload, String signature) {
      byte[] given;
      try {
        given = HexFormat.of().parseHex(signature.toLowerCase(Locale.ROOT));
      } catch (IllegalArgumentException e) {
        return false;
      }
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
        return MessageDigest.isEqual(mac.doFinal(payload), given);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every JDK has HmacSHA256", e);
      }
    }

    @Override
    public String kind() {
      return "HMAC";
    }

    @Override
    public String toString() {
      return "Hmac[***]";
    }
  }

  /** A public RSA key of 2048 to 4096 bits. */
  record Rsa(PublicKey key) implements Verifier {
    private static boolean longEnough(PublicKey key) {
      return key instanceof RSAKey rsa
          && rsa.getModulus().bitLength() >= 2048
          && rsa.getModulus().bitLength() <= 4096;
    }

    @Override
    public boolean fits(byte[] payload, String signature) {
      return base64Fits("SHA256withRSA", key, payload, signature);
    }

    @Override
    public String kind() {
      return "RSA";
    }
  }

  /** A public Ed25519 key. */
  record Ed25519(PublicKey key) implements Verifier {
    @Override
    public boolean fits(byte[] payload, String signature) {
      return base64Fits("Ed25519", key, payload, signature);
    }

    @Override
    public String kind() {
      return "ED25519";
    }
  }
}
