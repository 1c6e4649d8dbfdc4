package io.tallystick.planted.venue.left;

/** An adapter with a thread of its own. */
final class Waits {
  private final Thread thread = new Thread(() -> {});

  void begin() {
    thread.start();
  }
}
