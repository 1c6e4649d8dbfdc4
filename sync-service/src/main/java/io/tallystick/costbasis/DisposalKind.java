package io.tallystick.costbasis;

/** How units left ownership. */
public enum DisposalKind {
  /** Sold for cash. */
  SALE,
  /** Given for another asset. */
  SWAP,
  /** Paid as a trading fee. */
  FEE,
  /** Paid as a network fee of a transfer. */
  NETWORK_FEE,
  /** Paid for goods or services. */
  PAYMENT,
  /** Given away; recognised or not by profile. */
  GIFT,
  /** Donated; recognised or not by profile. */
  DONATION,
  /** Lost or stolen: removed with its basis, never a loss by the engine's own choice. */
  LOST,
  /** Sold by force: collateral, delisting, bankruptcy. */
  LIQUIDATION,
  /** Loss of a derivative settled in coin. */
  SETTLEMENT,
  /** A balance correction by the venue; not recognised, listed for review. */
  CORRECTION,
  /** Several kinds of one day, added up by a rule that works on days. */
  MIXED
}
