package io.tallystick.ledger;

import io.tallystick.ledger.Claim.Held;
import io.tallystick.ledger.Claim.Leg;
import io.tallystick.ledger.Claim.OrderRow;
import io.tallystick.ledger.Claim.Role;
import io.tallystick.ledger.Coarse.Atom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What of coarse claims is booked beside finer entries: a function of the set of both, whatever
 * order they came in. The finer source wins; what it covers stays linked to it as evidence.
 */
final class Merge {
  private final List<Coarse> coarse = new ArrayList<>();
  private final Map<UUID, Set<UUID>> covered = new TreeMap<>();
  private final Map<UUID, Set<UUID>> repeats = new TreeMap<>();
  private final Set<UUID> disputed = new TreeSet<>();

  /**
   * The outcome.
   *
   * @param covered for each claim the finer entries that tell it
   * @param repeats for what a page tells, and each earlier state of an order, what tells the same
   *     and stands for it; both by the names that entries of it have
   * @param disputed claims that finer records contradict: neither booked nor explained
   */
  record Outcome(
      List<Coarse> coarse,
      Map<UUID, Set<UUID>> covered,
      Map<UUID, Set<UUID>> repeats,
      Set<UUID> disputed) {}

  /** A finer entry's effect on one wallet. */
  record Told(Fine fine, Fine.Effect effect) {}

  private Merge() {}

  static Outcome of(List<Held> claims, List<Fine> finer) {
    Merge merge = new Merge();
    merge.take(claims, finer);
    return new Outcome(merge.coarse, merge.covered, merge.repeats, merge.disputed);
  }

  private void take(List<Held> claims, List<Fine> finer) {
    Map<Role, List<Atom>> atoms = new EnumMap<>(Role.class);
    List<Held> orders = new ArrayList<>();
    List<Atom> swaps = new ArrayList<>();
    for (Held held : claims) {
      switch (held.claim()) {
        case Leg leg -> add(held, leg, atoms);
        case Act act -> {
          switch (act.tie()) {
            case SWAP -> swaps.addAll(each(held, act.legs().getFirst()));
            case RESULT -> act.legs().forEach(leg -> add(held, leg, atoms));
          }
        }
        case OrderRow _ -> {
          if (held.count() > 0) {
            orders.add(held);
          }
        }
      }
    }
    Pages pages = new Pages(this);
    List<Atom> acts = pages.untold(swaps, atoms.getOrDefault(Role.SWAP, List.of()));
    pages.fold(atoms);
    Map<Role, List<Told>> told = new EnumMap<>(Role.class);
    List<Fine> fills = new ArrayList<>();
    for (Fine fine : finer) {
      if (fine.kind() == EntryKind.TRADE) {
        fills.add(fine);
        continue;
      }
      for (Fine.Effect effect : fine.effects()) {
        told.computeIfAbsent(effect.role(), _ -> new ArrayList<>()).add(new Told(fine, effect));
      }
    }
    new Named(this).take(atoms, told, finer);
    Transfers.recognize(atoms);
    Pairing pairing = new Pairing(this);
    Map<Role, List<Atom>> left = new EnumMap<>(Role.class);
    atoms.forEach((role, some) -> {
      if (!role.ofTrades()) {
        left.put(role, pairing.uncovered(role, some, told.getOrDefault(role, List.of())));
      }
    });
    pages.swaps(acts, told.getOrDefault(Role.SWAP, List.of()), pairing);
    new AnyRole(pairing).take(left, told);
    trade(atoms, left, fills, orders);
    left.forEach(pairing::book);
  }

  // What no list tells may be legs of fills by words that nobody knows.
  private void trade(
      Map<Role, List<Atom>> atoms,
      Map<Role, List<Atom>> left,
      List<Fine> fills,
      List<Held> orders) {
    List<Atom> trading = new ArrayList<>(atoms.getOrDefault(Role.TRADE, List.of()));
    trading.addAll(atoms.getOrDefault(Role.FEE, List.of()));
    List<Atom> others = new ArrayList<>();
    for (Atom atom : left.getOrDefault(Role.OTHER, List.of())) {
      (AnyRole.isWordless(atom.leg()) ? trading : others).add(atom);
    }
    others.addAll(new Trading(this).take(trading, fills, orders));
    left.put(Role.OTHER, others);
  }

  private static void add(Held held, Leg leg, Map<Role, List<Atom>> atoms) {
    atoms.computeIfAbsent(leg.role(), _ -> new ArrayList<>()).addAll(each(held, leg));
  }

  private static List<Atom> each(Held held, Leg leg) {
    List<Atom> atoms = new ArrayList<>();
    for (int i = 0; i < held.count(); i++) {
      atoms.add(new Atom(held, leg, i));
    }
    return atoms;
  }

  void book(Coarse entry) {
    if (!entry.postings().isEmpty()) {
      coarse.add(entry);
    }
  }

  void cover(UUID claim, UUID entry) {
    covered.computeIfAbsent(claim, _ -> new TreeSet<>()).add(entry);
  }

  /** What is told under one name is what another stands for. */
  void repeat(UUID told, UUID other) {
    repeats.computeIfAbsent(told, _ -> new TreeSet<>()).add(other);
  }

  void dispute(UUID claim) {
    disputed.add(claim);
  }
}
