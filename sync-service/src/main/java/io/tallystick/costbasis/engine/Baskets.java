package io.tallystick.costbasis.engine;

import io.tallystick.costbasis.AcquisitionKind;
import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Amount.Known;
import io.tallystick.costbasis.DisposalKind;
import io.tallystick.costbasis.Event;
import io.tallystick.costbasis.Leg;
import io.tallystick.costbasis.Rules;
import io.tallystick.costbasis.Selection;
import io.tallystick.costbasis.Settings;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Several assets for several: one value, split over each side by the legs' own worths. */
final class Baskets {

  private final Rules rules;
  private final Fees fees;

  Baskets(Settings settings, Fees fees) {
    this.rules = settings.rules();
    this.fees = fees;
  }

  void exchanged(Event.Exchanged e, List<Op> into) {
    List<Leg> given = lots(e.given());
    List<Leg> received = lots(e.received());
    Amount givenTotal = sum(e.given());
    Amount receivedTotal = sum(e.received());
    Amount in = receivedTotal.or(givenTotal);
    Amount out = rules.swapValue() == Rules.SwapValue.RECEIVED ? in : givenTotal.or(receivedTotal);
    if (rules.swapValue() == Rules.SwapValue.GIVEN) {
      in = out;
    }
    List<Amount> proceeds = split(in.minus(cash(e.given())), given);
    List<Amount> costs = split(out.minus(cash(e.received())), received);
    Amount fee = fees.itemised(e.fees());
    Amount toCost =
        given.isEmpty() ? fee : received.isEmpty() ? Amount.Known.ZERO : fees.swapFeeToCost(fee);
    List<Amount> sellingCosts = splitFee(fee.minus(toCost), given);
    List<Amount> buyingCosts = splitFee(toCost, received);
    DisposalKind kind = received.isEmpty() ? DisposalKind.SALE : DisposalKind.SWAP;
    for (int i = 0; i < given.size(); i++) {
      Leg leg = given.get(i);
      into.add(
          new Op.Dispose(
              e.source(),
              kind,
              leg.asset(),
              leg.quantity(),
              proceeds.get(i),
              sellingCosts.get(i),
              Selection.NONE,
              true,
              Op.DISPOSE));
    }
    for (int i = 0; i < received.size(); i++) {
      Leg leg = received.get(i);
      into.add(
          new Op.Acquire(
              e.source(),
              given.isEmpty() ? AcquisitionKind.PURCHASE : AcquisitionKind.SWAP,
              leg.asset(),
              leg.quantity(),
              costs.get(i).plus(buyingCosts.get(i)),
              e.source().at()));
    }
    for (Leg leg : e.fees()) {
      Leg from =
          received.stream()
              .filter(r -> r.asset().equals(leg.asset()))
              .findFirst()
              .orElse(Fees.NOTHING);
      fees.units(e.source(), leg, fees.worth(leg), from, into);
    }
  }

  private List<Leg> lots(List<Leg> legs) {
    return legs.stream().filter(leg -> !fees.cash(leg.asset())).toList();
  }

  private Amount sum(List<Leg> legs) {
    return legs.stream().map(fees::worth).reduce(Amount.Known.ZERO, Amount::plus);
  }

  private Amount cash(List<Leg> legs) {
    return sum(legs.stream().filter(leg -> fees.cash(leg.asset())).toList());
  }

  /** By worth; the last takes the remainder. Without every worth each keeps its own. */
  private List<Amount> split(Amount total, List<Leg> legs) {
    if (legs.size() == 1) {
      return List.of(total);
    }
    if (!(sum(legs) instanceof Known(BigDecimal whole)) || whole.signum() == 0 || !total.known()) {
      return legs.stream().map(fees::worth).toList();
    }
    return byWorth(total, legs, whole);
  }

  /** By worth too, but a fee is never lost: without every worth the first leg bears it all. */
  private List<Amount> splitFee(Amount fee, List<Leg> legs) {
    if (sum(legs) instanceof Known(BigDecimal whole) && whole.signum() != 0 && fee.known()) {
      return byWorth(fee, legs, whole);
    }
    List<Amount> parts = new ArrayList<>();
    for (int i = 0; i < legs.size(); i++) {
      parts.add(i == 0 ? fee : Amount.Known.ZERO);
    }
    return parts;
  }

  private List<Amount> byWorth(Amount total, List<Leg> legs, BigDecimal whole) {
    List<Amount> parts = new ArrayList<>(legs.size());
    Amount rest = total;
    for (int i = 0; i < legs.size(); i++) {
      boolean last = i == legs.size() - 1;
      if (!last && fees.worth(legs.get(i)) instanceof Known(BigDecimal worth)) {
        Amount part = total.share(worth, whole);
        parts.add(part);
        rest = rest.minus(part);
      } else {
        parts.add(rest);
      }
    }
    return parts;
  }
}
