package io.tallystick.sandbox.account;

/**
 * What a wallet holds of one asset, in units of 10⁻⁸.
 *
 * @param free can be used
 * @param locked in open orders
 * @param freeze held back by the exchange
 * @param withdrawing on its way out
 */
public record Holding(long free, long locked, long freeze, long withdrawing) {
  /** Nothing. */
  public static final Holding ZERO = new Holding(0, 0, 0, 0);

  /** All parts together. */
  public long total() {
    return Math.addExact(Math.addExact(free, locked), Math.addExact(freeze, withdrawing));
  }

  /** With so much more (or less) in each part; a part below zero is a bug or a bad request. */
  public Holding plus(long moreFree, long moreLocked, long moreFreeze, long moreWithdrawing) {
    Holding sum =
        new Holding(
            Math.addExact(free, moreFree),
            Math.addExact(locked, moreLocked),
            Math.addExact(freeze, moreFreeze),
            Math.addExact(withdrawing, moreWithdrawing));
    if (sum.free < 0 || sum.locked < 0 || sum.freeze < 0 || sum.withdrawing < 0) {
      throw new IllegalArgumentException("a balance would fall below zero: " + sum);
    }
    return sum;
  }
}
