package io.tallystick.sandbox.account;

/** The wallets of an account; the numbers are those of the capital lists. */
public enum Wallet {
  /** Trading happens here; {@code walletType} 0. */
  SPOT(0),
  /** Peer-to-peer trades and payments settle here; {@code walletType} 1. */
  FUNDING(1),
  /** Lent out, to be had back at any time; shown in spot once more as {@code LD} tokens. */
  EARN_FLEXIBLE(-1),
  /** Lent out until a day that was agreed. */
  EARN_LOCKED(-1),
  /** Cross margin: money only comes and goes by transfer here. */
  CROSS_MARGIN(-1),
  /** USD-M futures: money only comes and goes by transfer here. */
  USD_M_FUTURES(-1);

  private final int walletType;

  Wallet(int walletType) {
    this.walletType = walletType;
  }

  /**
   * The number in the deposit and withdrawal lists (Binance wallet docs, "Deposit history"); −1 for
   * wallets that are never named there.
   */
  public int walletType() {
    return walletType;
  }
}
