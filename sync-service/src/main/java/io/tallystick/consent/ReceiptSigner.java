package io.tallystick.consent;

/** The installation's signing key for receipts of consents, held by whoever keeps the keys. */
public interface ReceiptSigner {
  /** The Ed25519 public key, 32 bytes. */
  byte[] publicKey();

  /** The Ed25519 signature over the UTF-8 bytes of a receipt's text, 64 bytes. */
  byte[] sign(String receipt);
}
