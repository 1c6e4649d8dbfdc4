package io.tallystick.planted.room;

import java.util.UUID;

/** Makes an id by chance. */
final class ThrowsDice {
  private ThrowsDice() {}

  static UUID next() {
    return UUID.randomUUID();
  }
}
