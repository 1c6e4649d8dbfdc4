package io.tallystick.costbasis.engine;

import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Amount.Known;
import io.tallystick.costbasis.Issue;
import io.tallystick.costbasis.Precision;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * One quantity and one cost. A unit of unknown cost taints the whole pool until it has been
 * emptied: from then on nothing of it is left.
 */
final class Pool {

  BigDecimal units = BigDecimal.ZERO;
  Amount cost = Amount.Known.ZERO;

  static Pool read(StateReader in) {
    Pool pool = new Pool();
    pool.units = in.decimal();
    pool.cost = in.amount();
    return pool;
  }

  void write(StateWriter out) {
    out.decimal(units);
    out.amount(cost);
  }

  void add(BigDecimal more, Amount itsCost) {
    units = units.add(more);
    cost = cost.plus(itsCost);
  }

  /** What some of the units cost. */
  Amount costOf(BigDecimal part) {
    return units.signum() == 0 ? Amount.Known.ZERO : cost.share(part, units);
  }

  /** Takes units off at the average; the last take all that is left of the cost. */
  Amount take(BigDecimal part) {
    Amount taken = costOf(part);
    units = units.subtract(part);
    cost = units.signum() == 0 && part.signum() > 0 ? Amount.Known.ZERO : cost.minus(taken);
    return taken;
  }

  /**
   * As {@link #take}, with the unit cost rounded up to whole money and the closing cost at that
   * unit (Japan); the difference is said beside the row.
   */
  Amount takeRounded(BigDecimal part, Op.Dispose op, BigDecimal opUnits, Rows rows) {
    if (!(cost instanceof Known(BigDecimal known)) || part.compareTo(units) == 0) {
      return take(part);
    }
    BigDecimal quantity = own(units, op, opUnits);
    BigDecimal unit =
        Precision.reliable(Precision.quotient(known, quantity)).setScale(0, RoundingMode.CEILING);
    BigDecimal left = unit.multiply(own(units.subtract(part), op, opUnits));
    BigDecimal basis = unit.multiply(own(part, op, opUnits));
    BigDecimal difference = left.add(basis).subtract(known);
    if (difference.signum() != 0) {
      Amount money = Amount.of(difference);
      rows.issue(Issue.Kind.UNIT_COST_ROUNDED, op.source(), op.asset(), quantity, money);
    }
    units = units.subtract(part);
    cost = Amount.of(left);
    return Amount.of(basis);
  }

  private static BigDecimal own(BigDecimal some, Op.Dispose op, BigDecimal opUnits) {
    return opUnits.compareTo(op.quantity()) == 0
        ? some
        : Precision.share(some, op.quantity(), opUnits);
  }

  void resize(BigDecimal factor) {
    units = units.multiply(factor);
  }
}
