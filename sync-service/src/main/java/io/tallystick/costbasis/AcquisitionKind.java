package io.tallystick.costbasis;

/** How units came into ownership. */
public enum AcquisitionKind {
  /** Bought with cash. */
  PURCHASE,
  /** Received for another asset. */
  SWAP,
  /** Received as income; its value is its cost. */
  INCOME,
  /** Received without cost by a rule of the profile. */
  FREE,
  /** Received as a gift or inheritance; cost and date as the caller states them. */
  GIFT,
  /** Declared by a person as an opening balance. */
  OPENING,
  /** A deposit that no withdrawal explains. */
  UNLINKED_DEPOSIT,
  /** A refund of an earlier payment. */
  REFUND,
  /** A rebate of a fee, paid in coin. */
  REBATE,
  /** Profit of a derivative settled in coin. */
  SETTLEMENT,
  /** A balance correction by the venue; never guessed, listed for review. */
  CORRECTION
}
