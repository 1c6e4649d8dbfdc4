package io.tallystick.costbasis.engine;

import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Match;
import io.tallystick.costbasis.OpenLot;
import io.tallystick.costbasis.Rules;
import io.tallystick.costbasis.Settings;
import io.tallystick.costbasis.TaxCalendar;
import io.tallystick.costbasis.engine.Rows.Part;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The total average (Japan): one unit cost a tax year, settled when the year is over. */
final class YearBook implements Book {

  private final TaxCalendar calendar;
  private final Rows rows;
  private final boolean rounded;
  private final List<Waiting> waiting = new ArrayList<>();
  private Pool pool = new Pool();
  private int year = Integer.MIN_VALUE;

  YearBook(Settings settings, Rows rows) {
    this.calendar = settings.calendar();
    this.rows = rows;
    this.rounded = settings.rules().unitCost() == Rules.UnitCost.ROUNDED_UP;
  }

  static YearBook read(StateReader in, Settings settings, Rows rows) {
    YearBook book = new YearBook(settings, rows);
    book.pool = Pool.read(in);
    book.year = in.count();
    int count = in.count();
    for (int i = 0; i < count; i++) {
      book.waiting.add(Waiting.read(in));
    }
    return book;
  }

  @Override
  public void write(StateWriter out) {
    pool.write(out);
    out.count(year);
    out.count(waiting.size());
    waiting.forEach(step -> step.write(out));
  }

  @Override
  public void acquire(Op.Acquire op, BigDecimal units) {
    turn(calendar.taxYear(op.source().at()));
    pool.add(units, op.cost());
  }

  @Override
  public void dispose(Op.Dispose op, BigDecimal units) {
    turn(calendar.taxYear(op.source().at()));
    waiting.add(new Waiting(op, units));
  }

  private void turn(int to) {
    if (to > year) {
      settle();
      year = to;
    }
  }

  private void settle() {
    for (Waiting step : waiting) {
      Op.Dispose op = step.dispose();
      BigDecimal covered = step.units.min(pool.units);
      List<Part> parts = List.of();
      if (covered.signum() > 0) {
        Amount cost =
            rounded ? pool.takeRounded(covered, op, step.units, rows) : pool.take(covered);
        parts =
            List.of(new Part(Match.Rule.TOTAL_AVERAGE, List.of(), OpenLot.UNDATED, covered, cost));
      }
      rows.disposal(op, step.units, parts, Amount.Known.ZERO, List.of());
    }
    if (!waiting.isEmpty()) {
      Waiting last = waiting.getLast();
      rows.pooled(last.dispose(), last.units, pool);
    }
    waiting.clear();
  }

  @Override
  public void advance(LocalDate today) {
    turn(calendar.taxYear(today));
  }

  @Override
  public void close() {
    settle();
  }

  @Override
  public void resize(BigDecimal factor) {
    pool.resize(factor);
    waiting.forEach(step -> step.resize(factor));
  }

  @Override
  public void absorb(Book other) {
    if (other instanceof YearBook that) {
      that.turn(year);
      turn(that.year);
      pool.add(that.pool.units, that.pool.cost);
      waiting.addAll(that.waiting);
      waiting.sort(Waiting.BY_TIME);
    }
  }

  @Override
  public List<Lot> open() {
    return Waiting.pooled(pool);
  }
}
