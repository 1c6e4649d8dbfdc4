package io.tallystick.planted.room;

import io.tallystick.kernel.Secret;

/** Opens a secret. */
final class PeeksInside {
  private PeeksInside() {}

  static int length(Secret secret) {
    return secret.use(bytes -> bytes.length);
  }
}
