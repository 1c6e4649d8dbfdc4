package io.tallystick.ledger;

import io.tallystick.ledger.Claim.Role;
import io.tallystick.ledger.Coarse.Atom;
import io.tallystick.ledger.Merge.Told;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Legs that name their event by the venue's own id: that event tells them, however far apart the
 * two are in time. The legs say what it did to which wallet; where a file left that open, they
 * complete it.
 */
final class Named {
  private final Merge merge;

  Named(Merge merge) {
    this.merge = merge;
  }

  /** What is told of an asset by the legs and by their event. */
  private static final class Side {
    private final List<Atom> atoms = new ArrayList<>();
    boolean told;
    final SortedMap<String, BigDecimal> more = new TreeMap<>();

    List<Atom> atoms() {
      return atoms.stream().sorted(Atom.BY_TIME).toList();
    }

    void add(String wallet, BigDecimal change) {
      more.merge(wallet, change, BigDecimal::add);
    }

    BigDecimal rest() {
      return more.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
  }

  /** Takes away the legs that name one of these entries, and the effects that tell them. */
  void take(Map<Role, List<Atom>> atoms, Map<Role, List<Told>> told, List<Fine> finer) {
    Map<UUID, Fine> events = new HashMap<>();
    finer.stream()
        .filter(fine -> fine.kind() != EntryKind.TRADE)
        .forEach(fine -> events.put(fine.id(), fine));
    Map<UUID, Map<String, Side>> named = new LinkedHashMap<>();
    for (List<Atom> some : atoms.values()) {
      // Of twins, who name one event where there are two, one is told by it.
      for (Atom atom : some) {
        UUID event = atom.held().event();
        if (event != null && atom.ordinal() == 0 && events.containsKey(event)) {
          Side side =
              named
                  .computeIfAbsent(event, _ -> new TreeMap<>())
                  .computeIfAbsent(atom.leg().asset(), _ -> new Side());
          side.atoms.add(atom);
          side.add(Pairing.purse(atom.leg().wallet()), atom.change());
          merge.cover(atom.held().key(), event);
        }
      }
      some.removeIf(atom -> isNamed(atom, named));
    }
    for (List<Told> some : told.values()) {
      some.removeIf(one -> {
        Side side = named.getOrDefault(one.fine().id(), Map.of()).get(one.effect().asset());
        if (side != null) {
          side.told = true;
          side.add(Pairing.purse(one.effect().wallet()), one.effect().amount().negate());
        }
        return side != null;
      });
    }
    named.forEach((event, sides) -> {
      Fine fine = Objects.requireNonNull(events.get(event));
      sides.forEach((asset, side) -> complete(fine, asset, side));
    });
  }

  private static boolean isNamed(Atom atom, Map<UUID, Map<String, Side>> named) {
    UUID event = atom.held().event();
    return event != null && atom.ordinal() == 0 && named.containsKey(event);
  }

  // The legs know the wallet; and what a file does not tell of a charge is missing in them.
  private void complete(Fine fine, String asset, Side side) {
    BigDecimal rest = side.rest();
    if (rest.signum() == 0) {
      between(asset, side);
      return;
    }
    // It takes the asset from outside, by its list: the wallet paid for it in between.
    if (!side.told) {
      side.atoms().forEach(new Pairing(merge)::alone);
      return;
    }
    if (!fine.exported()) {
      side.atoms.forEach(atom -> merge.dispute(atom.held().key()));
      return;
    }
    Account wallet = Account.wallet(side.atoms().getFirst().leg().wallet());
    boolean charged = rest.signum() < 0;
    merge.book(
        Coarse.of(
            charged ? EntryKind.FEE : EntryKind.UNCLASSIFIED,
            side.atoms(),
            List.of(
                new Posting(
                    charged ? wallet : Account.SUSPENSE,
                    charged ? Account.FEES : wallet,
                    asset,
                    rest.abs()))));
  }

  // What one wallet has more than was told, another has less.
  private void between(String asset, Side side) {
    List<Posting> postings = new ArrayList<>();
    for (Map.Entry<String, BigDecimal> less : side.more.entrySet()) {
      for (Map.Entry<String, BigDecimal> more : side.more.entrySet()) {
        if (less.getValue().signum() < 0 && more.getValue().signum() > 0) {
          BigDecimal some = less.getValue().abs().min(more.getValue());
          Account from = Account.wallet(less.getKey());
          postings.add(new Posting(from, Account.wallet(more.getKey()), asset, some));
          less.setValue(less.getValue().add(some));
          more.setValue(more.getValue().subtract(some));
        }
      }
    }
    merge.book(Coarse.of(EntryKind.INTERNAL_TRANSFER, side.atoms(), postings));
  }
}
