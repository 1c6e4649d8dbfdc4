package io.tallystick.sandbox.exchange;

import io.tallystick.sandbox.protocol.RegisteredKey;

/**
 * A key as its holder gets it.
 *
 * @param key what goes into the header
 * @param secret what an HMAC key signs with; empty for keys whose private half the holder made
 */
public record ApiKey(String key, String secret) {

  /** Shows neither. */
  @Override
  public String toString() {
    return "ApiKey[" + RegisteredKey.fingerprint(key) + ", ***]";
  }
}
