package io.tallystick.ledger;

import io.tallystick.kernel.Decimals;
import io.tallystick.ledger.Claim.Held;
import io.tallystick.ledger.Claim.OrderRow;
import io.tallystick.ledger.Coarse.Atom;
import io.tallystick.ledger.Trading.Guess;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Orders against their fills: N fills are one order row, found by its id or by their exact sums.
 */
final class OrderBook {
  private final Merge merge;
  private final Map<List<Object>, List<Fine>> byRef = new HashMap<>();
  private final Map<List<Object>, NavigableMap<Instant, List<Fine>>> byMarket = new HashMap<>();
  private final NavigableMap<Instant, List<Guess>> byTime = new TreeMap<>();
  private final List<Atom> left;
  private final List<Guess> guesses;
  private final Set<UUID> spent = new HashSet<>();
  private final Set<Guess> told = new HashSet<>();

  /**
   * Orders beside whatever tells of their fills.
   *
   * @param left legs that nobody could put together
   */
  OrderBook(Merge merge, List<Fine> fills, List<Guess> guesses, List<Atom> left) {
    this.merge = merge;
    for (Fine fill : fills) {
      Entry.Terms terms = fill.terms();
      if (terms != null && terms.orderRef() != null) {
        byRef
            .computeIfAbsent(List.of(terms.market(), terms.orderRef()), _ -> new ArrayList<>())
            .add(fill);
      }
      // An order that lost its number, or never had one, is found by its sums.
      if (terms != null) {
        byMarket
            .computeIfAbsent(List.of(terms.market(), terms.side()), _ -> new TreeMap<>())
            .computeIfAbsent(Trading.second(fill.at()), _ -> new ArrayList<>())
            .add(fill);
      }
    }
    this.left = List.copyOf(left);
    this.guesses = List.copyOf(guesses);
    guesses.forEach(guess -> byTime.computeIfAbsent(guess.at(), _ -> new ArrayList<>()).add(guess));
  }

  /** An order with what of it no fill is known for yet. */
  private record Open(Held held, OrderRow row, int ordinal, BigDecimal quantity, BigDecimal total) {
    Open without(List<Fine> found) {
      BigDecimal done = sum(found, true);
      return new Open(
          held, row, ordinal, quantity.subtract(done), total.subtract(sum(found, false)));
    }

    /** What of a line of time lies within the order's life. */
    <T> List<T> during(NavigableMap<Instant, List<T>> line) {
      return line
          .subMap(Trading.second(row.from()), true, row.to().plus(Trading.TOUCHING), true)
          .values()
          .stream()
          .flatMap(List::stream)
          .toList();
    }

    String side() {
      return row.buy() ? "buy" : "sell";
    }
  }

  /** Takes all orders; returns the trades of legs that orders tell. */
  Set<Guess> take(List<Held> orders) {
    List<Open> open = new ArrayList<>();
    for (Held held : OrderStates.latest(merge, orders)) {
      OrderRow row = OrderStates.row(held);
      for (int i = 0; i < held.count(); i++) {
        Open whole = new Open(held, row, i, row.quantity(), row.total());
        Open rest = whole.without(byId(row, held));
        if (rest.quantity().signum() > 0) {
          open.add(rest);
        }
      }
    }
    open.sort(
        Comparator.comparing((Open o) -> Duration.between(o.row().from(), o.row().to()))
            .thenComparing(o -> o.row().from())
            .thenComparing(o -> o.held().key())
            .thenComparingInt(Open::ordinal));
    byFills(open);
    byLegs(open);
    open.forEach(order -> book(order, List.of()));
    return told;
  }

  private List<Fine> byId(OrderRow row, Held held) {
    List<Fine> found =
        row.orderRef() == null
            ? List.of()
            : byRef.getOrDefault(List.of(row.market(), row.orderRef()), List.of());
    spend(held, found);
    return found;
  }

  private void spend(Held held, List<Fine> found) {
    for (Fine fill : found) {
      spent.add(fill.id());
      merge.cover(held.key(), fill.id());
    }
  }

  // Short orders first; each one found makes the others' sums plainer.
  private void byFills(List<Open> open) {
    boolean more = true;
    while (more) {
      more = false;
      for (Open order : List.copyOf(open)) {
        List<Fine> found = Part.exact(order.quantity(), order.total(), fillsOf(order));
        if (!found.isEmpty()) {
          spend(order.held(), found);
          open.remove(order);
          more = true;
        }
      }
    }
    // Fills of its time that add up to something else: they are finer, so the order gives way.
    for (Open order : List.copyOf(open)) {
      if (!fillsOf(order).isEmpty()) {
        merge.dispute(order.held().key());
        open.remove(order);
      }
    }
  }

  private List<Part<Fine>> fillsOf(Open order) {
    List<Part<Fine>> parts = new ArrayList<>();
    NavigableMap<Instant, List<Fine>> line =
        byMarket.getOrDefault(List.of(order.row().market(), order.side()), new TreeMap<>());
    for (Fine fill : order.during(line)) {
      Entry.Terms terms = fill.terms();
      if (terms != null && !spent.contains(fill.id()) && fill.mayBeOf(order.row())) {
        parts.add(new Part<>(fill, terms.quantity(), terms.quoteQuantity()));
      }
    }
    parts.sort(
        Comparator.comparing((Part<Fine> part) -> part.what().at())
            .thenComparing(part -> part.what().id()));
    return parts;
  }

  private void byLegs(List<Open> open) {
    boolean more = true;
    while (more) {
      more = false;
      for (Open order : List.copyOf(open)) {
        List<Guess> found = Part.exact(order.quantity(), order.total(), legsOf(order));
        if (!found.isEmpty()) {
          told.addAll(found);
          book(order, found.stream().flatMap(guess -> guess.atoms().stream()).toList());
          open.remove(order);
          more = true;
        }
      }
    }
    fit(open);
  }

  // The statement holds all that moved: an order whose legs it may have is not booked beside it.
  private void fit(List<Open> open) {
    NavigableMap<Instant, List<Atom>> loose = new TreeMap<>();
    Stream.concat(
            left.stream(),
            guesses.stream().filter(guess -> !told.contains(guess)).flatMap(Guess::legs))
        .filter(atom -> atom.leg().role() == Claim.Role.TRADE)
        .forEach(atom -> loose.computeIfAbsent(atom.leg().at(), _ -> new ArrayList<>()).add(atom));
    for (Open order : List.copyOf(open)) {
      OrderRow row = order.row();
      List<Atom> base = legs(order.during(loose), row, row.base(), row.buy());
      List<Atom> quote = legs(order.during(loose), row, row.quote(), !row.buy());
      boolean among = !base.isEmpty() && !quote.isEmpty();
      // Whose legs lie within a minute are his; of a longer time a person had better look.
      boolean brief = !row.from().plus(Pairing.TOGETHER).isBefore(row.to());
      if (brief && among && holds(base, order.quantity()) && holds(quote, order.total())) {
        base.forEach(atom -> merge.repeat(order.held().key(), atom.held().key()));
        open.remove(order);
      } else if (among || !legsOf(order).isEmpty()) {
        merge.dispute(order.held().key());
        open.remove(order);
      }
    }
  }

  private static List<Atom> legs(List<Atom> atoms, OrderRow row, String asset, boolean in) {
    return atoms.stream()
        .filter(atom -> atom.leg().wallet().equals(row.wallet()))
        .filter(atom -> atom.leg().asset().equals(asset) && atom.change().signum() > 0 == in)
        .toList();
  }

  private static boolean holds(List<Atom> legs, BigDecimal amount) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Atom leg : legs) {
      sum = sum.add(leg.change().abs());
    }
    return sum.compareTo(amount) >= 0;
  }

  private List<Part<Guess>> legsOf(Open order) {
    List<Part<Guess>> parts = new ArrayList<>();
    int sign = order.row().buy() ? 1 : -1;
    for (Guess guess : order.during(byTime)) {
      BigDecimal base = guess.net(order.row().base());
      BigDecimal quote = guess.net(order.row().quote());
      if (base.signum() == sign
          && quote.signum() == -sign
          && guess.isIn(order.row().wallet())
          && !told.contains(guess)) {
        parts.add(new Part<>(guess, base.abs(), quote.abs()));
      }
    }
    parts.sort(Comparator.comparing((Part<Guess> part) -> part.what().at()));
    return parts;
  }

  // An order's row tells no fee. Where legs were found for it, theirs are the fees.
  private void book(Open order, List<Atom> legs) {
    OrderRow row = order.row();
    Account wallet = Account.wallet(row.wallet());
    List<Posting> postings = new ArrayList<>();
    if (legs.isEmpty()) {
      String given = row.buy() ? row.quote() : row.base();
      BigDecimal out = row.buy() ? order.total() : order.quantity();
      if (out.signum() > 0) {
        postings.add(new Posting(wallet, Account.TRADING, given, out));
      }
      String received = row.buy() ? row.base() : row.quote();
      BigDecimal in = row.buy() ? order.quantity() : order.total();
      if (in.signum() > 0) {
        postings.add(new Posting(Account.TRADING, wallet, received, in));
      }
    } else {
      postings.addAll(Coarse.traded(legs));
    }
    Map<String, String> details = new HashMap<>();
    details.put("market", row.market());
    details.put("side", row.buy() ? "buy" : "sell");
    details.put("quantity", Decimals.text(order.quantity()));
    details.put("total", Decimals.text(order.total()));
    details.put("fee", legs.isEmpty() ? "unknown" : "booked");
    if (row.orderRef() != null) {
      details.put("order_ref", row.orderRef());
    }
    List<Held> claims = new ArrayList<>(List.of(order.held()));
    legs.forEach(atom -> claims.add(atom.held()));
    Instant at = legs.isEmpty() ? row.to() : new Guess(legs).at();
    merge.book(
        new Coarse(
            EntryKind.CONVERSION,
            at,
            row.to(),
            List.of(order.held().key()),
            claims,
            postings,
            details));
  }

  private static BigDecimal sum(List<Fine> fills, boolean base) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Fine fill : fills) {
      Entry.Terms terms = fill.terms();
      if (terms != null) {
        sum = sum.add(base ? terms.quantity() : terms.quoteQuantity());
      }
    }
    return sum;
  }
}
