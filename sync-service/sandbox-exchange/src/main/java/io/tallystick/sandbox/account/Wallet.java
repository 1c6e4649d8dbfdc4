package io.tallystick.sandbox.account;

/** The wallets that crypto moves in and out of; the numbers are those of the capital lists. */
public enum Wallet {
  /** Trading happens here; {@code walletType} 0. */
  SPOT(0),
  /** {@code walletType} 1. */
  FUNDING(1);

  private final int walletType;

  Wallet(int walletType) {
    this.walletType = walletType;
  }

  /** The number in the deposit and withdrawal lists (Binance wallet docs, "Deposit history"). */
  public int walletType() {
    return walletType;
  }
}
