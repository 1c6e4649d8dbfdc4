package io.tallystick.ledger;

import io.tallystick.kernel.Decimals;
import io.tallystick.kernel.Digests;
import io.tallystick.kernel.Frame;
import io.tallystick.kernel.Ids;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A row of a page by which one wallet changed in two ways.
 *
 * @param domain the kind of record it is, as consents name it
 */
public record Act(
    Instant at, String wallet, Change first, Change second, Tie tie, String domain, Page page)
    implements Claim {
  /** A change of one asset, signed. */
  public record Change(String asset, BigDecimal amount) {}

  /** How the two changes of an act hang together. */
  public enum Tie {
    /**
     * One asset was turned into the other. Only the first change is told exactly: whoever tells
     * that tells all of it.
     */
    SWAP,
    /** The result of a position, and the fee for it: either may be told apart, or be zero. */
    RESULT
  }

  @Override
  public Instant from() {
    return at;
  }

  @Override
  public Instant to() {
    return at;
  }

  @Override
  public UUID key(byte[] connection) {
    Object[] facts = {
      "tallystick/act/1",
      connection,
      page.name(),
      page.number(),
      at,
      wallet,
      first.asset(),
      Decimals.text(first.amount()),
      second.asset(),
      Decimals.text(second.amount())
    };
    return Ids.timed(at, Digests.sha256(Frame.of(facts)));
  }

  /** Its changes, each by itself, those that are none left out. */
  List<Leg> legs() {
    List<Leg> legs =
        switch (tie) {
          case SWAP -> List.of(swapped(first), swapped(second));
          case RESULT ->
              List.of(
                  leg(first, Role.INCOME, "income/futures", kind(first.amount())),
                  leg(second, Role.OTHER, Account.FEES.path(), EntryKind.FEE));
        };
    return legs.stream().filter(leg -> leg.change().signum() != 0).toList();
  }

  private static EntryKind kind(BigDecimal amount) {
    return amount.signum() > 0 ? EntryKind.INCOME : EntryKind.FEE;
  }

  private Leg swapped(Change change) {
    return leg(change, Role.SWAP, Account.SUSPENSE.path(), EntryKind.UNCLASSIFIED);
  }

  private Leg leg(Change change, Role role, String contra, EntryKind kind) {
    return new Leg(
        at, wallet, change.asset(), change.amount(), role, contra, kind, page.name(), null, page);
  }
}
