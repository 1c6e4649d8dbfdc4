package io.tallystick.costbasis.engine;

import io.tallystick.costbasis.Settings;
import io.tallystick.costbasis.engine.SlowPrimitives.Prim;
import io.tallystick.costbasis.engine.SlowPrimitives.Type;
import io.tallystick.costbasis.engine.SlowReference.Left;
import io.tallystick.costbasis.engine.SlowReference.Lot;
import io.tallystick.costbasis.engine.SlowReference.Piece;
import io.tallystick.costbasis.engine.SlowReference.Row;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The methods that look ahead, computed with the whole history in hand. */
final class SlowWindows {

  private final Settings settings;
  private final String asset;
  private final List<Prim> prims;
  private final List<Row> rows;
  private final Map<String, Left> left;
  private final Lot pool = SlowReference.pool("");

  SlowWindows(
      Settings settings, String asset, List<Prim> prims, List<Row> rows, Map<String, Left> left) {
    this.settings = settings;
    this.asset = asset;
    this.prims = prims.stream().filter(p -> p.type != Type.MOVE).toList();
    this.rows = rows;
    this.left = left;
  }

  void run() {
    switch (settings.method()) {
      case ACB -> superficial();
      case TOTAL_AVERAGE -> years();
      case UK_SHARES -> shares();
      default -> throw new IllegalArgumentException("looks nowhere: " + settings.method());
    }
    if (pool.quantity.sign() > 0) {
      left.put(asset + "@", new Left(pool.quantity, pool.cost));
    }
  }

  private LocalDate day(Prim p) {
    return settings.calendar().day(p.at);
  }

  private void superficial() {
    for (Prim p : prims) {
      if (p.type == Type.ACQUIRE) {
        SlowReference.put(pool, p.qty, p.money);
        continue;
      }
      Fraction sold = p.qty.min(pool.quantity);
      List<Piece> pieces = SlowReference.pooled(pool, p);
      Fraction denied = Fraction.ZERO;
      Fraction net = p.net();
      if (p.recognised && net != null && !pieces.isEmpty() && pieces.getFirst().cost() != null) {
        Fraction loss = pieces.getFirst().cost().minus(net.times(sold).by(p.qty));
        if (loss.sign() > 0) {
          Fraction part = sold.min(boughtAround(p)).min(heldAfter(p));
          denied = loss.times(part).by(sold);
        }
      }
      if (pool.cost != null) {
        pool.cost = pool.cost.plus(denied);
      }
      rows.add(SlowReference.row(p, SlowReference.missing(p, pieces), denied));
    }
  }

  private Fraction boughtAround(Prim sale) {
    Fraction sum = Fraction.ZERO;
    for (Prim p : prims) {
      LocalDate sold = day(sale);
      if (p.bought != null
          && p.type == Type.ACQUIRE
          && !day(p).isAfter(sold.plusDays(30))
          && Math.abs(ChronoUnit.DAYS.between(sold, settings.calendar().day(p.bought))) <= 30) {
        sum = sum.plus(p.qty);
      }
    }
    return sum;
  }

  private Fraction heldAfter(Prim sale) {
    Fraction held = Fraction.ZERO;
    for (Prim p : prims) {
      if (!day(p).isAfter(day(sale).plusDays(30))) {
        held = p.type == Type.ACQUIRE ? held.plus(p.qty) : held.minus(p.qty.min(held));
      }
    }
    return held;
  }

  private void years() {
    TreeMap<Integer, List<Prim>> years = new TreeMap<>();
    for (Prim p : prims) {
      years.computeIfAbsent(settings.calendar().taxYear(p.at), year -> new ArrayList<>()).add(p);
    }
    for (List<Prim> year : years.values()) {
      for (Prim p : year) {
        if (p.type == Type.ACQUIRE) {
          SlowReference.put(pool, p.qty, p.money);
        }
      }
      for (Prim p : year) {
        if (p.type == Type.DISPOSE) {
          List<Piece> pieces = SlowReference.pooled(pool, p);
          rows.add(SlowReference.row(p, SlowReference.missing(p, pieces), Fraction.ZERO));
        }
      }
    }
  }

  /** Disposals of a day that count as one, and what they were matched with. */
  private final class Sold {
    private Fraction disposed = Fraction.ZERO;
    private Fraction unmatched = Fraction.ZERO;
    private final List<Prim> sales = new ArrayList<>();
    private final List<Piece> pieces = new ArrayList<>();

    private void add(Prim sale) {
      disposed = disposed.plus(sale.qty);
      unmatched = disposed;
      sales.add(sale);
    }

    private void match(Day bought) {
      Fraction part = unmatched.min(bought.unclaimed);
      if (part.sign() > 0) {
        Fraction its = bought.cost == null ? null : bought.cost.times(part).by(bought.acquired);
        bought.unclaimed = bought.unclaimed.minus(part);
        unmatched = unmatched.minus(part);
        pieces.add(new Piece("", own(part), its));
      }
    }

    private Fraction own(Fraction part) {
      Fraction own = Fraction.ZERO;
      for (Prim sale : sales) {
        own = own.plus(sale.own);
      }
      return part.times(own).by(disposed);
    }
  }

  /** One day: what was acquired and is unclaimed, what was sold, given away and lost. */
  private final class Day {
    private Fraction acquired = Fraction.ZERO;
    private Fraction unclaimed = Fraction.ZERO;
    private @Nullable Fraction cost = Fraction.ZERO;
    private final Sold sold = new Sold();
    private final Sold given = new Sold();
    private final List<Prim> losses = new ArrayList<>();
    private final List<Prim> brought = new ArrayList<>();

    /** Until when what is acquired after this day may still be matched with it. */
    private LocalDate waits(LocalDate date) {
      boolean covered = sold.disposed.plus(given.disposed).compareTo(acquired) <= 0;
      return covered ? date : date.plusDays(30);
    }
  }

  /** The day to match units on; null for those owned before everything that can be matched. */
  private @Nullable LocalDate bought(Prim p, TreeMap<LocalDate, Day> days) {
    if (p.bought == null) {
      return null;
    }
    LocalDate today = day(p);
    LocalDate bought = settings.calendar().day(p.bought);
    for (Map.Entry<LocalDate, Day> one : days.entrySet()) {
      if (!one.getValue().waits(one.getKey()).isBefore(today)) {
        return bought.isBefore(one.getKey()) ? null : bought;
      }
      if (!bought.isAfter(one.getValue().waits(one.getKey()))) {
        return null;
      }
    }
    return null;
  }

  private void shares() {
    TreeMap<LocalDate, Day> days = new TreeMap<>();
    for (Prim p : prims) {
      Day day = days.computeIfAbsent(day(p), date -> new Day());
      if (p.type == Type.ACQUIRE) {
        LocalDate bought = bought(p, days);
        if (bought == null) {
          day.brought.add(p);
          continue;
        }
        day = days.computeIfAbsent(bought, date -> new Day());
        day.acquired = day.acquired.plus(p.qty);
        day.unclaimed = day.acquired;
        day.cost = day.cost == null || p.money == null ? null : day.cost.plus(p.money);
      } else if (p.recognised || p.given) {
        (p.recognised ? day.sold : day.given).add(p);
      } else {
        day.losses.add(p);
      }
    }
    for (Day day : days.values()) {
      day.sold.match(day);
      day.given.match(day);
    }
    days.forEach((date, day) -> {
      Collection<Day> later = days.subMap(date, false, date.plusDays(30), true).values();
      later.forEach(day.sold::match);
      later.forEach(day.given::match);
    });
    for (Day day : days.values()) {
      Fraction cost =
          day.cost == null || day.acquired.sign() == 0
              ? day.cost
              : day.cost.times(day.unclaimed).by(day.acquired);
      if (day.unclaimed.sign() > 0) {
        SlowReference.put(pool, day.unclaimed, cost);
      }
      day.brought.forEach(p -> SlowReference.put(pool, p.qty, p.money));
      settle(day.sold);
      settle(day.given);
      lose(day);
    }
  }

  private void settle(Sold day) {
    if (day.sales.isEmpty()) {
      return;
    }
    Fraction part = day.unmatched.min(pool.quantity);
    if (part.sign() > 0) {
      day.pieces.add(new Piece("", day.own(part), SlowReference.taken(pool, part)));
      day.unmatched = day.unmatched.minus(part);
    }
    if (day.unmatched.sign() > 0) {
      day.pieces.add(new Piece("", day.own(day.unmatched), null));
    }
    Fraction own = Fraction.ZERO;
    Fraction net = Fraction.ZERO;
    for (Prim sale : day.sales) {
      Fraction its = sale.net();
      own = own.plus(sale.own);
      net = net == null || its == null ? null : net.plus(its);
    }
    String entry = day.sales.getFirst().entry;
    rows.add(new Row(entry, false, asset, own, day.pieces, net, Fraction.ZERO));
  }

  private void lose(Day day) {
    for (Prim loss : day.losses) {
      List<Piece> pieces = SlowReference.pooled(pool, loss);
      rows.add(
          new Row(
              loss.entry,
              false,
              asset,
              loss.own,
              SlowReference.missing(loss, pieces),
              loss.net(),
              Fraction.ZERO));
    }
  }
}
