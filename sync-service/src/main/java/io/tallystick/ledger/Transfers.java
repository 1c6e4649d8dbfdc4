package io.tallystick.ledger;

import io.tallystick.ledger.Claim.Leg;
import io.tallystick.ledger.Claim.Role;
import io.tallystick.ledger.Coarse.Atom;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Legs between wallets of one holder: first those of equal size, one against one; then, of what is
 * left, the legs that one word tells together, such as savings paid for by two wallets.
 */
final class Transfers {
  private static final String EARN = "earn";
  private static final Account INTEREST = new Account("income/interest");

  private final Merge merge;
  private final Pairing pairing;

  Transfers(Merge merge, Pairing pairing) {
    this.merge = merge;
    this.pairing = pairing;
  }

  /**
   * Takes what one word moves out of one wallet and, in the same second and of the same size, into
   * another for a transfer between the two, whomever the word speaks of when it stands alone.
   */
  static void recognize(Map<Role, List<Atom>> atoms) {
    Map<List<Object>, List<Atom>> lines = new HashMap<>();
    for (Atom atom : atoms.getOrDefault(Role.MOVE, List.of())) {
      Leg leg = atom.leg();
      BigDecimal size = atom.change().abs().stripTrailingZeros();
      lines
          .computeIfAbsent(
              List.of(leg.family(), leg.asset(), leg.at(), size), _ -> new ArrayList<>())
          .add(atom);
    }
    Set<Atom> own = new HashSet<>();
    for (List<Atom> line : lines.values()) {
      for (Atom one : line.stream().sorted(Atom.BY_TIME).toList()) {
        line.stream()
            .filter(other -> !own.contains(one) && !own.contains(other) && fits(one, other))
            .min(Atom.BY_TIME)
            .ifPresent(other -> own.addAll(List.of(one, other)));
      }
    }
    if (!own.isEmpty()) {
      List<Atom> moves = new ArrayList<>(atoms.getOrDefault(Role.MOVE, List.of()));
      moves.removeAll(own);
      atoms.put(Role.MOVE, moves);
      atoms.computeIfAbsent(Role.TRANSFER, _ -> new ArrayList<>()).addAll(own);
    }
  }

  void take(List<Atom> atoms) {
    Map<List<Object>, List<Atom>> lines = new HashMap<>();
    for (Atom atom : atoms.stream().sorted(Atom.BY_TIME).toList()) {
      List<Object> key = List.of(atom.leg().asset(), atom.change().abs().stripTrailingZeros());
      lines.computeIfAbsent(key, _ -> new ArrayList<>()).add(atom);
    }
    Map<String, List<Atom>> families = new TreeMap<>();
    for (List<Atom> line : lines.values()) {
      for (Atom left : pairs(line)) {
        String family = left.leg().family() + " " + left.leg().asset();
        families.computeIfAbsent(family, _ -> new ArrayList<>()).add(left);
      }
    }
    families.values().forEach(family -> Pairing.runs(family, Pairing.TOGETHER).forEach(this::run));
  }

  /** Books pairs of equal size; returns the legs without one. */
  private List<Atom> pairs(List<Atom> line) {
    List<Atom> open = new ArrayList<>(line);
    List<Atom> left = new ArrayList<>();
    while (!open.isEmpty()) {
      Atom first = open.removeFirst();
      Atom other = open.stream().filter(one -> fits(first, one)).findFirst().orElse(null);
      if (other == null) {
        left.add(first);
      } else {
        open.remove(other);
        book(List.of(first, other), List.of(way(first, other, first.change().abs())));
      }
    }
    return left;
  }

  private static boolean fits(Atom one, Atom other) {
    return other.change().signum() != one.change().signum()
        && !other.leg().wallet().equals(one.leg().wallet())
        && Pairing.within(other.leg().at(), one.leg().at(), Pairing.TOGETHER);
  }

  // Sums on both sides must agree. Only savings may give back more than was put in, or less: that
  // is interest, as long as it is less than what it is paid on.
  private void run(List<Atom> atoms) {
    List<Atom> out = atoms.stream().filter(atom -> atom.change().signum() < 0).toList();
    List<Atom> in = atoms.stream().filter(atom -> atom.change().signum() > 0).toList();
    BigDecimal rest = sum(in).subtract(sum(out));
    BigDecimal both = sum(in).min(sum(out));
    boolean saved = atoms.stream().anyMatch(atom -> atom.leg().wallet().equals(EARN));
    Set<String> wallets = wallets(out);
    wallets.retainAll(wallets(in));
    boolean agree = rest.signum() == 0 || (saved && rest.abs().compareTo(both) < 0);
    if (both.signum() == 0 || !wallets.isEmpty() || !agree) {
      atoms.forEach(pairing::alone);
      return;
    }
    List<Posting> postings = ways(out, in);
    if (rest.signum() != 0) {
      Leg last = (rest.signum() > 0 ? in : out).getLast().leg();
      Account wallet = Account.wallet(last.wallet());
      postings.add(
          rest.signum() > 0
              ? new Posting(INTEREST, wallet, last.asset(), rest)
              : new Posting(wallet, INTEREST, last.asset(), rest.negate()));
    }
    book(atoms, postings);
  }

  // In order of time, as far as the smaller side reaches.
  private static List<Posting> ways(List<Atom> out, List<Atom> in) {
    List<Posting> postings = new ArrayList<>();
    Deque<Atom> from = new ArrayDeque<>(out);
    Deque<Atom> to = new ArrayDeque<>(in);
    BigDecimal given = BigDecimal.ZERO;
    BigDecimal taken = BigDecimal.ZERO;
    while (!from.isEmpty() && !to.isEmpty()) {
      BigDecimal left = from.getFirst().change().abs().subtract(given);
      BigDecimal open = to.getFirst().change().subtract(taken);
      BigDecimal some = left.min(open);
      postings.add(way(from.getFirst(), to.getFirst(), some));
      given = given.add(some);
      taken = taken.add(some);
      if (some.compareTo(left) == 0) {
        from.removeFirst();
        given = BigDecimal.ZERO;
      }
      if (some.compareTo(open) == 0) {
        to.removeFirst();
        taken = BigDecimal.ZERO;
      }
    }
    return postings;
  }

  private static Posting way(Atom one, Atom other, BigDecimal amount) {
    boolean out = one.change().signum() < 0;
    Account from = Account.wallet((out ? one : other).leg().wallet());
    Account to = Account.wallet((out ? other : one).leg().wallet());
    return new Posting(from, to, one.leg().asset(), amount);
  }

  private static Set<String> wallets(List<Atom> atoms) {
    Set<String> wallets = new HashSet<>();
    atoms.forEach(atom -> wallets.add(atom.leg().wallet()));
    return wallets;
  }

  private static BigDecimal sum(List<Atom> atoms) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Atom atom : atoms) {
      sum = sum.add(atom.change().abs());
    }
    return sum;
  }

  private void book(List<Atom> atoms, List<Posting> postings) {
    merge.book(Coarse.of(EntryKind.INTERNAL_TRANSFER, atoms, postings));
  }
}
