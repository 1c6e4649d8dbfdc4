package io.tallystick.ledger;

import io.tallystick.ledger.Claim.Role;
import io.tallystick.ledger.Coarse.Atom;
import io.tallystick.ledger.Merge.Told;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Legs of swaps that tell only together what finer records tell: small balances are turned into one
 * asset coin by coin here and at once there.
 */
final class Sums {
  private final Merge merge;
  private final Set<Told> spent;
  private final Duration reach;

  /**
   * Compares by sums.
   *
   * @param spent effects that tell other legs already; those that are found are added
   * @param reach how far both sides may be apart
   */
  Sums(Merge merge, Set<Told> spent, Duration reach) {
    this.merge = merge;
    this.spent = spent;
    this.reach = reach;
  }

  /** Something on the line of time. */
  private record Moment(Instant at, List<Atom> atom, List<Told> told) {}

  /** The legs that no effects tell by their sum either. */
  List<Atom> uncovered(List<Atom> atoms, List<Told> told) {
    Map<List<Object>, List<Moment>> lines = new HashMap<>();
    for (Atom atom : atoms) {
      List<Object> line =
          Pairing.sums(Role.SWAP, atom.leg().wallet(), atom.leg().asset(), atom.change());
      lines
          .computeIfAbsent(line, _ -> new ArrayList<>())
          .add(new Moment(atom.leg().at(), List.of(atom), List.of()));
    }
    for (Told one : told) {
      Fine.Effect effect = one.effect();
      List<Object> line = Pairing.sums(Role.SWAP, effect.wallet(), effect.asset(), effect.amount());
      if (!spent.contains(one) && lines.containsKey(line)) {
        lines
            .computeIfAbsent(line, _ -> new ArrayList<>())
            .add(new Moment(one.fine().at(), List.of(), List.of(one)));
      }
    }
    List<Atom> left = new ArrayList<>();
    lines.values().forEach(line -> along(line, left));
    return left;
  }

  private void along(List<Moment> line, List<Atom> left) {
    line.sort(
        Comparator.comparing(Moment::at)
            .thenComparingInt(moment -> moment.atom().size())
            .thenComparing(Sums::id));
    List<Atom> atoms = new ArrayList<>();
    List<Told> told = new ArrayList<>();
    Instant last = null;
    for (Moment moment : line) {
      if (last != null && !Pairing.within(moment.at(), last, reach)) {
        left.addAll(run(atoms, told));
        atoms.clear();
        told.clear();
      }
      last = moment.at();
      atoms.addAll(moment.atom());
      told.addAll(moment.told());
    }
    left.addAll(run(atoms, told));
  }

  private static UUID id(Moment moment) {
    return moment.atom().isEmpty()
        ? moment.told().getFirst().fine().id()
        : moment.atom().getFirst().held().key();
  }

  // All of them, or else neighbours that add up to one of the other side.
  private List<Atom> run(List<Atom> atoms, List<Told> told) {
    List<Atom> left = new ArrayList<>(atoms);
    List<Told> open = new ArrayList<>(told);
    boolean all =
        !open.isEmpty() && sum(left, Atom::change).compareTo(sum(open, Sums::amount)) == 0;
    if (all) {
      same(left, open);
      return List.of();
    }
    for (Told one : told) {
      List<Atom> found = neighbours(left, Atom::change, amount(one), atom -> near(atom, one));
      if (!found.isEmpty()) {
        same(found, List.of(one));
        left.removeAll(found);
        open.remove(one);
      }
    }
    for (Atom atom : List.copyOf(left)) {
      List<Told> found = neighbours(open, Sums::amount, atom.change(), one -> near(atom, one));
      if (!found.isEmpty()) {
        same(List.of(atom), found);
        left.remove(atom);
        open.removeAll(found);
      }
    }
    return left;
  }

  private static BigDecimal amount(Told one) {
    return one.effect().amount();
  }

  private boolean near(Atom atom, Told one) {
    return Pairing.within(one.fine().at(), atom.leg().at(), reach);
  }

  private void same(List<Atom> atoms, List<Told> told) {
    spent.addAll(told);
    for (Atom atom : atoms) {
      told.forEach(one -> merge.cover(atom.held().key(), one.fine().id()));
    }
  }

  private static <T> BigDecimal sum(List<T> parts, Function<T, BigDecimal> amount) {
    return parts.stream().map(amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Neighbours, all of one sign, that add up exactly; empty when none do. */
  private static <T> List<T> neighbours(
      List<T> parts, Function<T, BigDecimal> amount, BigDecimal wanted, Predicate<T> near) {
    List<T> some = parts.stream().filter(near).toList();
    int first = 0;
    BigDecimal sum = BigDecimal.ZERO;
    for (int last = 0; last < some.size(); last++) {
      sum = sum.add(amount.apply(some.get(last)));
      while (sum.abs().compareTo(wanted.abs()) > 0) {
        sum = sum.subtract(amount.apply(some.get(first++)));
      }
      if (sum.compareTo(wanted) == 0) {
        return List.copyOf(some.subList(first, last + 1));
      }
    }
    return List.of();
  }
}
