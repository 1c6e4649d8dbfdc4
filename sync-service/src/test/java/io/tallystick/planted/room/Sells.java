package io.tallystick.planted.room;

/** Can spell an order. */
final class Sells {
  private Sells() {}

  static String path() {
    return "/api/v3/order";
  }
}
