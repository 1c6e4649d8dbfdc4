package io.tallystick.costbasis;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * One pairing of a disposal, or a part of it, with a lot, a day or a pool.
 *
 * @param rule the rule that made it
 * @param lots the entries that acquired the units; empty for a pool and for missing units
 * @param acquired when, UTC; {@link OpenLot#UNDATED} for a pool and when not known; the first
 *     acquisition of the day under a rule that works on days
 * @param quantity units, in the units of the disposal's own date
 * @param cost the part of the lot's cost, acquisition fees included
 * @param gross this part's gross proceeds
 * @param sellingCosts this part's selling costs
 * @param term holding period of these very units
 */
public record Match(
    Rule rule,
    List<String> lots,
    Instant acquired,
    BigDecimal quantity,
    Amount cost,
    Amount gross,
    Amount sellingCosts,
    Term term) {

  /** Why these units were chosen. */
  public enum Rule {
    /** Oldest first. */
    FIFO,
    /** Newest first. */
    LIFO,
    /** Dearest first. */
    HIFO,
    /** Cheapest first. */
    LOFO,
    /** Named by the holder in time. */
    NAMED,
    /** A fee withheld from the very units just acquired. */
    OWN_LOT,
    /** Acquired in the four weeks before. */
    FOUR_WEEKS,
    /** Moving average. */
    AVERAGE,
    /** The tax year's average. */
    TOTAL_AVERAGE,
    /** Acquired the same day. */
    SAME_DAY,
    /** Acquired in the 30 days after. */
    THIRTY_DAYS,
    /** The section 104 pool. */
    POOL,
    /** No acquisition is known: cost and gain are undetermined. */
    MISSING,
    /** No acquisition is known and the user chose to treat the cost as nothing. */
    ZERO_BASIS
  }

  /** Gross proceeds less selling costs less cost. */
  public Amount gain() {
    return gross.minus(sellingCosts).minus(cost);
  }
}
