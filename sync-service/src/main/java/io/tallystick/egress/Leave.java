package io.tallystick.egress;

import io.tallystick.venue.Denial;
import io.tallystick.venue.Verdict;
import java.util.function.BooleanSupplier;

/**
 * On what terms a call leaves.
 *
 * @param allowed asked again of a call that had to wait
 * @param suspect whether a firewall's no is laid to this call alone, as it was refused before while
 *     others were answered: it stops nobody else then
 */
public record Leave(BooleanSupplier allowed, boolean suspect) {
  /** A call that may always leave, and nobody suspects. */
  static final Leave FREE = new Leave(() -> true, false);

  /** A call that is asked for again once it had to wait, and nobody suspects. */
  public static Leave asked(BooleanSupplier allowed) {
    return new Leave(allowed, false);
  }

  /** What an answer means to a call that left so. */
  Verdict judged(Verdict verdict) {
    return suspect
            && verdict instanceof Verdict.Wait wait
            && wait.scope() == Verdict.Scope.EGRESS_ADDRESS
            && !wait.banned()
        ? new Verdict.Denied(Denial.FIREWALL, wait.code())
        : verdict;
  }
}
