package io.tallystick.reconcile;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One asset in one wallet of a connection: what the venue reports beside what the postings add up
 * to. Amounts are exact, in whole units of the asset.
 *
 * @param reported null when the venue reported nothing of this wallet: unknown, not zero
 */
public record Line(String wallet, String asset, @Nullable Reported reported, BigDecimal derived) {

  /**
   * What the venue says; the four parts add up to what the account owns.
   *
   * @param at when this state was first seen
   */
  public record Reported(
      BigDecimal free, BigDecimal locked, BigDecimal frozen, BigDecimal withdrawing, Instant at) {

    /** Everything the account owns of the asset in this wallet. */
    public BigDecimal total() {
      return free.add(locked).add(frozen).add(withdrawing);
    }
  }

  /** Reported less derived: what the books lack, negative when they hold too much; or unknown. */
  public @Nullable BigDecimal difference() {
    return reported == null ? null : reported.total().subtract(derived);
  }

  /** Whether both are the same to the last digit; null when nothing was reported. */
  public @Nullable Boolean agrees() {
    return reported == null ? null : reported.total().compareTo(derived) == 0;
  }

  /** Whether either side has something. */
  public boolean nonzero() {
    return derived.signum() != 0 || (reported != null && reported.total().signum() != 0);
  }
}
