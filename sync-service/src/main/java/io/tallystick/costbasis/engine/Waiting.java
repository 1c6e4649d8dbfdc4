package io.tallystick.costbasis.engine;

import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.OpenLot;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** An operation that waits for later ones, with its quantity in the book's present units. */
final class Waiting {

  static final Comparator<Waiting> BY_TIME =
      Comparator.<Waiting, Instant>comparing(step -> step.op.source().at())
          .thenComparing(step -> step.op, Op.ORDER);

  final Op op;
  BigDecimal units;

  Waiting(Op op, BigDecimal units) {
    this.op = op;
    this.units = units;
  }

  static Waiting read(StateReader in) {
    return new Waiting(in.op(), in.decimal());
  }

  void write(StateWriter out) {
    out.op(op);
    out.decimal(units);
  }

  void resize(BigDecimal factor) {
    units = units.multiply(factor);
  }

  /** The operation, which must be a disposal. */
  Op.Dispose dispose() {
    if (op instanceof Op.Dispose dispose) {
      return dispose;
    }
    throw new IllegalStateException("only disposals wait here: " + op.source().entry());
  }

  /** A pool as the one lot that it shows. */
  static List<Lot> pooled(Pool pool) {
    if (pool.units.signum() == 0 && pool.cost.equals(Amount.Known.ZERO)) {
      return List.of();
    }
    return List.of(
        new Lot("", OpenLot.UNDATED, List.of(), pool.units, pool.cost, pool.units, pool.cost));
  }
}
