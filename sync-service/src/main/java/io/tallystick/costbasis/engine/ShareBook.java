package io.tallystick.costbasis.engine;

import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Match;
import io.tallystick.costbasis.OpenLot;
import io.tallystick.costbasis.Settings;
import io.tallystick.costbasis.TaxCalendar;
import io.tallystick.costbasis.engine.Rows.Part;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * United Kingdom share matching by local days: same day, next 30 days, section 104 pool. A day is
 * settled when the 30 days after it are over; days are settled in order, so what earlier disposals
 * have claimed of a later day is known when that day's turn comes.
 */
final class ShareBook implements Book {

  private static final int WINDOW = 30;

  private final TaxCalendar calendar;
  private final Rows rows;
  private final TreeMap<LocalDate, ShareDay> days = new TreeMap<>();
  private Pool pool = new Pool();

  /** The last day that disposals which are settled looked at. */
  private LocalDate looked = LocalDate.MIN;

  ShareBook(Settings settings, Rows rows) {
    this.calendar = settings.calendar();
    this.rows = rows;
  }

  static ShareBook read(StateReader in, Settings settings, Rows rows) {
    ShareBook book = new ShareBook(settings, rows);
    book.pool = Pool.read(in);
    book.looked = in.day();
    int count = in.count();
    for (int i = 0; i < count; i++) {
      book.days.put(in.day(), ShareDay.read(in));
    }
    return book;
  }

  @Override
  public void write(StateWriter out) {
    pool.write(out);
    out.day(looked);
    out.count(days.size());
    days.forEach((date, day) -> {
      out.day(date);
      day.write(out);
    });
  }

  @Override
  public void acquire(Op.Acquire op, BigDecimal units) {
    ShareDay today = today(op);
    Instant bought = op.bought();
    LocalDate day = bought == null ? LocalDate.MIN : calendar.day(bought);
    // What is settled stays: units that come too late to be matched in their turn only enter the
    // pool.
    if (bought == null || day.isBefore(days.firstKey()) || !day.isAfter(looked)) {
      today.brought.add(units, op.cost());
    } else {
      days.computeIfAbsent(day, date -> new ShareDay()).acquire(op, units, bought);
    }
  }

  @Override
  public void dispose(Op.Dispose op, BigDecimal units) {
    today(op).dispose(op, units);
  }

  private ShareDay today(Op op) {
    LocalDate today = calendar.day(op.source().at());
    advance(today);
    return days.computeIfAbsent(today, date -> new ShareDay());
  }

  @Override
  public void advance(LocalDate today) {
    settle(today, false);
  }

  @Override
  public void close() {
    settle(LocalDate.MIN, true);
  }

  private void settle(LocalDate today, boolean closing) {
    for (Map.Entry<LocalDate, ShareDay> first = days.firstEntry();
        first != null;
        first = days.firstEntry()) {
      LocalDate date = first.getKey();
      ShareDay day = first.getValue();
      LocalDate needs = day.explained() ? date : date.plusDays(WINDOW);
      if (!closing && !needs.isBefore(today)) {
        return;
      }
      settle(date, day);
      days.remove(date);
    }
  }

  private void settle(LocalDate date, ShareDay day) {
    looked = day.explained() ? looked : date.plusDays(WINDOW);
    List<ShareDay.Group> groups = day.groups();
    groups.forEach(group -> group.claim(day, group.rest(), Match.Rule.SAME_DAY));
    for (ShareDay.Group group : groups) {
      LocalDate last = date.plusDays(WINDOW);
      for (ShareDay later : days.subMap(date, false, last, true).values()) {
        group.claim(later, later.free(), Match.Rule.THIRTY_DAYS);
      }
    }
    pool.add(day.left.units, day.left.cost);
    pool.add(day.brought.units, day.brought.cost);
    for (ShareDay.Group group : groups) {
      BigDecimal pooled = group.rest().min(pool.units);
      if (pooled.signum() > 0) {
        group.parts.add(fromPool(pooled));
      }
      Op.Dispose merged = group.merged();
      rows.disposal(merged, group.units, group.parts, Amount.Known.ZERO, group.singly());
      rows.pooled(merged, group.units, pool);
    }
    for (Waiting step : day.removals) {
      BigDecimal covered = step.units.min(pool.units);
      List<Part> taken = covered.signum() == 0 ? List.of() : List.of(fromPool(covered));
      rows.disposal(step.dispose(), step.units, taken, Amount.Known.ZERO, List.of());
      rows.pooled(step.dispose(), step.units, pool);
    }
  }

  private Part fromPool(BigDecimal units) {
    Amount cost = pool.take(units);
    return new Part(Match.Rule.POOL, List.of(), OpenLot.UNDATED, units, cost);
  }

  @Override
  public void resize(BigDecimal factor) {
    pool.resize(factor);
    days.values().forEach(day -> day.resize(factor));
  }

  @Override
  public void absorb(Book other) {
    if (other instanceof ShareBook that) {
      pool.add(that.pool.units, that.pool.cost);
      looked = that.looked.isAfter(looked) ? that.looked : looked;
      that.days.forEach((date, day) -> days.merge(date, day, ShareDay::plus));
    }
  }

  @Override
  public List<Lot> open() {
    return Waiting.pooled(pool);
  }
}
