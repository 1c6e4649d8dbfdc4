package io.tallystick.costbasis.engine;

import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Amount.Known;
import io.tallystick.costbasis.Match;
import io.tallystick.costbasis.OpenLot;
import io.tallystick.costbasis.Settings;
import io.tallystick.costbasis.TaxCalendar;
import io.tallystick.costbasis.engine.Rows.Part;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The moving average with superficial losses (Canada): a loss waits until 30 days after it, then
 * the part that repurchases deny goes back into the pool right after the disposal.
 */
final class SuperficialBook implements Book {

  private static final int WINDOW = 30;

  private final TaxCalendar calendar;
  private final Rows rows;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final TreeMap<LocalDate, Day> days = new TreeMap<>();
  private Pool pool = new Pool();
  private BigDecimal held = BigDecimal.ZERO;

  /** Units acquired on a day, and held at its end. */
  private record Day(BigDecimal acquired, BigDecimal held) {
    private Day more(BigDecimal units) {
      return new Day(acquired.add(units), held);
    }

    private Day resized(BigDecimal factor) {
      return new Day(acquired.multiply(factor), held.multiply(factor));
    }
  }

  SuperficialBook(Settings settings, Rows rows) {
    this.calendar = settings.calendar();
    this.rows = rows;
  }

  static SuperficialBook read(StateReader in, Settings settings, Rows rows) {
    SuperficialBook book = new SuperficialBook(settings, rows);
    book.pool = Pool.read(in);
    book.held = in.decimal();
    int count = in.count();
    for (int i = 0; i < count; i++) {
      book.days.put(in.day(), new Day(in.decimal(), in.decimal()));
    }
    count = in.count();
    for (int i = 0; i < count; i++) {
      book.waiting.add(Waiting.read(in));
    }
    return book;
  }

  @Override
  public void write(StateWriter out) {
    pool.write(out);
    out.decimal(held);
    out.count(days.size());
    days.forEach((day, totals) -> {
      out.day(day);
      out.decimal(totals.acquired);
      out.decimal(totals.held);
    });
    out.count(waiting.size());
    waiting.forEach(step -> step.write(out));
  }

  @Override
  public void acquire(Op.Acquire op, BigDecimal units) {
    note(op, units, held.add(units));
    Instant bought = op.bought();
    if (bought != null) {
      // What was held on a day before is not asked again: every window that is open ends later.
      Day more = new Day(units, BigDecimal.ZERO);
      days.merge(calendar.day(bought), more, (so, now) -> so.more(now.acquired));
    }
  }

  @Override
  public void dispose(Op.Dispose op, BigDecimal units) {
    note(op, units, held.subtract(units.min(held)));
  }

  private void note(Op op, BigDecimal units, BigDecimal nowHeld) {
    LocalDate today = calendar.day(op.source().at());
    advance(today);
    held = nowHeld;
    days.merge(today, new Day(BigDecimal.ZERO, held), (so, now) -> new Day(so.acquired, held));
    waiting.add(new Waiting(op, units));
    settle(today, false);
  }

  @Override
  public void advance(LocalDate today) {
    settle(today, false);
    Waiting first = waiting.peek();
    LocalDate from = first == null ? today : calendar.day(first.op.source().at());
    days.headMap(from.minusDays(WINDOW)).clear();
  }

  @Override
  public void close() {
    settle(LocalDate.MIN, true);
  }

  private void settle(LocalDate today, boolean closing) {
    for (Waiting step = waiting.peek(); step != null; step = waiting.peek()) {
      if (step.op instanceof Op.Acquire acquire) {
        pool.add(step.units, acquire.cost());
      } else {
        Op.Dispose op = step.dispose();
        LocalDate last = calendar.day(op.source().at()).plusDays(WINDOW);
        Amount loss = loss(op, step.units);
        boolean waits = loss instanceof Known(BigDecimal known) && known.signum() > 0;
        if (waits && !closing && !last.isBefore(today)) {
          return;
        }
        row(op, step.units, waits ? denied(loss, step.units, last) : Amount.Known.ZERO);
      }
      waiting.remove();
    }
  }

  /** The loss on the units that are covered by the pool; negative for a gain. */
  private Amount loss(Op.Dispose op, BigDecimal units) {
    BigDecimal covered = units.min(pool.units);
    if (covered.signum() == 0 || !op.recognised()) {
      return Amount.Known.ZERO;
    }
    Amount net = op.gross().minus(op.sellingCosts()).share(covered, units);
    return pool.costOf(covered).minus(net);
  }

  private Amount denied(Amount loss, BigDecimal units, LocalDate last) {
    BigDecimal sold = units.min(pool.units);
    BigDecimal acquired = BigDecimal.ZERO;
    for (Day day : days.subMap(last.minusDays(2 * WINDOW), true, last, true).values()) {
      acquired = acquired.add(day.acquired);
    }
    Map.Entry<LocalDate, Day> end = days.floorEntry(last);
    BigDecimal kept = end == null ? BigDecimal.ZERO : end.getValue().held;
    BigDecimal part = sold.min(acquired).min(kept);
    return part.signum() == 0 ? Amount.Known.ZERO : loss.share(part, sold);
  }

  private void row(Op.Dispose op, BigDecimal units, Amount denied) {
    BigDecimal covered = units.min(pool.units);
    List<Part> parts = List.of();
    if (covered.signum() > 0) {
      Amount cost = pool.take(covered);
      parts = List.of(new Part(Match.Rule.AVERAGE, List.of(), OpenLot.UNDATED, covered, cost));
    }
    rows.disposal(op, units, parts, denied, List.of());
    pool.add(BigDecimal.ZERO, denied);
    rows.pooled(op, units, pool);
  }

  @Override
  public void resize(BigDecimal factor) {
    pool.resize(factor);
    held = held.multiply(factor);
    waiting.forEach(step -> step.resize(factor));
    days.replaceAll((day, totals) -> totals.resized(factor));
  }

  /**
   * Losses still waiting on either side are closed with what is known, which Position says. What
   * was held on days before is not asked again: every later window ends after today.
   */
  @Override
  public void absorb(Book other) {
    if (other instanceof SuperficialBook that) {
      close();
      that.close();
      pool.add(that.pool.units, that.pool.cost);
      held = held.add(that.held);
      that.days.forEach((day, totals) ->
          days.merge(day, totals, (a, b) -> new Day(a.acquired.add(b.acquired), BigDecimal.ZERO)));
    }
  }

  boolean waits() {
    return !waiting.isEmpty();
  }

  @Override
  public List<Lot> open() {
    return Waiting.pooled(pool);
  }
}
