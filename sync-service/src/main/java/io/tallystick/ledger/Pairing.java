package io.tallystick.ledger;

import io.tallystick.ledger.Claim.Leg;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Legs that can be compared one by one: what covers them, and which of the rest belong together.
 */
final class Pairing {
  // Legs of one conversion were seen up to half a minute apart.
  static final Duration TOGETHER = Duration.ofSeconds(60);

  private static final String MOVED = "moved";
  private static final String EARN = "earn";

  // Conversions take from one of these, and their lists do not tell from which: they say one that
  // is likely.
  private static final Set<String> GUESSES = Set.of("spot", "funding");
  private static final Set<String> GUESSED = Set.of("spot", "funding", EARN);

  private final Merge merge;
  private final Set<Told> spent = new HashSet<>();

  Pairing(Merge merge) {
    this.merge = merge;
  }

  /** What a leg and an effect must share to be the same; the amount at any scale. */
  static List<Object> line(Role role, String wallet, String asset, BigDecimal amount) {
    return List.of(role, purse(wallet), asset, amount.stripTrailingZeros());
  }

  // The venue's lists know two kinds of savings, the statement one.
  static String purse(String wallet) {
    return wallet.startsWith(EARN + "-") ? EARN : wallet;
  }

  /** What legs and effects must share to be compared by their sums. */
  static List<Object> sums(Role role, String wallet, String asset, BigDecimal amount) {
    return List.of(role, purse(wallet), asset, amount.signum() > 0 ? "in" : "out");
  }

  /** The same, where one of the two does not know the wallet. */
  static List<Object> moved(String asset, BigDecimal amount) {
    return List.of(MOVED, asset, amount.stripTrailingZeros());
  }

  /**
   * The legs that no effect tells. Both sides go in order of time, so that the pairs are as many as
   * there can be, and the same for any order of arrival.
   */
  List<Atom> uncovered(Role role, List<Atom> atoms, List<Told> told) {
    return new Late(this).untold(role, near(role, atoms, told, role.reach()), told);
  }

  /** The legs that none of these effects tells within this reach. */
  List<Atom> near(Role role, List<Atom> atoms, List<Told> told, Duration reach) {
    List<Atom> left =
        untold(
            atoms,
            told,
            Late.Span.around(reach),
            one -> {
              Fine.Effect effect = one.effect();
              return line(role, effect.wallet(), effect.asset(), effect.amount());
            },
            leg -> line(role, leg.wallet(), leg.asset(), leg.change()));
    if (role == Role.SWAP) {
      left = new Sums(merge, spent, reach).uncovered(left, told);
    }
    if ((role != Role.MOVE && role != Role.SWAP) || left.isEmpty()) {
      return left;
    }
    List<Told> rest =
        left(told).stream()
            .filter(one -> one.fine().anyWallet())
            .filter(one -> role == Role.MOVE || GUESSES.contains(one.effect().wallet()))
            .toList();
    return pairs(
        left,
        rest,
        Late.Span.around(reach),
        one -> moved(one.effect().asset(), one.effect().amount()),
        leg ->
            role == Role.MOVE || GUESSED.contains(purse(leg.wallet()))
                ? moved(leg.asset(), leg.change())
                : line(role, leg.wallet(), leg.asset(), leg.change()),
        this::elsewhere);
  }

  /** The legs that none of these effects tells which are still free, by what both share. */
  List<Atom> untold(
      List<Atom> atoms,
      List<Told> told,
      Late.Span span,
      Function<Told, List<Object>> shared,
      Function<Leg, List<Object>> wanted) {
    return pairs(atoms, left(told), span, shared, wanted, (_, one) -> spent.add(one));
  }

  /** Those of these effects that tell none of the legs seen so far. */
  List<Told> left(List<Told> told) {
    return told.stream().filter(one -> !spent.contains(one)).toList();
  }

  /** Notes that an effect tells something: it tells nothing else. */
  void spend(Told told) {
    spent.add(told);
  }

  private List<Atom> pairs(
      List<Atom> atoms,
      List<Told> told,
      Late.Span span,
      Function<Told, List<Object>> shared,
      Function<Leg, List<Object>> wanted,
      BiConsumer<Atom, Told> found) {
    Map<List<Object>, List<Told>> lines = new HashMap<>();
    for (Told one : told) {
      lines.computeIfAbsent(shared.apply(one), _ -> new ArrayList<>()).add(one);
    }
    Comparator<Told> byTime = Comparator.comparing(one -> one.fine().at());
    lines.values().forEach(line -> line.sort(byTime.thenComparing(one -> one.fine().id())));
    Map<List<Object>, Integer> at = new HashMap<>();
    List<Atom> left = new ArrayList<>();
    for (Atom atom : atoms.stream().sorted(Atom.BY_TIME).toList()) {
      Leg leg = atom.leg();
      List<Object> key = wanted.apply(leg);
      List<Told> line = lines.getOrDefault(key, List.of());
      int next = at.getOrDefault(key, 0);
      Instant first = leg.at().minus(span.before());
      while (next < line.size() && line.get(next).fine().at().isBefore(first)) {
        next++;
      }
      boolean same =
          next < line.size()
              && !line.get(next).fine().at().isAfter(leg.at().plus(span.after()).plusMillis(999));
      if (same) {
        merge.cover(atom.held().key(), line.get(next).fine().id());
        found.accept(atom, line.get(next));
        next++;
      } else {
        left.add(atom);
      }
      at.put(key, next);
    }
    return left;
  }

  // The finer record did not know the wallet, and its guess was wrong: the leg corrects it.
  private void elsewhere(Atom atom, Told told) {
    spent.add(told);
    Account guessed = Account.wallet(told.effect().wallet());
    Account right = Account.wallet(atom.leg().wallet());
    boolean in = atom.change().signum() > 0;
    Posting posting =
        new Posting(
            in ? guessed : right, in ? right : guessed, atom.leg().asset(), atom.change().abs());
    merge.book(Coarse.of(EntryKind.INTERNAL_TRANSFER, List.of(atom), List.of(posting)));
  }

  /** Whether two instants are so near; sources cut to seconds are given the rest of theirs. */
  static boolean within(Instant one, Instant other, Duration reach) {
    return Duration.between(one, other).abs().compareTo(reach.plusMillis(999)) <= 0;
  }

  /** Books what is left of a role. */
  void book(Role role, List<Atom> atoms) {
    switch (role) {
      case MOVE, INCOME, OTHER -> atoms.forEach(this::alone);
      case SWAP -> swaps(atoms);
      case TRANSFER -> new Transfers(merge, this).take(atoms);
      case TRADE, FEE -> throw new IllegalArgumentException("trades are put together elsewhere");
    }
  }

  /** A leg that nothing else belongs to: against the account that its word names. */
  void alone(Atom atom) {
    Leg leg = atom.leg();
    merge.book(
        Coarse.of(
            leg.kind(), List.of(atom), Coarse.through(List.of(atom), new Account(leg.contra()))));
  }

  // Twins that stand alone are as many entries; their ids differ by how many share one.
  private void swaps(List<Atom> atoms) {
    Map<String, List<Atom>> families = new TreeMap<>();
    Map<UUID, List<Atom>> events = new TreeMap<>();
    for (Atom atom : atoms) {
      if (atom.held().event() != null) {
        events.computeIfAbsent(atom.held().event(), _ -> new ArrayList<>()).add(atom);
      } else {
        families.computeIfAbsent(atom.leg().family(), _ -> new ArrayList<>()).add(atom);
      }
    }
    for (List<Atom> event : events.values()) {
      if (isSwap(event)) {
        swap(event);
      } else {
        apart(event);
      }
    }
    for (List<Atom> family : families.values()) {
      for (List<Atom> run : runs(family, TOGETHER)) {
        if (isSwap(run)) {
          swap(run);
        } else {
          List<Atom> rest = new ArrayList<>();
          for (List<Atom> second : runs(run, Duration.ZERO)) {
            if (isSwap(second)) {
              swap(second);
            } else {
              rest.addAll(second);
            }
          }
          if (isSwap(rest)) {
            swap(rest);
          } else {
            apart(rest);
          }
        }
      }
    }
  }

  // The other side of some is outside the venue, and of the others nobody knows it.
  private void apart(List<Atom> atoms) {
    List<Atom> open = new ArrayList<>();
    for (Atom atom : atoms) {
      if (atom.leg().contra().equals(Account.SUSPENSE.path())) {
        open.add(atom);
      } else {
        alone(atom);
      }
    }
    if (!open.isEmpty()) {
      merge.book(Coarse.unexplained(open));
    }
  }

  // One asset into any number of others, or the other way round: who went into whom is certain.
  private static boolean isSwap(List<Atom> atoms) {
    Set<String> given = new LinkedHashSet<>();
    Set<String> received = new LinkedHashSet<>();
    for (Atom atom : atoms) {
      (atom.change().signum() < 0 ? given : received).add(atom.leg().asset());
    }
    return !given.isEmpty()
        && !received.isEmpty()
        && (given.size() == 1 || received.size() == 1)
        && (given.size() + received.size() > 2 || !given.equals(received));
  }

  private void swap(List<Atom> atoms) {
    merge.book(Coarse.of(EntryKind.CONVERSION, atoms, Coarse.through(atoms, Account.TRADING)));
  }

  /** Cuts legs, in order of time, wherever nothing happens for longer than this. */
  static List<List<Atom>> runs(List<Atom> atoms, Duration gap) {
    List<List<Atom>> runs = new ArrayList<>();
    Instant last = null;
    for (Atom atom : atoms.stream().sorted(Atom.BY_TIME).toList()) {
      Instant at = atom.leg().at();
      if (last == null || last.plus(gap).isBefore(at)) {
        runs.add(new ArrayList<>());
      }
      runs.getLast().add(atom);
      last = at;
    }
    return runs;
  }
}
