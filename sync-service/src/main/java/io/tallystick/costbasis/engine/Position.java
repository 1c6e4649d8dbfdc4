package io.tallystick.costbasis.engine;

import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Amount.Cause;
import io.tallystick.costbasis.Event;
import io.tallystick.costbasis.Issue;
import io.tallystick.costbasis.Line;
import io.tallystick.costbasis.OpenLot;
import io.tallystick.costbasis.Precision;
import io.tallystick.costbasis.Ratio;
import io.tallystick.costbasis.Scope;
import io.tallystick.costbasis.Selection;
import io.tallystick.costbasis.Settings;
import io.tallystick.costbasis.Source;
import io.tallystick.costbasis.engine.Book.Stock;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything of one asset: one book, or one a wallet. Its books count in units of 1/{@link #scale}
 * of today's unit, so that a split by a ratio that no decimal can express stays exact.
 */
final class Position {

  private static final String EVERYWHERE = "";

  private final String asset;
  private final Settings settings;
  private final Rows rows;
  private final TreeMap<String, Book> books = new TreeMap<>();
  private BigDecimal scale = BigDecimal.ONE;

  /** Present while the basis is universal and will be allocated to wallets. */
  private @Nullable Allocation allocation;

  private boolean perWallet;

  Position(String asset, Settings settings, Rows rows) {
    this.asset = asset;
    this.settings = settings;
    this.rows = rows;
    switch (settings.scope()) {
      case Scope.Universal _ -> perWallet = false;
      case Scope.PerWallet _ -> perWallet = true;
      case Scope.WalletsFrom(LocalDate day) ->
          allocation = new Allocation(day.atStartOfDay(settings.calendar().zone()).toInstant());
    }
  }

  static Position read(String asset, byte[] bytes, Settings settings, Rows rows) {
    Position position = new Position(asset, settings, rows);
    StateReader in = new StateReader(bytes);
    position.scale = in.decimal();
    position.perWallet = in.flag();
    if (in.flag() && position.allocation != null) {
      position.allocation.read(in);
    } else {
      position.allocation = null;
    }
    int count = in.count();
    for (int i = 0; i < count; i++) {
      position.books.put(in.text(), Book.read(in, settings, rows));
    }
    return position;
  }

  byte[] write() {
    StateWriter out = new StateWriter();
    out.decimal(scale);
    out.flag(perWallet);
    out.flag(allocation != null);
    if (allocation != null) {
      allocation.write(out);
    }
    out.count(books.size());
    books.forEach((wallet, book) -> {
      out.text(wallet);
      book.write(out);
    });
    return out.bytes();
  }

  private Book book(String wallet) {
    String key = perWallet ? wallet : EVERYWHERE;
    Book book = books.get(key);
    if (book == null) {
      book = Book.fresh(settings, rows);
      books.put(key, book);
    }
    return book;
  }

  private Stock stock(String wallet) {
    if (book(wallet) instanceof Stock stock) {
      return stock;
    }
    throw new IllegalStateException(settings.method() + " carries no units");
  }

  private BigDecimal units(BigDecimal quantity) {
    return scale.compareTo(BigDecimal.ONE) == 0 ? quantity : quantity.multiply(scale);
  }

  private BigDecimal quantity(BigDecimal units) {
    return scale.compareTo(BigDecimal.ONE) == 0 ? units : Precision.quotient(units, scale);
  }

  void acquire(Op.Acquire op) {
    reach(op.source().at());
    BigDecimal units = units(op.quantity());
    if (allocation != null) {
      allocation.hold(op.source().wallet(), units);
    }
    rows.say(new Line.Opened(op.source(), asset, op.quantity(), op.kind(), op.cost()));
    if (!op.cost().known()) {
      rows.issue(Issue.Kind.UNKNOWN_COST, op.source(), asset, op.quantity(), op.cost());
    }
    book(op.source().wallet()).acquire(op, units);
  }

  void dispose(Op.Dispose op) {
    reach(op.source().at());
    BigDecimal units = units(op.quantity());
    if (allocation != null) {
      allocation.hold(op.source().wallet(), units.negate());
    }
    book(op.source().wallet()).dispose(op, units);
  }

  void move(Op.Move op) {
    reach(op.source().at());
    BigDecimal units = units(op.quantity());
    String from = op.source().wallet();
    if (allocation != null) {
      allocation.hold(from, units.negate());
      allocation.hold(op.to(), units);
    }
    List<OpenLot> moved = new ArrayList<>();
    if (perWallet && !from.equals(op.to())) {
      Stock to = stock(op.to());
      for (Lot lot : withdraw(op.source(), units, op.selection().scaled(scale))) {
        moved.add(show(op.to(), lot));
        to.deposit(lot);
      }
    }
    rows.say(new Line.Moved(op.source(), op.to(), asset, op.quantity(), moved));
  }

  /** Takes units out of a wallet; what it is not known to hold comes as a lot of unknown cost. */
  private List<Lot> withdraw(Source source, BigDecimal units, Selection selection) {
    List<Lot> lots =
        new ArrayList<>(stock(source.wallet()).withdraw(source, asset, units, selection));
    BigDecimal rest = units;
    for (Lot lot : lots) {
      rest = rest.subtract(lot.units);
    }
    if (rest.signum() > 0) {
      Amount unknown = Amount.unknown(Cause.EXCESS_TRANSFER, source.entry());
      lots.add(new Lot(source.entry(), OpenLot.UNDATED, rest, unknown));
      rows.issue(Issue.Kind.EXCESS_TRANSFER, source, asset, quantity(rest), unknown);
    }
    return lots;
  }

  /** Some units become another asset's. */
  void carry(Op.Carry op, Position to) {
    reach(op.source().at());
    to.reach(op.source().at());
    String wallet = op.source().wallet();
    BigDecimal units = units(op.quantity());
    BigDecimal received = to.units(op.received());
    if (allocation != null) {
      allocation.hold(wallet, units.negate());
    }
    if (to.allocation != null) {
      to.allocation.hold(wallet, received);
    }
    Amount cost = Amount.Known.ZERO;
    BigDecimal unitsLeft = units;
    BigDecimal receivedLeft = received;
    for (Lot lot : withdraw(op.source(), units, Selection.NONE)) {
      unitsLeft = unitsLeft.subtract(lot.units);
      BigDecimal part =
          unitsLeft.signum() == 0 ? receivedLeft : Precision.share(received, lot.units, units);
      receivedLeft = receivedLeft.subtract(part);
      cost = cost.plus(lot.cost);
      to.stock(wallet).deposit(lot.as(part));
    }
    rows.say(new Line.Converted(op.source(), asset, op.quantity(), op.to(), op.received(), cost));
  }

  /** All units become ratio units. */
  void resize(Ratio ratio) {
    BigDecimal fresh = new BigDecimal(ratio.fresh());
    BigDecimal old = new BigDecimal(ratio.old());
    if (ratio.decimal()) {
      multiply(fresh.divide(old));
    } else {
      multiply(fresh);
      scale = scale.multiply(old);
    }
  }

  private void multiply(BigDecimal factor) {
    books.values().forEach(book -> book.resize(factor));
    if (allocation != null) {
      allocation.resize(factor);
    }
  }

  /** All units, their past included, become this asset's; the other position is empty after. */
  void absorb(Position that, Source source) {
    reach(source.at());
    that.reach(source.at());
    if (scale.compareTo(that.scale) != 0) {
      BigDecimal ours = scale;
      multiply(that.scale);
      that.multiply(ours);
      scale = ours.multiply(that.scale);
    }
    Amount cost = Amount.Known.ZERO;
    BigDecimal units = BigDecimal.ZERO;
    for (Map.Entry<String, Book> other : that.books.entrySet()) {
      for (Lot lot : other.getValue().open()) {
        cost = cost.plus(lot.cost);
        units = units.add(lot.units);
      }
      Book mine = books.putIfAbsent(other.getKey(), other.getValue());
      if (mine != null) {
        if (mine instanceof SuperficialBook a
            && other.getValue() instanceof SuperficialBook b
            && (a.waits() || b.waits())) {
          rows.issue(
              Issue.Kind.RENAMED_IN_WINDOW, source, asset, quantity(units), Amount.Known.ZERO);
        }
        mine.absorb(other.getValue());
      }
    }
    if (allocation != null && that.allocation != null) {
      allocation.absorb(that.allocation);
    }
    if (!settings.method().looksAhead()) {
      BigDecimal all = quantity(units);
      rows.say(new Line.Converted(source, that.asset, all, asset, all, cost));
    }
    that.books.clear();
    that.scale = BigDecimal.ONE;
  }

  void plan(List<Event.Allocated.Share> shares) {
    if (allocation != null) {
      allocation.plan(shares);
    }
  }

  /** Allocates the basis to wallets when the scope's day has come. */
  void reach(Instant at) {
    Allocation due = allocation;
    if (due == null || at.isBefore(due.at)) {
      return;
    }
    allocation = null;
    perWallet = true;
    Book all = books.remove(EVERYWHERE);
    if (all instanceof Stock stock) {
      due.allocate(stock, asset, this::stock, this::units, rows);
    }
  }

  void advance(LocalDate today) {
    books.values().forEach(book -> book.advance(today));
  }

  void close() {
    books.values().forEach(Book::close);
  }

  private OpenLot show(String wallet, Lot lot) {
    return new OpenLot(lot.id, asset, wallet, lot.acquired, quantity(lot.units), lot.cost);
  }

  List<OpenLot> open() {
    List<OpenLot> open = new ArrayList<>();
    books.forEach((wallet, book) ->
        book.open().stream().sorted(Lot.BY_AGE).forEach(lot -> open.add(show(wallet, lot))));
    return open;
  }
}
