package io.tallystick.costbasis.engine;

import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Amount.Known;
import io.tallystick.costbasis.Disposal;
import io.tallystick.costbasis.Line;
import io.tallystick.costbasis.Precision;
import io.tallystick.costbasis.Source;
import io.tallystick.costbasis.TaxCalendar;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Losses whose units may be bought back within four weeks (TCA 1997 s581(3)): such a loss counts
 * only against the gain on the units bought back.
 */
final class FourWeeks {

  private static final int WINDOW = 28;

  private final TaxCalendar calendar;
  private final Rows rows;
  private final List<Loss> losses = new ArrayList<>();

  FourWeeks(TaxCalendar calendar, Rows rows) {
    this.calendar = calendar;
    this.rows = rows;
  }

  /** A loss with the units not yet bought back and their part of it. */
  private static final class Loss {
    private final Source source;
    private BigDecimal units;
    private Amount loss;

    private Loss(Source source, BigDecimal units, Amount loss) {
      this.source = source;
      this.units = units;
      this.loss = loss;
    }
  }

  void sold(Disposal row, BigDecimal units) {
    if (row.recognised() && row.gain() instanceof Known(BigDecimal gain) && gain.signum() < 0) {
      losses.add(new Loss(row.source(), units, Amount.of(gain.negate())));
    }
  }

  void bought(Op.Acquire op, BigDecimal units) {
    LocalDate first = calendar.day(op.source().at()).minusDays(WINDOW);
    losses.removeIf(loss -> calendar.day(loss.source.at()).isBefore(first));
    Instant bought = op.bought();
    if (bought == null) {
      return;
    }
    BigDecimal rest = units;
    for (Loss loss : losses) {
      boolean before = loss.source.at().isAfter(bought);
      BigDecimal part = before ? BigDecimal.ZERO : loss.units.min(rest);
      if (part.signum() > 0) {
        Amount share = loss.loss.share(part, loss.units);
        BigDecimal quantity =
            part.compareTo(units) == 0
                ? op.quantity()
                : Precision.share(op.quantity(), part, units);
        rows.say(
            new Line.RingFenced(loss.source, op.asset(), op.source().entry(), quantity, share));
        loss.units = loss.units.subtract(part);
        loss.loss = loss.loss.minus(share);
        rest = rest.subtract(part);
      }
    }
    losses.removeIf(loss -> loss.units.signum() == 0);
  }

  void resize(BigDecimal factor) {
    losses.forEach(loss -> loss.units = loss.units.multiply(factor));
  }

  void write(StateWriter out) {
    out.count(losses.size());
    for (Loss loss : losses) {
      out.source(loss.source);
      out.decimal(loss.units);
      out.amount(loss.loss);
    }
  }

  void read(StateReader in) {
    int count = in.count();
    for (int i = 0; i < count; i++) {
      losses.add(new Loss(in.source(), in.decimal(), in.amount()));
    }
  }
}
