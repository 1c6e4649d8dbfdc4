package io.tallystick.costbasis.engine;

import io.tallystick.costbasis.Event;
import io.tallystick.costbasis.Method;
import io.tallystick.costbasis.Scope;
import io.tallystick.costbasis.Selection;
import io.tallystick.costbasis.Settings;
import io.tallystick.costbasis.engine.SlowPrimitives.Prim;
import io.tallystick.costbasis.engine.SlowPrimitives.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The lot methods and the plain average, computed again and slowly: exact fractions, one list of
 * lots sorted anew for every disposal, splits expressed beforehand. The methods that look ahead are
 * in {@link SlowWindows}.
 */
final class SlowReference {

  /** A part of a disposal; cost null when unknown; lot empty for pools, days and missing units. */
  record Piece(String lot, Fraction quantity, @Nullable Fraction cost) {}

  /** A disposal. */
  record Row(
      String entry,
      boolean fee,
      String asset,
      Fraction quantity,
      List<Piece> pieces,
      @Nullable Fraction net,
      Fraction denied) {}

  /**
   * What is left by asset and wallet (empty when universal): quantity, and cost null if unknown.
   */
  record Left(Fraction quantity, @Nullable Fraction cost) {}

  static final class Lot {
    final String id;
    final Instant acquired;
    String wallet;
    Fraction quantity;
    @Nullable Fraction cost;
    final @Nullable Fraction unit;

    Lot(
        String id,
        Instant acquired,
        String wallet,
        Fraction quantity,
        @Nullable Fraction cost,
        @Nullable Fraction unit) {
      this.id = id;
      this.acquired = acquired;
      this.wallet = wallet;
      this.quantity = quantity;
      this.cost = cost;
      this.unit = unit;
    }

    Lot cut(Fraction part, String to) {
      Fraction its = cost == null ? null : cost.times(part).by(quantity);
      Lot piece = new Lot(id, acquired, to, part, its, unit);
      quantity = quantity.minus(part);
      cost = cost == null || its == null ? null : cost.minus(its);
      return piece;
    }
  }

  final List<Row> rows = new ArrayList<>();
  final TreeMap<String, Left> left = new TreeMap<>();
  private final Settings settings;
  private final Method method;
  private final boolean wallets;

  SlowReference(Settings settings, List<Event> events) {
    this.settings = settings;
    this.method = settings.method();
    this.wallets = settings.scope() instanceof Scope.PerWallet;
    List<Prim> all = SlowPrimitives.of(events);
    TreeSet<String> assets = new TreeSet<>();
    all.forEach(p -> assets.add(p.asset));
    for (String asset : assets) {
      List<Prim> prims = all.stream().filter(p -> p.asset.equals(asset)).toList();
      if (method.looksAhead()) {
        new SlowWindows(settings, asset, prims, rows, left).run();
      } else if (method == Method.AVERAGE) {
        average(asset, prims);
      } else {
        lots(asset, prims);
      }
    }
  }

  static Row row(Prim p, List<Piece> pieces, Fraction denied) {
    return new Row(p.entry, p.phase != 4, p.asset, p.own, pieces, p.net(), denied);
  }

  private String scope(String wallet) {
    return wallets ? wallet : "";
  }

  private LocalDate day(Instant at) {
    return settings.calendar().day(at);
  }

  private void lots(String asset, List<Prim> prims) {
    List<Lot> lots = new ArrayList<>();
    for (Prim p : prims) {
      String here = scope(p.wallet);
      if (p.type == Type.ACQUIRE) {
        Fraction unit = p.money == null ? null : p.money.by(p.qty);
        lots.add(new Lot(p.entry, p.acquired, here, p.qty, p.money, unit));
      } else if (p.type == Type.DISPOSE) {
        List<Piece> pieces = new ArrayList<>();
        for (Lot piece : take(lots, p, here, "")) {
          pieces.add(new Piece(piece.id, piece.quantity.by(p.factor), piece.cost));
        }
        rows.add(row(p, missing(p, pieces), Fraction.ZERO));
      } else if (wallets && !p.to.equals(p.wallet)) {
        List<Lot> moved = take(lots, p, here, p.to);
        Fraction rest = p.qty;
        for (Lot piece : moved) {
          rest = rest.minus(piece.quantity);
        }
        lots.addAll(moved);
        if (rest.sign() > 0) {
          lots.add(new Lot(p.entry, Instant.MIN, p.to, rest, null, null));
        }
      }
    }
    for (Lot lot : lots) {
      leave(asset, lot.wallet, lot.quantity, lot.cost);
    }
  }

  private void leave(String asset, String wallet, Fraction quantity, @Nullable Fraction cost) {
    if (quantity.sign() == 0) {
      return;
    }
    left.merge(
        asset + "@" + wallet,
        new Left(quantity, cost),
        (a, b) ->
            new Left(
                a.quantity.plus(b.quantity),
                a.cost == null || b.cost == null ? null : a.cost.plus(b.cost)));
  }

  static List<Piece> missing(Prim p, List<Piece> pieces) {
    Fraction rest = p.own;
    for (Piece piece : pieces) {
      rest = rest.minus(piece.quantity);
    }
    List<Piece> all = new ArrayList<>(pieces);
    if (rest.sign() > 0) {
      all.add(new Piece("", rest, null));
    }
    return all;
  }

  private List<Lot> take(List<Lot> lots, Prim p, String here, String to) {
    List<Lot> taken = new ArrayList<>();
    Fraction rest = p.qty;
    if (p.ownLot) {
      rest = cut(lots, lot -> lot.id.equals(p.entry) && lot.wallet.equals(here), rest, to, taken);
    }
    if (!p.selection.recordedAt().isAfter(p.at)) {
      for (Selection.Pick pick : p.selection.picks()) {
        Fraction want = Fraction.of(pick.quantity()).times(p.factor).min(rest);
        Fraction open =
            cut(lots, lot -> lot.id.equals(pick.lot()) && lot.wallet.equals(here), want, to, taken);
        rest = rest.minus(want).plus(open);
      }
    }
    while (rest.sign() > 0) {
      List<Lot> open =
          lots.stream().filter(l -> l.quantity.sign() > 0 && l.wallet.equals(here)).toList();
      if (open.isEmpty()) {
        break;
      }
      Lot next = open.stream().min(order(p)).orElseThrow();
      rest = cut(lots, lot -> lot == next, rest, to, taken);
    }
    return taken;
  }

  private static Fraction cut(
      List<Lot> lots, Predicate<Lot> which, Fraction want, String to, List<Lot> taken) {
    Fraction rest = want;
    for (Lot lot : lots) {
      if (which.test(lot) && lot.quantity.sign() > 0 && rest.sign() > 0) {
        Fraction part = lot.quantity.min(rest);
        taken.add(lot.cut(part, to));
        rest = rest.minus(part);
      }
    }
    return rest;
  }

  private Comparator<Lot> order(Prim p) {
    Comparator<Lot> age =
        Comparator.comparing((Lot lot) -> lot.acquired).thenComparing(lot -> lot.id);
    Comparator<Lot> unknownLast = Comparator.comparing(lot -> lot.unit == null);
    Comparator<Lot> cheapest =
        Comparator.comparing(lot -> lot.unit == null ? Fraction.ZERO : lot.unit);
    return switch (method) {
      case LIFO -> age.reversed();
      case HIFO -> unknownLast.thenComparing(cheapest.reversed()).thenComparing(age);
      case LOFO -> unknownLast.thenComparing(cheapest).thenComparing(age);
      case IRISH_FIFO -> {
        LocalDate first = day(p.at).minusDays(28);
        Comparator<Lot> recentFirst =
            Comparator.comparing(lot -> day(lot.acquired).isBefore(first));
        yield recentFirst.thenComparing(
            (a, b) -> day(a.acquired).isBefore(first) ? age.compare(a, b) : age.compare(b, a));
      }
      default -> age;
    };
  }

  private void average(String asset, List<Prim> prims) {
    TreeMap<String, Lot> pools = new TreeMap<>();
    for (Prim p : prims) {
      Lot pool = pools.computeIfAbsent(scope(p.wallet), SlowReference::pool);
      if (p.type == Type.ACQUIRE) {
        put(pool, p.qty, p.money);
      } else if (p.type == Type.DISPOSE) {
        rows.add(row(p, missing(p, pooled(pool, p)), Fraction.ZERO));
      } else if (wallets && !p.to.equals(p.wallet)) {
        Lot to = pools.computeIfAbsent(p.to, SlowReference::pool);
        Fraction part = p.qty.min(pool.quantity);
        if (part.sign() > 0) {
          put(to, part, taken(pool, part));
        }
        if (part.compareTo(p.qty) < 0) {
          put(to, p.qty.minus(part), null);
        }
      }
    }
    pools.values().forEach(pool -> leave(asset, pool.wallet, pool.quantity, pool.cost));
  }

  static Lot pool(String wallet) {
    return new Lot("", Instant.MIN, wallet, Fraction.ZERO, Fraction.ZERO, null);
  }

  static void put(Lot pool, Fraction quantity, @Nullable Fraction cost) {
    pool.quantity = pool.quantity.plus(quantity);
    pool.cost = pool.cost == null || cost == null ? null : pool.cost.plus(cost);
  }

  static @Nullable Fraction taken(Lot pool, Fraction part) {
    Lot piece = pool.cut(part, "");
    if (pool.quantity.sign() == 0) {
      pool.cost = Fraction.ZERO;
    }
    return piece.cost;
  }

  /** What a pool gives for a disposal. */
  static List<Piece> pooled(Lot pool, Prim p) {
    Fraction part = p.qty.min(pool.quantity);
    return part.sign() == 0
        ? List.of()
        : List.of(new Piece("", part.by(p.factor), taken(pool, part)));
  }
}
