package io.tallystick.costbasis;

import java.math.BigDecimal;

/**
 * The choices that jurisdictions and accountants make differently.
 *
 * @param swapFee where the fee of an asset-for-asset trade goes
 * @param withheldFee which units pay a fee withheld from what was just acquired
 * @param networkFee what the fee units of a transfer are
 * @param swapValue which leg values an asset-for-asset trade
 * @param wrap what wrapping a token is
 * @param receipts what airdrops and forks are
 * @param gifts whether gifts and donations are recognised, and what received ones cost
 * @param shortfall what units without a known acquisition are
 * @param sameInstant the order of events of one instant
 * @param unitCost whether an average unit cost is rounded
 */
public record Rules(
    SwapFee swapFee,
    WithheldFee withheldFee,
    NetworkFee networkFee,
    SwapValue swapValue,
    Wrap wrap,
    Receipts receipts,
    Gifts gifts,
    Shortfall shortfall,
    SameInstant sameInstant,
    UnitCost unitCost) {

  /** The largest accepted difference between two values of one trade: one part in twenty. */
  public static final BigDecimal VALUE_TOLERANCE = BigDecimal.valueOf(5, 2);

  /** Where the fee of an asset-for-asset trade goes. */
  public enum SwapFee {
    /** Wholly to the disposal (26 CFR 1.1001-7, from 2025). */
    DISPOSE,
    /** Wholly to the acquisition. */
    ACQUIRE,
    /** Half to each. */
    SPLIT,
    /** Nowhere: every trading fee, of cash trades too, is listed as an expense. */
    EXPENSE
  }

  /** Which units pay a fee withheld from what was just acquired. */
  public enum WithheldFee {
    /** Those very units (deemed identification, 26 CFR 1.1012-1(j)(3)(iii)). */
    OWN_LOT,
    /** The method's, as for any other disposal. */
    BY_METHOD
  }

  /** What the fee units of a transfer are. */
  public enum NetworkFee {
    /** A disposal at market value. */
    DISPOSE,
    /** Units that vanish with their basis, without a gain. */
    IGNORE
  }

  /** Which leg values an asset-for-asset trade; the other stands in when its worth is unknown. */
  public enum SwapValue {
    /** The asset received values both sides. */
    RECEIVED,
    /** The asset given values both sides. */
    GIVEN,
    /** Proceeds are the worth of what was received, cost that of what was given. */
    CROSS
  }

  /** What wrapping a token is. */
  public enum Wrap {
    /** Always a trade. */
    SWAP,
    /** Cost and dates are carried. */
    CARRY,
    /** Carried one for one, a trade at any other ratio. */
    BY_RATIO
  }

  /** What a receipt for nothing is. */
  public enum Receipt {
    /** Income at its value, which becomes its cost. */
    INCOME,
    /** No income and no cost, by rule. */
    FREE,
    /** Not income; its cost is a part of an older coin's that a declaration must state. */
    DECLARED
  }

  /** What airdrops and forks are. */
  public record Receipts(Receipt airdrop, Receipt airdropForService, Receipt fork) {}

  /** What units cost that were received as a gift. */
  public enum GiftReceived {
    /** What they were worth when they were given. */
    VALUE,
    /** What they cost the giver, with his date; unknown until a declaration states both. */
    CARRIED,
    /** As carried; a loss is measured from the value at the gift where that is lower (US). */
    CARRIED_OR_LOWER
  }

  /**
   * Gifts.
   *
   * @param gift whether a gain is recognised when units are given away
   * @param donation whether it is when they are given to charity
   * @param received what units cost that were received
   */
  public record Gifts(boolean gift, boolean donation, GiftReceived received) {}

  /** What units without a known acquisition are. */
  public enum Shortfall {
    /** Undetermined: cost and gain are unknown and stay out of totals. */
    UNKNOWN,
    /** Without cost: the whole proceeds are a gain, labelled on the line. */
    ZERO,
    /** A reason to refuse the report. */
    ERROR
  }

  /** The order of events of one instant. */
  public enum SameInstant {
    /**
     * By phase (renames, acquisitions, withheld fees, transfers, disposals, other fees), then by
     * entry: whole-second exports have no order of their own.
     */
    BY_PHASE,
    /** As the caller gives them, each event disposing first, then acquiring, then paying fees. */
    AS_GIVEN
  }

  /** Whether an average unit cost is rounded. */
  public enum UnitCost {
    /** Exact. */
    EXACT,
    /** Up to the whole currency unit (Japan). */
    ROUNDED_UP
  }
}
