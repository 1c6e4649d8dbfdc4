package io.tallystick.ledger;

import io.tallystick.ledger.Claim.Leg;
import io.tallystick.ledger.Claim.Role;
import io.tallystick.ledger.Coarse.Atom;
import io.tallystick.ledger.Merge.Told;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Legs that are something else to the statement than to the venue's lists: a word that nobody knows
 * may be anything, and tokens of a launch, of a swap or of a recovery are a gift to one of the two
 * and bought to the other. Where the wallet, the exact amount and the second agree, and nothing
 * else tells either of them, it is one event.
 */
final class AnyRole {
  /** How far apart both may be: one is cut to seconds, and neither waits for anything. */
  static final Duration NEAR = Duration.ofSeconds(2);

  /** What lines of such legs begin with. */
  static final String LINE = "any";

  private static final Set<Role> GIVEN = EnumSet.of(Role.SWAP, Role.INCOME);

  private final Pairing pairing;

  AnyRole(Pairing pairing) {
    this.pairing = pairing;
  }

  /** What a leg and an effect must share, whatever they are. */
  static List<Object> line(String wallet, String asset, BigDecimal amount) {
    return List.of(LINE, Pairing.purse(wallet), asset, amount.stripTrailingZeros());
  }

  /** Whether a leg may be told by an effect of another role. */
  static boolean isOpen(Leg leg) {
    return GIVEN.contains(leg.role()) || isWordless(leg);
  }

  /** Whether nobody knows what a leg is part of. */
  static boolean isWordless(Leg leg) {
    return leg.role() == Role.OTHER && leg.contra().equals(Account.SUSPENSE.path());
  }

  /** Takes away what effects tell that are left, those that were given first. */
  void take(Map<Role, List<Atom>> left, Map<Role, List<Told>> told) {
    List<Told> given = new ArrayList<>();
    List<Told> all = new ArrayList<>();
    told.forEach((role, some) -> {
      all.addAll(some);
      if (GIVEN.contains(role)) {
        given.addAll(some);
      }
    });
    GIVEN.forEach(role -> left.computeIfPresent(role, (_, atoms) -> untold(atoms, given)));
    left.computeIfPresent(
        Role.OTHER,
        (_, atoms) -> {
          List<Atom> rest =
              new ArrayList<>(atoms.stream().filter(a -> !isWordless(a.leg())).toList());
          rest.addAll(untold(atoms.stream().filter(a -> isWordless(a.leg())).toList(), all));
          return rest;
        });
  }

  private List<Atom> untold(List<Atom> atoms, List<Told> told) {
    return pairing.untold(
        atoms,
        told,
        Late.Span.around(NEAR),
        one -> line(one.effect().wallet(), one.effect().asset(), one.effect().amount()),
        leg -> line(leg.wallet(), leg.asset(), leg.change()));
  }
}
