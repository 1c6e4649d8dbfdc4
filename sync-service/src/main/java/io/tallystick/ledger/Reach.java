package io.tallystick.ledger;

import io.tallystick.ledger.Claim.Held;
import io.tallystick.ledger.Claim.Leg;
import io.tallystick.ledger.Claim.OrderRow;
import io.tallystick.ledger.Claim.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far a change reaches: claims and finer entries that could ever be compared with one another
 * are one group, and groups do not know of each other. So a change is merged anew in its own groups
 * only, and comes out as if everything had been.
 */
final class Reach {
  private static final String EVENT = "event";
  private static final String TRADES = "trades";
  private static final String FAMILY = "family";
  private static final String ACROSS = "across";

  private static final Map<Object, Duration> GAPS =
      Map.of(
          TRADES,
          Trading.TOUCHING,
          FAMILY,
          Pairing.TOGETHER,
          ACROSS,
          Pairing.TOGETHER,
          Pages.LINE,
          Pages.REACH,
          AnyRole.LINE,
          AnyRole.NEAR,
          Late.CONFIRMED,
          Late.LONGEST);

  private static final String ORDER = "order";
  private static final Set<Object> ALWAYS = Set.of(ORDER, EVENT, Late.DAY);

  private final List<Node> nodes = new ArrayList<>();
  private final Map<List<Object>, List<Node>> lines = new HashMap<>();

  /** A period. */
  record Period(Instant from, Instant to) {}

  /**
   * What a change reaches.
   *
   * @param wider the period that must be looked at to know; null when this was enough
   */
  record Found(List<Held> claims, List<Fine> finer, @Nullable Period wider) {}

  private Reach() {}

  /**
   * The groups that a change within a period reaches.
   *
   * @param seen the period that claims and finer entries were read of
   */
  static Found of(Period change, Period seen, List<Held> claims, List<Fine> finer) {
    Reach reach = new Reach();
    claims.forEach(reach::add);
    finer.forEach(reach::add);
    reach.connect();
    return reach.found(change, seen);
  }

  private void add(Held held) {
    Node node = new Node(held.claim().from(), held.claim().to(), held, null);
    nodes.add(node);
    if (held.event() != null) {
      on(node, List.of(EVENT, held.event()));
    }
    switch (held.claim()) {
      case Leg leg -> {
        node.reach(Late.reach(leg));
        if (leg.page() != null) {
          ofPage(node);
        }
        put(node, leg.role(), leg.wallet(), leg.asset(), leg.change());
        open(node, leg);
        on(node, Pages.line(leg.role(), leg.asset(), leg.change()));
        if (Pages.isLent(leg)) {
          on(node, Pages.lent(leg));
        }
        if (leg.role() == Role.MOVE || leg.role() == Role.SWAP) {
          on(node, Pairing.moved(leg.asset(), leg.change()));
        }
        if (leg.role() == Role.SWAP) {
          on(node, Pairing.sums(leg.role(), leg.wallet(), leg.asset(), leg.change()));
          on(node, List.of(FAMILY, leg.family()));
        }
        if (leg.role() == Role.TRANSFER) {
          on(node, List.of(ACROSS, leg.asset(), leg.change().abs().stripTrailingZeros()));
          on(node, List.of(FAMILY, leg.family(), leg.asset()));
        }
      }
      case Act act -> {
        ofPage(node);
        for (Leg leg : act.legs()) {
          on(node, Pages.line(leg.role(), leg.asset(), leg.change()));
          if (act.tie() == Act.Tie.RESULT) {
            put(node, leg.role(), leg.wallet(), leg.asset(), leg.change());
            open(node, leg);
          }
        }
      }
      case OrderRow row -> {
        node.reach(Trading.TOUCHING);
        if (row.orderRef() != null) {
          on(node, List.of(ORDER, row.market(), row.orderRef()));
        }
        on(node, List.of("orders"));
      }
    }
  }

  private void open(Node node, Leg leg) {
    if (AnyRole.isOpen(leg)) {
      on(node, AnyRole.line(leg.wallet(), leg.asset(), leg.change()));
    }
    if (AnyRole.isWordless(leg)) {
      node.reach(AnyRole.NEAR);
      on(node, List.of(TRADES));
    }
    if (Late.isDaily(leg)) {
      node.far(Late.LONGEST);
      on(node, Late.day(leg.asset(), leg.change(), leg.at()));
    }
    if (Late.isDeposit(leg)) {
      node.far(Late.LONGEST);
      on(node, Late.deposit(leg.asset(), leg.change()));
    }
    if (!Late.reach(leg).equals(leg.role().reach())) {
      on(node, Late.bought(Late.reach(leg), leg.wallet(), leg.asset(), leg.change()));
    }
  }

  private static void ofPage(Node node) {
    node.page = true;
    node.reach(Pages.REACH);
  }

  private void add(Fine fine) {
    Instant second = Trading.second(fine.at());
    Node node = new Node(second, second, null, fine);
    nodes.add(node);
    on(node, List.of(EVENT, fine.id()));
    for (Fine.Effect effect : fine.effects()) {
      node.reach(effect.role().reach());
      put(node, effect.role(), effect.wallet(), effect.asset(), effect.amount());
      if (!effect.role().ofTrades()) {
        on(node, AnyRole.line(effect.wallet(), effect.asset(), effect.amount()));
      }
      if (fine.anyWallet() && (effect.role() == Role.MOVE || effect.role() == Role.SWAP)) {
        on(node, Pairing.moved(effect.asset(), effect.amount()));
      }
      if (effect.role() == Role.INCOME && fine.kind() == EntryKind.INCOME) {
        node.far(Late.LONGEST);
        on(node, Pages.line(Role.INCOME, effect.asset(), effect.amount()));
        on(node, Late.day(effect.asset(), effect.amount(), fine.at()));
      }
      if (effect.role() == Role.MOVE && fine.kind() == EntryKind.DEPOSIT) {
        node.far(Late.LONGEST);
        on(node, Late.deposit(effect.asset(), effect.amount()));
      }
      if (effect.role() == Role.SWAP) {
        Late.bought(effect.wallet(), effect.asset(), effect.amount())
            .forEach(line -> on(node, line));
        on(node, Pages.line(Role.SWAP, effect.asset(), effect.amount()));
        on(node, Pairing.sums(Role.SWAP, effect.wallet(), effect.asset(), effect.amount()));
      }
    }
  }

  private void put(Node node, Role role, String wallet, String asset, java.math.BigDecimal amount) {
    if (role.ofTrades()) {
      on(node, List.of(TRADES));
    } else {
      on(node, new ArrayList<>(Pairing.line(role, wallet, asset, amount)));
    }
  }

  private void on(Node node, List<Object> line) {
    lines.computeIfAbsent(line, _ -> new ArrayList<>()).add(node);
  }

  private void connect() {
    List<Node> trades = lines.getOrDefault(List.<Object>of(TRADES), new ArrayList<>());
    trades.sort(Comparator.comparing(node -> node.from));
    lines.forEach((line, along) -> {
      // Lines of pages bind what has no page to nothing.
      boolean bound = !isOfPages(line) || along.stream().anyMatch(node -> node.page);
      if (bound && !line.equals(List.of("orders"))) {
        chain(line, along);
      }
    });
    for (Node order : lines.getOrDefault(List.<Object>of("orders"), List.of())) {
      if (order.held != null && order.held.claim() instanceof OrderRow row) {
        for (int i = firstFrom(trades, Trading.second(row.from())); i < trades.size(); i++) {
          Node node = trades.get(i);
          if (node.from.isAfter(row.to().plus(Trading.TOUCHING))) {
            break;
          }
          if (meets(row, node)) {
            order.join(node);
          }
        }
      }
    }
  }

  private static boolean isOfPages(List<Object> line) {
    return line.getFirst().equals(Pages.LINE);
  }

  private static void chain(List<Object> line, List<Node> along) {
    along.sort(Comparator.comparing(node -> node.from));
    boolean always = ALWAYS.contains(line.getFirst());
    Duration gap = gap(line);
    Node last = null;
    for (Node node : along) {
      if (last != null) {
        if (always || !last.to.plus(gap).plus(Node.SLACK).isBefore(node.from)) {
          node.join(last);
        }
      }
      last = node;
    }
  }

  /** How far two on a line may be apart and be compared, or put together. */
  private static Duration gap(List<Object> line) {
    if (line.getFirst() instanceof Role role) {
      return role.reach();
    }
    return line.getFirst().equals(Late.BOUGHT)
        ? (Duration) line.get(1)
        : GAPS.getOrDefault(line.getFirst(), Role.MOVE.reach());
  }

  /** Where, in order of time, those begin that are no earlier than this. */
  private static int firstFrom(List<Node> sorted, Instant from) {
    int low = 0;
    int high = sorted.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted.get(middle).from.isBefore(from)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static boolean meets(OrderRow row, Node node) {
    if (node.fine != null) {
      Entry.Terms terms = node.fine.terms();
      return terms != null && terms.market().equals(row.market());
    }
    return node.held != null
        && node.held.claim() instanceof Leg leg
        && (leg.asset().equals(row.base()) || leg.asset().equals(row.quote()));
  }

  private Found found(Period change, Period seen) {
    Set<Node> touched = new HashSet<>();
    for (Node node : nodes) {
      if (node.meets(change.from(), change.to())) {
        touched.add(node.root());
      }
    }
    List<Held> claims = new ArrayList<>();
    List<Fine> finer = new ArrayList<>();
    Instant from = seen.from();
    Instant to = seen.to();
    for (Node node : nodes) {
      if (touched.contains(node.root())) {
        from = node.first().isBefore(from) ? node.first() : from;
        to = node.last().isAfter(to) ? node.last() : to;
        if (node.held != null) {
          claims.add(node.held);
        }
        if (node.fine != null) {
          finer.add(node.fine);
        }
      }
    }
    boolean whole = from.equals(seen.from()) && to.equals(seen.to());
    return new Found(claims, finer, whole ? null : new Period(from, to));
  }
}
