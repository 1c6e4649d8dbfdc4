package io.tallystick.planted.room;

import java.math.BigDecimal;

/** Takes any text for an amount. */
final class ReadsLoosely {
  private ReadsLoosely() {}

  static BigDecimal amount(String text) {
    return new BigDecimal(text);
  }
}
