package io.tallystick.costbasis.engine;

import io.tallystick.costbasis.AcquisitionKind;
import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.DisposalKind;
import io.tallystick.costbasis.Event;
import io.tallystick.costbasis.Leg;
import io.tallystick.costbasis.Selection;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The events of {@link Histories} as primitives with exact fractions, every quantity in the units
 * that hold at the end. Written from the rules, not from the engine.
 */
final class SlowPrimitives {

  private static final Set<String> CASH = Set.of("USD", "XXF");

  enum Type {
    ACQUIRE,
    DISPOSE,
    MOVE,
    SPLIT
  }

  /** One primitive; money is null when unknown. */
  static final class Prim {
    Type type = Type.ACQUIRE;
    int phase;
    String entry = "";
    Instant at = Instant.MIN;
    Instant acquired = Instant.MIN;
    @Nullable Instant bought;
    String wallet = "";
    String to = "";
    String asset = "";
    Fraction own = Fraction.ZERO;
    Fraction qty = Fraction.ZERO;
    Fraction factor = Fraction.ONE;
    @Nullable Fraction money = Fraction.ZERO;
    @Nullable Fraction costs = Fraction.ZERO;
    boolean recognised = true;
    boolean given;
    boolean ownLot;
    Selection selection = Selection.NONE;

    @Nullable Fraction net() {
      return money == null || costs == null ? null : money.minus(costs);
    }
  }

  private final List<Prim> prims = new ArrayList<>();

  static List<Prim> of(List<Event> events) {
    SlowPrimitives all = new SlowPrimitives();
    for (Event event : events) {
      all.expand(event);
    }
    all.prims.sort(
        Comparator.comparing((Prim p) -> p.at)
            .thenComparingInt(p -> p.phase)
            .thenComparing(p -> p.entry));
    for (int i = all.prims.size() - 1; i >= 0; i--) {
      Prim split = all.prims.get(i);
      if (split.type == Type.SPLIT) {
        for (int j = 0; j < i; j++) {
          Prim before = all.prims.get(j);
          if (before.asset.equals(split.asset) && before.type != Type.SPLIT) {
            before.factor = before.factor.times(split.own);
          }
        }
      }
    }
    all.prims.removeIf(p -> p.type == Type.SPLIT);
    all.prims.forEach(p -> p.qty = p.own.times(p.factor));
    return all.prims;
  }

  private Prim add(Event event, Type type, int phase, String asset, BigDecimal quantity) {
    Prim prim = new Prim();
    prim.type = type;
    prim.phase = phase;
    prim.entry = event.source().entry();
    prim.at = event.source().at();
    prim.acquired = prim.at;
    prim.bought = prim.at;
    prim.wallet = event.source().wallet();
    prim.asset = asset;
    prim.own = Fraction.of(quantity);
    prims.add(prim);
    return prim;
  }

  private static @Nullable Fraction money(Amount amount) {
    return amount instanceof Amount.Known(BigDecimal value) ? Fraction.of(value) : null;
  }

  private static @Nullable Fraction sum(@Nullable Fraction a, @Nullable Fraction b) {
    return a == null || b == null ? null : a.plus(b);
  }

  private void expand(Event event) {
    switch (event) {
      case Event.Traded e -> traded(e);
      case Event.Earned e ->
          add(e, Type.ACQUIRE, 1, e.leg().asset(), e.leg().quantity()).money =
              money(e.leg().worth());
      case Event.Acquired e -> {
        Prim prim = add(e, Type.ACQUIRE, 1, e.leg().asset(), e.leg().quantity());
        prim.money = money(e.leg().worth());
        prim.acquired = e.acquired();
        if (e.kind() != AcquisitionKind.GIFT) {
          boolean dated = prim.acquired.isAfter(Instant.MIN) && prim.acquired.isBefore(prim.at);
          prim.bought = dated ? prim.acquired : null;
        }
      }
      case Event.Disposed e -> {
        Prim prim = add(e, Type.DISPOSE, 4, e.leg().asset(), e.leg().quantity());
        prim.money = money(e.leg().worth());
        prim.given = e.kind() == DisposalKind.DONATION;
        prim.recognised = e.kind() != DisposalKind.LOST && !prim.given;
        prim.selection = e.selection();
      }
      case Event.Transferred e -> {
        Prim prim = add(e, Type.MOVE, 3, e.asset(), e.quantity());
        prim.to = e.to();
        prim.selection = e.selection();
        for (Leg fee : e.fees()) {
          add(e, Type.DISPOSE, 5, fee.asset(), fee.quantity()).money = money(fee.worth());
        }
      }
      case Event.Split e -> {
        Prim prim = add(e, Type.SPLIT, 0, e.asset(), BigDecimal.ONE);
        prim.own = new Fraction(e.ratio().fresh(), e.ratio().old());
      }
      case Event.Exchanged _, Event.Gifted _, Event.Wrapped _, Event.Renamed _, Event.Allocated _ ->
          throw new IllegalArgumentException("not in these histories: " + event);
    }
  }

  private void traded(Event.Traded e) {
    boolean cashIn = CASH.contains(e.given().asset());
    boolean cashOut = CASH.contains(e.received().asset());
    Fraction value = money(cashOut || !cashIn ? e.received().worth() : e.given().worth());
    if (value == null) {
      value = money(e.given().worth());
    }
    Fraction fees = Fraction.ZERO;
    List<Prim> feeUnits = new ArrayList<>();
    for (Leg fee : e.fees()) {
      Fraction worth = money(fee.worth());
      boolean received = fee.asset().equals(e.received().asset());
      if (worth == null && value != null && received) {
        worth = value.times(Fraction.of(fee.quantity())).by(Fraction.of(e.received().quantity()));
      } else if (worth == null && value != null && fee.asset().equals(e.given().asset())) {
        worth = value.times(Fraction.of(fee.quantity())).by(Fraction.of(e.given().quantity()));
      }
      fees = sum(fees, worth);
      if (!CASH.contains(fee.asset())) {
        Prim prim = add(e, Type.DISPOSE, received ? 2 : 5, fee.asset(), fee.quantity());
        prim.money = worth;
        prim.ownLot = received;
        feeUnits.add(prim);
      }
    }
    if (!cashOut) {
      Prim in = add(e, Type.ACQUIRE, 1, e.received().asset(), e.received().quantity());
      in.money = cashIn ? sum(value, fees) : value;
    }
    if (!cashIn) {
      Prim out = add(e, Type.DISPOSE, 4, e.given().asset(), e.given().quantity());
      out.money = value;
      out.costs = fees;
      out.selection = e.selection();
    }
  }
}
