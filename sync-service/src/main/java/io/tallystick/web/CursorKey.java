package io.tallystick.web;

/** The installation's key for cursors, held by whoever keeps the keys. */
public interface CursorKey {
  /** A keyed digest of at least 16 bytes, the same on every node of the installation. */
  byte[] mac(byte[] content);
}
