package io.tallystick.costbasis;

import java.math.BigDecimal;

/**
 * Something the report must say beside its figures.
 *
 * @param kind what it is
 * @param source the event it was noticed at
 * @param asset the asset
 * @param quantity units touched
 * @param money proceeds touched, the deviation of two values, or the rounding difference; unknown
 *     when it cannot be stated
 */
public record Issue(Kind kind, Source source, String asset, BigDecimal quantity, Amount money)
    implements Line {

  /** What can be noticed. */
  public enum Kind {
    /** More left than is known to have been acquired; money is the proceeds of the rest. */
    SHORTFALL,
    /** As above, under the policy that refuses a report. */
    REFUSED,
    /** An acquisition without a known cost. */
    UNKNOWN_COST,
    /** A disposal, income or fee without a known value. */
    MISSING_PRICE,
    /** A deposit that no withdrawal explains. */
    UNLINKED_DEPOSIT,
    /** A venue's balance correction, to be reviewed. */
    CORRECTION,
    /** The two legs' values differ by more than five per cent; money is the difference. */
    VALUES_DIFFER,
    /** Lots were named after the disposal; first in, first out was used. */
    LATE_SELECTION,
    /** A named lot does not exist in the disposal's scope or holds less. */
    INVALID_SELECTION,
    /** More was moved than the wallet is known to hold. */
    EXCESS_TRANSFER,
    /** A wallet held more units than there was basis to allocate. */
    UNALLOCATED_BASIS,
    /** A rounded unit cost left this difference in the closing cost. */
    UNIT_COST_ROUNDED,
    /** A wrapped token was treated as the profile says; listed as an assumption. */
    WRAP_ASSUMED,
    /** Units were renamed while an averaging window was open: rows before it were closed early. */
    RENAMED_IN_WINDOW
  }
}
