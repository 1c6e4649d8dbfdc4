package io.tallystick.costbasis;

import java.time.LocalDate;

/** Which wallets' lots compete for one disposal. */
public sealed interface Scope {

  /** All wallets form one inventory. */
  record Universal() implements Scope {}

  /** Every wallet is an inventory of its own. */
  record PerWallet() implements Scope {}

  /**
   * Universal before a day, per wallet from its start (local time): unused basis is allocated to
   * the wallets at that moment, units for units (Rev. Proc. 2024-28).
   */
  record WalletsFrom(LocalDate day) implements Scope {}

  /** Reads {@code universal}, {@code wallet} or {@code wallet-from:2025-01-01}. */
  static Scope of(String text) {
    if (text.startsWith("wallet-from:")) {
      return new WalletsFrom(LocalDate.parse(text.substring("wallet-from:".length())));
    }
    return switch (text) {
      case "universal" -> new Universal();
      case "wallet" -> new PerWallet();
      default -> throw new IllegalArgumentException("no such scope: " + text);
    };
  }
}
