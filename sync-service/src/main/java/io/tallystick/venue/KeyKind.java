package io.tallystick.venue;

/** How a key signs. */
public enum KeyKind {
  HMAC_SHA256,
  RSA_SHA256,
  ED25519;

  /** The name in the API: {@code hmac}, {@code rsa} or {@code ed25519}. */
  public String code() {
    return switch (this) {
      case HMAC_SHA256 -> "hmac";
      case RSA_SHA256 -> "rsa";
      case ED25519 -> "ed25519";
    };
  }
}
