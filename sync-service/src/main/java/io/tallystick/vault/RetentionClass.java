package io.tallystick.vault;

import java.util.Locale;

/**
 * What sealed bytes are kept for. Each holder has one random key for each class, so that one class
 * can be made unreadable for ever while another has to stay.
 */
public enum RetentionClass {
  /** Venue credentials: gone when the last consent ends. */
  CREDENTIAL,
  /** Who the holder is: the client's reference, the venue's account uid. */
  IDENTITY,
  /** What the holder was given as proof of what he allowed: receipts. */
  CONSENT,
  /** What venues and files said, byte for byte. */
  RAW,
  /** The sealed parts of entries: addresses, transaction ids. */
  BOOKS,
  /** The bodies of access-log leaves. */
  ACCESS;

  /** The name in the key store and in associated data: lower case, stable. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
