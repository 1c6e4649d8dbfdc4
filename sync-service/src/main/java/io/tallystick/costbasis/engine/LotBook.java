package io.tallystick.costbasis.engine;

import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Disposal;
import io.tallystick.costbasis.Issue;
import io.tallystick.costbasis.Match;
import io.tallystick.costbasis.Method;
import io.tallystick.costbasis.Precision;
import io.tallystick.costbasis.Selection;
import io.tallystick.costbasis.Settings;
import io.tallystick.costbasis.Source;
import io.tallystick.costbasis.engine.Book.Stock;
import io.tallystick.costbasis.engine.Rows.Part;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Separate lots, used up in the order of a method unless lots are named. */
final class LotBook implements Stock {

  /** How many lots the index may hold before emptied ones are looked for. */
  private static final int TIDY = 1024;

  private final Rows rows;
  private final LotOrder order;
  private final @Nullable FourWeeks fourWeeks;

  /** Lots acquired at {@link #now}: a withheld fee is paid from the very lot it belongs to. */
  private final List<Lot> recent = new ArrayList<>(2);

  private Instant now = Instant.MIN;

  /** Lots by id, from the first time that one is looked up by its id. */
  private @Nullable Map<String, Lot> byId;

  private int tidyAt = TIDY;

  LotBook(Settings settings, Rows rows) {
    this.rows = rows;
    this.order = LotOrder.of(settings.method(), settings.calendar());
    this.fourWeeks =
        settings.method() == Method.IRISH_FIFO ? new FourWeeks(settings.calendar(), rows) : null;
  }

  static LotBook read(StateReader in, Settings settings, Rows rows) {
    LotBook book = new LotBook(settings, rows);
    int count = in.count();
    for (int i = 0; i < count; i++) {
      book.order.add(in.lot());
    }
    if (book.fourWeeks != null) {
      book.fourWeeks.read(in);
    }
    return book;
  }

  @Override
  public void write(StateWriter out) {
    List<Lot> open = new ArrayList<>(open());
    open.sort(Lot.BY_AGE);
    out.count(open.size());
    open.forEach(out::lot);
    if (fourWeeks != null) {
      fourWeeks.write(out);
    }
  }

  @Override
  public void acquire(Op.Acquire op, BigDecimal units) {
    Instant at = op.source().at();
    if (!at.equals(now)) {
      recent.clear();
      now = at;
    }
    Lot lot = new Lot(op.source().entry(), op.acquired(), units, op.cost());
    lot.gift = op.gift();
    recent.add(lot);
    add(lot);
    if (fourWeeks != null) {
      fourWeeks.bought(op, units);
    }
  }

  private void add(Lot lot) {
    order.add(lot);
    if (byId != null) {
      byId.put(lot.id, lot);
      if (byId.size() > tidyAt) {
        byId.values().removeIf(Lot::empty);
        tidyAt = Math.max(TIDY, 2 * byId.size());
      }
    }
  }

  @Override
  public void deposit(Lot part) {
    Lot known = named(part.id);
    if (known == null || !known.joins(part)) {
      add(part);
    } else {
      known.join(part);
    }
  }

  private @Nullable Lot named(String id) {
    Map<String, Lot> index = byId;
    if (index == null) {
      index = new HashMap<>();
      for (Lot lot : order.open()) {
        index.put(lot.id, lot);
      }
      byId = index;
    }
    Lot lot = index.get(id);
    return lot == null || lot.empty() ? null : lot;
  }

  @Override
  public void dispose(Op.Dispose op, BigDecimal units) {
    List<Part> parts = new ArrayList<>(2);
    Source source = op.source();
    BigDecimal rest = units;
    if (op.fromOwnLot()) {
      rest = takeOwn(source.entry(), rest, parts);
    }
    if (op.selection().present()) {
      rest = takeNamed(op, units, parts);
    }
    while (rest.signum() > 0) {
      Lot lot = order.next(source.at());
      if (lot == null) {
        break;
      }
      rest = take(lot, rest, order.rule(), parts);
    }
    Disposal row = rows.disposal(op, units, parts, Amount.Known.ZERO, List.of());
    if (fourWeeks != null) {
      fourWeeks.sold(row, units);
    }
  }

  /** Takes what a lot can give; answers with what is still wanted. */
  private static BigDecimal take(Lot lot, BigDecimal want, Match.Rule rule, List<Part> parts) {
    boolean all = lot.units.compareTo(want) <= 0;
    BigDecimal units = all ? lot.units : want;
    Amount cost = lot.takeCost(units);
    parts.add(new Part(rule, lot.trace, lot.acquired, units, cost, lot.gift));
    return all ? want.subtract(units) : BigDecimal.ZERO;
  }

  private BigDecimal takeOwn(String entry, BigDecimal want, List<Part> parts) {
    BigDecimal rest = want;
    for (Lot lot : recent) {
      if (lot.id.equals(entry) && !lot.empty() && rest.signum() > 0) {
        rest = take(lot, rest, Match.Rule.OWN_LOT, parts);
      }
    }
    return rest;
  }

  private BigDecimal takeNamed(Op.Dispose op, BigDecimal units, List<Part> parts) {
    BigDecimal rest = units;
    boolean sameUnits = units.compareTo(op.quantity()) == 0;
    for (Selection.Pick pick : inTime(op.source(), op.asset(), op.quantity(), op.selection())) {
      BigDecimal named =
          sameUnits ? pick.quantity() : Precision.share(pick.quantity(), units, op.quantity());
      Lot lot = picked(pick, named, op.source(), op.asset());
      if (lot != null && rest.signum() > 0) {
        BigDecimal asked = named.min(rest);
        rest = rest.subtract(asked).add(take(lot, asked, Match.Rule.NAMED, parts));
      }
    }
    return rest;
  }

  /** The picks, unless they were written down too late, which is reported. */
  private List<Selection.Pick> inTime(
      Source source, String asset, BigDecimal quantity, Selection selection) {
    if (selection.recordedAt().isAfter(source.at())) {
      rows.issue(Issue.Kind.LATE_SELECTION, source, asset, quantity, Amount.Known.ZERO);
      return List.of();
    }
    return selection.picks();
  }

  /** The named lot if it is here; one that is not, or holds less than asked, is reported. */
  private @Nullable Lot picked(Selection.Pick pick, BigDecimal named, Source source, String asset) {
    Lot lot = named(pick.lot());
    if (lot == null || lot.units.compareTo(named) < 0) {
      Amount none = Amount.Known.ZERO;
      rows.issue(Issue.Kind.INVALID_SELECTION, source, asset, pick.quantity(), none);
    }
    return lot;
  }

  @Override
  public List<Lot> withdraw(Source source, String asset, BigDecimal units, Selection selection) {
    List<Lot> taken = new ArrayList<>();
    BigDecimal rest = units;
    if (selection.present()) {
      for (Selection.Pick pick : inTime(source, asset, units, selection)) {
        Lot lot = picked(pick, pick.quantity(), source, asset);
        if (lot != null) {
          rest = withdraw(lot, pick.quantity().min(rest), rest, taken);
        }
      }
    }
    while (rest.signum() > 0) {
      Lot lot = order.next(source.at());
      if (lot == null) {
        break;
      }
      rest = withdraw(lot, rest, rest, taken);
    }
    return taken;
  }

  private static BigDecimal withdraw(Lot lot, BigDecimal want, BigDecimal rest, List<Lot> taken) {
    BigDecimal part = lot.units.min(want);
    if (part.signum() > 0) {
      taken.add(lot.take(part));
    }
    return rest.subtract(part);
  }

  @Override
  public void resize(BigDecimal factor) {
    order.resize(factor);
    if (fourWeeks != null) {
      fourWeeks.resize(factor);
    }
  }

  @Override
  public List<Lot> open() {
    return order.open();
  }
}
