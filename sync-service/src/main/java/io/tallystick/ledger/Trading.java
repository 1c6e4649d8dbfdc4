package io.tallystick.ledger;

import io.tallystick.ledger.Claim.Held;
import io.tallystick.ledger.Coarse.Atom;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The legs of trades: statements sum and split fills as they like, so legs are compared with fills
 * by their sums within touching seconds, and what no fill tells is put together by pairs of assets.
 * A leg whose word nobody knows is one of a fill that lacks it, and of nothing else.
 */
final class Trading {
  static final Duration TOUCHING = Duration.ofSeconds(1);

  private final Merge merge;
  private final List<Atom> left = new ArrayList<>();
  private final List<Atom> wordless = new ArrayList<>();

  Trading(Merge merge) {
    this.merge = merge;
  }

  /** Wallet and asset: what legs and fills are summed by. */
  record Purse(String wallet, String asset) {}

  /** A trade put together of legs. */
  record Guess(List<Atom> atoms) {
    // When it was traded: a fee among its legs may be that of a neighbour.
    Instant at() {
      return atoms.stream()
          .filter(atom -> atom.leg().role() == Claim.Role.TRADE)
          .map(atom -> atom.leg().at())
          .min(Comparator.naturalOrder())
          .get();
    }

    Stream<Atom> legs() {
      return atoms.stream();
    }

    boolean isIn(String wallet) {
      return atoms.stream().anyMatch(atom -> atom.leg().wallet().equals(wallet));
    }

    /** What it did to an asset, fees apart. */
    BigDecimal net(String asset) {
      return atoms.stream()
          .filter(atom -> atom.leg().role() == Claim.Role.TRADE)
          .filter(atom -> atom.leg().asset().equals(asset))
          .map(Atom::change)
          .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
  }

  private record Cluster(List<Atom> atoms, List<Fine> fills) {}

  /** Takes legs of trades, and those without a known word; returns which of these no fill tells. */
  List<Atom> take(List<Atom> atoms, List<Fine> fills, List<Held> orders) {
    List<Guess> guesses = new ArrayList<>();
    Grouping grouping = new Grouping(merge);
    for (Cluster cluster : clusters(atoms, fills)) {
      guesses.addAll(grouping.guesses(uncovered(cluster)));
    }
    left.addAll(grouping.left());
    Set<Guess> told = new OrderBook(merge, fills, guesses, left).take(orders);
    for (Guess guess : guesses) {
      if (!told.contains(guess)) {
        merge.book(Coarse.of(EntryKind.CONVERSION, guess.atoms(), Coarse.traded(guess.atoms())));
      }
    }
    return wordless;
  }

  private static List<Cluster> clusters(List<Atom> atoms, List<Fine> fills) {
    record Moment(Instant at, Object what) {}
    List<Moment> moments = new ArrayList<>();
    atoms.stream().sorted(Atom.BY_TIME).forEach(a -> moments.add(new Moment(a.leg().at(), a)));
    fills.stream()
        .sorted(Comparator.comparing(Fine::at).thenComparing(Fine::id))
        .forEach(f -> moments.add(new Moment(second(f.at()), f)));
    moments.sort(Comparator.comparing(Moment::at));
    List<Cluster> clusters = new ArrayList<>();
    Instant last = null;
    for (Moment moment : moments) {
      if (last == null || last.plus(TOUCHING).isBefore(moment.at())) {
        clusters.add(new Cluster(new ArrayList<>(), new ArrayList<>()));
      }
      last = moment.at();
      if (moment.what() instanceof Atom atom) {
        clusters.getLast().atoms().add(atom);
      } else if (moment.what() instanceof Fine fine) {
        clusters.getLast().fills().add(fine);
      }
    }
    return clusters.stream().filter(cluster -> !cluster.atoms().isEmpty()).toList();
  }

  static Instant second(Instant at) {
    return Instant.ofEpochSecond(at.getEpochSecond());
  }

  /** The legs of a cluster that its fills do not tell. */
  private List<Atom> uncovered(Cluster cluster) {
    List<Atom> known = cluster.atoms().stream().filter(Trading::isKnown).toList();
    boolean whole = !cluster.fills().isEmpty() && sums(known).equals(effects(cluster.fills()));
    if (whole || cluster.fills().isEmpty()) {
      wordless.addAll(cluster.atoms().stream().filter(atom -> !isKnown(atom)).toList());
      if (!whole) {
        return known;
      }
      known.forEach(atom -> coverBy(atom, cluster.fills()));
      return List.of();
    }
    List<Atom> open = new ArrayList<>(cluster.atoms());
    List<Fine> untold = new ArrayList<>();
    for (Fine fill : cluster.fills()) {
      List<Atom> legs = legsOf(fill, open);
      if (legs == null) {
        untold.add(fill);
      } else {
        legs.forEach(atom -> coverBy(atom, List.of(fill)));
        open.removeAll(legs);
      }
    }
    return net(open, untold);
  }

  private static boolean isKnown(Atom atom) {
    return atom.leg().role().ofTrades();
  }

  // What legs tell beyond the fills stays as a remainder, which nobody can explain.
  private List<Atom> net(List<Atom> open, List<Fine> untold) {
    Map<Purse, BigDecimal> legs = sums(open.stream().filter(Trading::isKnown).toList());
    Map<Purse, BigDecimal> all = sums(open);
    Map<Purse, BigDecimal> fills = effects(untold);
    List<Atom> left = new ArrayList<>();
    for (Purse purse : all.keySet()) {
      List<Atom> same = open.stream().filter(a -> of(a).equals(purse)).toList();
      List<Atom> atoms = same.stream().filter(Trading::isKnown).toList();
      BigDecimal told = fills.get(purse);
      BigDecimal sum = legs.getOrDefault(purse, BigDecimal.ZERO);
      // Those of unknown words are the fills' where they are just what the others lack.
      BigDecimal whole = all.getOrDefault(purse, BigDecimal.ZERO);
      if (told != null && sum.compareTo(told) != 0 && whole.compareTo(told) == 0) {
        same.forEach(atom -> coverBy(atom, untold));
        continue;
      }
      wordless.addAll(same.stream().filter(atom -> !isKnown(atom)).toList());
      if (told == null) {
        left.addAll(atoms);
        continue;
      }
      atoms.forEach(atom -> coverBy(atom, untold));
      if (sum.compareTo(told) != 0) {
        remainder(purse, atoms, untold, true);
        remainder(purse, atoms, untold, false);
      }
    }
    return left;
  }

  // Where legs tell less than the fills, the fills hold: a statement may begin amid a trade.
  private void remainder(Purse purse, List<Atom> atoms, List<Fine> fills, boolean in) {
    List<Atom> legs = atoms.stream().filter(atom -> atom.change().signum() > 0 == in).toList();
    if (legs.isEmpty()) {
      return;
    }
    BigDecimal rest = BigDecimal.ZERO;
    for (Atom atom : legs) {
      rest = rest.add(atom.change().abs());
    }
    for (Fine fill : fills) {
      for (Fine.Effect effect : fill.effects()) {
        boolean same = new Purse(effect.wallet(), effect.asset()).equals(purse);
        if (same && effect.amount().signum() > 0 == in) {
          rest = rest.subtract(effect.amount().abs());
        }
      }
    }
    if (rest.signum() < 0) {
      legs.forEach(atom -> merge.dispute(atom.held().key()));
    } else if (rest.signum() > 0) {
      Account wallet = Account.wallet(purse.wallet());
      Account from = in ? Account.SUSPENSE : wallet;
      Account to = in ? wallet : Account.SUSPENSE;
      Posting posting = new Posting(from, to, purse.asset(), rest);
      merge.book(Coarse.of(EntryKind.UNCLASSIFIED, legs, List.of(posting)));
      left.addAll(legs);
    }
  }

  private void coverBy(Atom atom, List<Fine> fills) {
    for (Fine fill : fills) {
      if (fill.effects().stream()
          .anyMatch(e -> new Purse(e.wallet(), e.asset()).equals(of(atom)))) {
        merge.cover(atom.held().key(), fill.id());
      }
    }
  }

  /** The legs that are exactly this fill's, nearest first; null when one is missing. */
  private static @Nullable List<Atom> legsOf(Fine fill, List<Atom> open) {
    List<Atom> taken = new ArrayList<>();
    for (Fine.Effect effect : fill.effects()) {
      Atom best = null;
      for (Atom atom : open) {
        boolean same =
            (atom.leg().role() == effect.role() || !isKnown(atom))
                && of(atom).equals(new Purse(effect.wallet(), effect.asset()))
                && atom.change().compareTo(effect.amount()) == 0
                && distance(atom, fill) <= TOUCHING.toSeconds()
                && !taken.contains(atom);
        if (same && (best == null || isBetter(atom, best, fill))) {
          best = atom;
        }
      }
      if (best == null) {
        return null;
      }
      taken.add(best);
    }
    return taken;
  }

  private static boolean isBetter(Atom atom, Atom best, Fine fill) {
    return isKnown(atom) == isKnown(best)
        ? distance(atom, fill) < distance(best, fill)
        : isKnown(atom);
  }

  private static long distance(Atom atom, Fine fill) {
    return Math.abs(atom.leg().at().getEpochSecond() - fill.at().getEpochSecond());
  }

  private static Purse of(Atom atom) {
    return new Purse(atom.leg().wallet(), atom.leg().asset());
  }

  /** What legs come to, without trailing zeros. */
  static Map<Purse, BigDecimal> sums(List<Atom> atoms) {
    Map<Purse, BigDecimal> sums = new HashMap<>();
    atoms.forEach(atom -> sums.merge(of(atom), atom.change(), Trading::plus));
    return sums;
  }

  private static Map<Purse, BigDecimal> effects(List<Fine> fills) {
    Map<Purse, BigDecimal> sums = new HashMap<>();
    for (Fine fill : fills) {
      for (Fine.Effect effect : fill.effects()) {
        sums.merge(new Purse(effect.wallet(), effect.asset()), effect.amount(), Trading::plus);
      }
    }
    sums.replaceAll((_, sum) -> stripped(sum));
    return sums;
  }

  // Without trailing zeros, so that equal sums are equal in maps.
  private static BigDecimal plus(BigDecimal one, BigDecimal other) {
    return stripped(one.add(other));
  }

  private static BigDecimal stripped(BigDecimal sum) {
    return sum.signum() == 0 ? BigDecimal.ZERO : sum.stripTrailingZeros();
  }
}
