package io.tallystick.ledger;

import io.tallystick.ledger.Act.Change;
import io.tallystick.ledger.Claim.Leg;
import io.tallystick.ledger.Claim.Page;
import io.tallystick.ledger.Claim.Role;
import io.tallystick.ledger.Coarse.Atom;
import io.tallystick.ledger.Merge.Told;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What pages of single products tell beside the statement, in the same amounts. The statement knows
 * the wallet of every change, so it stands for what a page tells too; what no line of it tells is
 * held against the finer records as lines are.
 */
final class Pages {
  /** No page is farther than this from what it repeats, but for interest of the same day. */
  static final Duration REACH = Role.INCOME.reach();

  /** What lines of pages begin with. */
  static final String LINE = "page";

  // Plans buy some time after they were due; money that is lent or charged moves at once.
  private static final Duration SWAPPED = Duration.ofHours(1);
  private static final Duration AT_ONCE = Duration.ofMinutes(2);

  private final Merge merge;

  Pages(Merge merge) {
    this.merge = merge;
  }

  /** What a page and whatever tells the same have in common, in whichever wallet. */
  static List<Object> line(Role role, String asset, BigDecimal amount) {
    return List.of(LINE, role, asset, amount.stripTrailingZeros());
  }

  private static Duration reach(Role role) {
    return switch (role) {
      case INCOME -> REACH;
      case SWAP, MOVE -> SWAPPED;
      case TRADE, FEE, TRANSFER, OTHER -> AT_ONCE;
    };
  }

  /** Takes away what lines of the statement, or of a page that goes before, tell as well. */
  void fold(Map<Role, List<Atom>> atoms) {
    atoms
        .values()
        .forEach(all -> {
          Map<String, List<Atom>> pages = new TreeMap<>();
          List<Atom> lines = new ArrayList<>();
          for (Atom atom : all) {
            Page page = atom.leg().page();
            (page == null ? lines : pages.computeIfAbsent(page.name(), _ -> new ArrayList<>()))
                .add(atom);
          }
          for (List<Atom> page : pages.values()) {
            lines.addAll(untold(page, lines));
          }
          if (!pages.isEmpty()) {
            all.clear();
            all.addAll(lines);
          }
        });
  }

  /** Those of a page that none of these lines tells. Each line tells one of them. */
  List<Atom> untold(List<Atom> page, List<Atom> lines) {
    Set<Atom> spent = new HashSet<>();
    List<Atom> left = pass(page, lines, spent, atom -> List.of(key(atom), atom.leg().wallet()));
    left = pass(left, lines, spent, atom -> List.of(key(atom), near(atom.leg().wallet())));
    left = pass(left, lines, spent, atom -> isLent(atom.leg()) ? lent(atom.leg()) : List.of(atom));
    return pass(left, lines, spent, Pages::daily, _ -> Late.LONGEST);
  }

  /**
   * What two tellings of one loan or repayment have in common: the statement's amount holds the
   * interest that was due, and a page may not.
   */
  static List<Object> lent(Leg leg) {
    return List.of(LINE, "lent", leg.asset(), near(leg.wallet()), leg.change().signum());
  }

  static boolean isLent(Leg leg) {
    return leg.role() == Role.OTHER && leg.contra().equals(Account.LOANS.path());
  }

  private static List<Object> key(Atom atom) {
    return line(atom.leg().role(), atom.leg().asset(), atom.change());
  }

  private static List<Object> daily(Atom atom) {
    Leg leg = atom.leg();
    return Late.isDaily(leg)
        ? List.of(near(leg.wallet()), Late.day(leg.asset(), leg.change(), leg.at()))
        : List.of(atom);
  }

  // No page names its wallet: one of futures or of margin is inferred, and so is spot.
  static String near(String wallet) {
    int dash = wallet.indexOf('-');
    String group = dash < 0 ? wallet : wallet.substring(0, dash);
    boolean lent = group.equals("margin") || group.equals(Leg.LOANS);
    return lent ? "margin" : group.equals("futures") ? group : "cash";
  }

  private List<Atom> pass(
      List<Atom> page, List<Atom> lines, Set<Atom> spent, Function<Atom, List<Object>> key) {
    return pass(page, lines, spent, key, Pages::reach);
  }

  private List<Atom> pass(
      List<Atom> page,
      List<Atom> lines,
      Set<Atom> spent,
      Function<Atom, List<Object>> key,
      Function<Role, Duration> far) {
    if (page.isEmpty()) {
      return page;
    }
    Map<List<Object>, List<Atom>> along = new HashMap<>();
    for (Atom line : lines) {
      if (!spent.contains(line)) {
        along.computeIfAbsent(key.apply(line), _ -> new ArrayList<>()).add(line);
      }
    }
    return pairs(
        page,
        along,
        key,
        far,
        atom -> atom.leg().at(),
        Atom.BY_TIME,
        (atom, line) -> {
          spent.add(line);
          merge.repeat(atom.seed(), line.seed());
        });
  }

  /** Books the swaps that none of the effects tells which are still free. */
  void swaps(List<Atom> acts, List<Told> told, Pairing pairing) {
    Map<List<Object>, List<Told>> along = new HashMap<>();
    for (Told one : pairing.left(told)) {
      Fine.Effect effect = one.effect();
      along
          .computeIfAbsent(
              line(effect.role(), effect.asset(), effect.amount()), _ -> new ArrayList<>())
          .add(one);
    }
    pairs(
            acts,
            along,
            Pages::key,
            Pages::reach,
            one -> Trading.second(one.fine().at()),
            Comparator.comparing((Told one) -> one.fine().at())
                .thenComparing(one -> one.fine().id()),
            (atom, one) -> {
              merge.cover(atom.held().key(), one.fine().id());
              pairing.spend(one);
            })
        .forEach(this::swap);
  }

  /** What finds its like. */
  private interface Found<T> {
    void is(Atom atom, T like);
  }

  /** Both sides in order of time, so that there are as many pairs as can be; returns the rest. */
  private static <T> List<Atom> pairs(
      List<Atom> atoms,
      Map<List<Object>, List<T>> along,
      Function<Atom, List<Object>> key,
      Function<Role, Duration> far,
      Function<T, Instant> at,
      Comparator<T> order,
      Found<T> found) {
    along.values().forEach(line -> line.sort(order));
    Map<List<Object>, Integer> places = new HashMap<>();
    List<Atom> left = new ArrayList<>();
    for (Atom atom : atoms.stream().sorted(Atom.BY_TIME).toList()) {
      List<Object> wanted = key.apply(atom);
      List<T> line = along.getOrDefault(wanted, List.of());
      Duration reach = far.apply(atom.leg().role());
      int next = places.getOrDefault(wanted, 0);
      while (next < line.size()
          && at.apply(line.get(next)).isBefore(atom.leg().at().minus(reach))) {
        next++;
      }
      if (next < line.size() && !at.apply(line.get(next)).isAfter(atom.leg().at().plus(reach))) {
        found.is(atom, line.get(next++));
      } else {
        left.add(atom);
      }
      places.put(wanted, next);
    }
    return left;
  }

  private void swap(Atom atom) {
    if (!(atom.held().claim() instanceof Act act)) {
      throw new IllegalArgumentException("only an act is a swap by itself");
    }
    Account wallet = Account.wallet(act.wallet());
    List<Posting> postings = new ArrayList<>();
    for (Change change : List.of(act.first(), act.second())) {
      if (change.amount().signum() < 0) {
        postings.add(
            new Posting(wallet, Account.TRADING, change.asset(), change.amount().negate()));
      } else if (change.amount().signum() > 0) {
        postings.add(new Posting(Account.TRADING, wallet, change.asset(), change.amount()));
      }
    }
    merge.book(Coarse.of(EntryKind.CONVERSION, List.of(atom), postings));
  }
}
