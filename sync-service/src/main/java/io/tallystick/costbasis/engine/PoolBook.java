package io.tallystick.costbasis.engine;

import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Match;
import io.tallystick.costbasis.OpenLot;
import io.tallystick.costbasis.Rules;
import io.tallystick.costbasis.Selection;
import io.tallystick.costbasis.Settings;
import io.tallystick.costbasis.Source;
import io.tallystick.costbasis.TermRule;
import io.tallystick.costbasis.engine.Book.Stock;
import io.tallystick.costbasis.engine.Rows.Part;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The moving average. Where the profile has a holding period, the units are also dated first in,
 * first out: dates from there, cost from the average.
 */
final class PoolBook implements Stock {

  private final Rows rows;
  private final boolean rounded;
  private final @Nullable LotsByAge ages;
  private Pool pool = new Pool();

  PoolBook(Settings settings, Rows rows) {
    this.rows = rows;
    this.rounded = settings.rules().unitCost() == Rules.UnitCost.ROUNDED_UP;
    this.ages =
        settings.calendar().term() == TermRule.NONE
            ? null
            : new LotsByAge(settings.calendar(), LotsByAge.Pick.OLDEST);
  }

  static PoolBook read(StateReader in, Settings settings, Rows rows) {
    PoolBook book = new PoolBook(settings, rows);
    book.pool = Pool.read(in);
    if (book.ages != null) {
      int count = in.count();
      for (int i = 0; i < count; i++) {
        book.ages.add(in.lot());
      }
    }
    return book;
  }

  @Override
  public void write(StateWriter out) {
    pool.write(out);
    if (ages != null) {
      List<Lot> open = ages.open();
      out.count(open.size());
      open.forEach(out::lot);
    }
  }

  @Override
  public void acquire(Op.Acquire op, BigDecimal units) {
    pool.add(units, op.cost());
    if (ages != null) {
      ages.add(new Lot(op.source().entry(), op.acquired(), units, Amount.Known.ZERO));
    }
  }

  @Override
  public void deposit(Lot lot) {
    pool.add(lot.units, lot.cost);
    if (ages != null) {
      ages.add(new Lot(lot.id, lot.acquired, lot.units, Amount.Known.ZERO));
    }
  }

  @Override
  public void dispose(Op.Dispose op, BigDecimal units) {
    BigDecimal covered = units.min(pool.units);
    List<Part> parts = new ArrayList<>(2);
    if (covered.signum() > 0) {
      Amount cost = rounded ? pool.takeRounded(covered, op, units, rows) : pool.take(covered);
      for (Lot aged : aged(op.source(), covered, cost)) {
        parts.add(new Part(Match.Rule.AVERAGE, aged.trace, aged.acquired, aged.units, aged.cost));
      }
    }
    rows.disposal(op, units, parts, Amount.Known.ZERO, List.of());
    rows.pooled(op, units, pool);
  }

  @Override
  public List<Lot> withdraw(Source source, String asset, BigDecimal units, Selection selection) {
    BigDecimal covered = units.min(pool.units);
    return covered.signum() == 0 ? List.of() : aged(source, covered, pool.take(covered));
  }

  /** The units taken, by date where dates are kept, with the average cost spread over them. */
  private List<Lot> aged(Source source, BigDecimal units, Amount cost) {
    if (ages == null) {
      return List.of(new Lot("", OpenLot.UNDATED, List.of(), units, cost, units, cost));
    }
    List<Lot> taken = new ArrayList<>();
    BigDecimal rest = units;
    Amount left = cost;
    while (rest.signum() > 0) {
      Lot lot = ages.next(source.at());
      if (lot == null) {
        throw new IllegalStateException("the pool and its dates differ at " + source.entry());
      }
      BigDecimal part = lot.units.min(rest);
      lot.takeCost(part);
      rest = rest.subtract(part);
      Amount share = rest.signum() == 0 ? left : cost.share(part, units);
      left = left.minus(share);
      taken.add(new Lot(lot.id, lot.acquired, lot.trace, part, share, part, share));
    }
    return taken;
  }

  @Override
  public void resize(BigDecimal factor) {
    pool.resize(factor);
    if (ages != null) {
      ages.resize(factor);
    }
  }

  /** The dates are not lots: their costs are the pool's, so it is listed as one. */
  @Override
  public List<Lot> open() {
    if (pool.units.signum() == 0) {
      return List.of();
    }
    return List.of(
        new Lot("", OpenLot.UNDATED, List.of(), pool.units, pool.cost, pool.units, pool.cost));
  }

  @Override
  public void absorb(Book other) {
    if (other instanceof PoolBook that) {
      pool.add(that.pool.units, that.pool.cost);
      if (ages != null && that.ages != null) {
        that.ages.open().forEach(ages::add);
      }
    }
  }
}
