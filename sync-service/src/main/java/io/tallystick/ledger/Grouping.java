package io.tallystick.ledger;

import io.tallystick.ledger.Claim.Role;
import io.tallystick.ledger.Coarse.Atom;
import io.tallystick.ledger.Trading.Guess;
import io.tallystick.ledger.Trading.Purse;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Puts legs of trades together that no fill tells. */
final class Grouping {
  private final Merge merge;
  private final List<Atom> left = new ArrayList<>();

  Grouping(Merge merge) {
    this.merge = merge;
  }

  /** The trades that these legs are; what is no trade is booked at once. */
  List<Guess> guesses(List<Atom> atoms) {
    List<Guess> guesses = new ArrayList<>();
    for (List<Atom> run : Pairing.runs(atoms, Trading.TOUCHING)) {
      if (!take(run, guesses)) {
        for (List<Atom> second : Pairing.runs(run, Duration.ZERO)) {
          if (!take(second, guesses)) {
            leave(second);
          }
        }
      }
    }
    return guesses;
  }

  private static boolean take(List<Atom> run, List<Guess> guesses) {
    List<List<Atom>> ways = isBothWays(run) ? apart(run) : List.of(run);
    if (ways.stream().allMatch(Grouping::isTrade)) {
      ways.forEach(way -> guesses.add(new Guess(way)));
      return true;
    }
    return false;
  }

  private void leave(List<Atom> second) {
    if (second.stream().allMatch(atom -> atom.leg().role() == Role.FEE)) {
      merge.book(Coarse.of(EntryKind.FEE, second, Coarse.through(second, Account.FEES)));
    } else {
      merge.book(Coarse.unexplained(second));
      left.addAll(second);
    }
  }

  /** The legs that could not be put together so far. */
  List<Atom> left() {
    return List.copyOf(left);
  }

  // Two assets, one of which left and the other came: any number of fills of one market.
  private static boolean isTrade(List<Atom> atoms) {
    Set<String> out = new HashSet<>();
    Set<String> in = new HashSet<>();
    Map<Purse, BigDecimal> sums = Trading.sums(traded(atoms));
    sums.forEach((purse, sum) -> {
      if (sum.signum() != 0) {
        (sum.signum() < 0 ? out : in).add(purse.asset());
      }
    });
    return out.size() == 1 && in.size() == 1 && !out.equals(in) && sums.size() == 2;
  }

  private static List<Atom> traded(List<Atom> atoms) {
    return atoms.stream().filter(atom -> atom.leg().role() == Role.TRADE).toList();
  }

  // Bought and sold at once, in one market.
  private static boolean isBothWays(List<Atom> atoms) {
    Set<String> out = new HashSet<>();
    Set<String> in = new HashSet<>();
    traded(atoms).forEach(atom -> (atom.change().signum() < 0 ? out : in).add(atom.leg().asset()));
    return out.size() == 2 && out.equals(in);
  }

  // What came of one asset was paid with the other. Fees go with what they were taken of, or else
  // with the first.
  private static List<List<Atom>> apart(List<Atom> atoms) {
    String first = new TreeSet<>(traded(atoms).stream().map(a -> a.leg().asset()).toList()).first();
    List<Atom> came = new ArrayList<>();
    List<Atom> went = new ArrayList<>();
    for (Atom atom : atoms) {
      boolean ofFirst = atom.leg().asset().equals(first);
      boolean in = atom.change().signum() > 0;
      boolean fee = atom.leg().role() == Role.FEE;
      boolean other = atoms.stream().noneMatch(one -> isTraded(one, atom.leg().asset()));
      boolean bought = fee ? ofFirst || other : ofFirst == in;
      (bought ? came : went).add(atom);
    }
    return List.of(came, went);
  }

  private static boolean isTraded(Atom atom, String asset) {
    return atom.leg().role() == Role.TRADE && atom.leg().asset().equals(asset);
  }
}
