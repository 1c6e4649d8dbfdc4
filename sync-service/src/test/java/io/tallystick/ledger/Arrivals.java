package io.tallystick.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallystick.ledger.Life.Source;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Sources of one account in the orders in which they may arrive. */
final class Arrivals {
  private final Ledgers ledgers;
  private final Told told;

  Arrivals(Ledgers ledgers, Told told) {
    this.ledgers = ledgers;
    this.told = told;
  }

  /** What to look at in a ledger that some sources filled. */
  interface Look {
    void at(List<Source> some, Ledgers.Ledger ledger, String what) throws SQLException;
  }

  /**
   * The ledger that these sources make, one after another; it is gone when the next one is made.
   */
  Ledgers.Ledger ledger(List<Source> order) throws SQLException {
    Ledgers.Ledger ledger = ledgers.fresh();
    for (Source source : order) {
      ledger.take(told, source);
    }
    return ledger;
  }

  String hash(List<Source> order) throws SQLException {
    return ledger(order).hash();
  }

  /** Every subset of the sources, each in the usual order and in another one. */
  void subsets(long seed, Look look) throws SQLException {
    Random random = new Random(seed);
    for (int mask = 1; mask < 1 << Source.values().length; mask++) {
      List<Source> some = sources(mask);
      String what = "seed " + seed + ", sources " + some;
      Ledgers.Ledger ledger = ledger(some);
      String hash = ledger.hash();
      look.at(some, ledger, what);
      if (some.size() > 1) {
        List<Source> other = shuffled(some, random);
        assertEquals(hash, hash(other), () -> what + " as " + other);
      }
    }
  }

  /** As many orders of these sources, of all that there are, end in one ledger. */
  int orders(List<Source> sources, long seed, int most) throws SQLException {
    List<List<Source>> orders = new ArrayList<>(permutations(sources));
    Collections.shuffle(orders, new Random(seed));
    String expected = hash(sources);
    List<List<Source>> some = orders.subList(0, Math.min(most, orders.size()));
    for (List<Source> order : some) {
      assertEquals(expected, hash(order), () -> "seed " + seed + ", order " + order);
    }
    return some.size();
  }

  /** All sources but this one. */
  static List<Source> allBut(Source one) {
    List<Source> others = new ArrayList<>(List.of(Source.values()));
    others.remove(one);
    return others;
  }

  static List<Source> shuffled(List<Source> some, Random random) {
    List<Source> shuffled = new ArrayList<>(some);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }

  private static List<Source> sources(int mask) {
    return Arrays.stream(Source.values())
        .filter(source -> (mask & (1 << source.ordinal())) != 0)
        .toList();
  }

  private static List<List<Source>> permutations(List<Source> of) {
    if (of.isEmpty()) {
      return List.of(List.of());
    }
    List<List<Source>> all = new ArrayList<>();
    for (Source first : of) {
      List<Source> rest = new ArrayList<>(of);
      rest.remove(first);
      for (List<Source> tail : permutations(rest)) {
        List<Source> one = new ArrayList<>(List.of(first));
        one.addAll(tail);
        all.add(one);
      }
    }
    return all;
  }
}
