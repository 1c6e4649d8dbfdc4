package io.tallystick.costbasis.engine;

import io.tallystick.costbasis.AcquisitionKind;
import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.DisposalKind;
import io.tallystick.costbasis.Leg;
import io.tallystick.costbasis.Line;
import io.tallystick.costbasis.Rules;
import io.tallystick.costbasis.Selection;
import io.tallystick.costbasis.Settings;
import io.tallystick.costbasis.Source;
import java.math.BigDecimal;
import java.util.List;

/** What fees are worth, where they go and how the units that paid them leave. */
final class Fees {

  /** No asset is called this: a fee is never withheld from it. */
  static final Leg NOTHING = new Leg("", BigDecimal.ONE, Amount.Known.ZERO);

  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  private final Settings settings;
  private final Rules rules;

  Fees(Settings settings) {
    this.settings = settings;
    this.rules = settings.rules();
  }

  boolean cash(String asset) {
    return settings.cash().contains(asset);
  }

  /** What a leg is worth: its own quantity when it is the reporting currency. */
  Amount worth(Leg leg) {
    return leg.asset().equals(settings.currency()) ? Amount.of(leg.quantity()) : leg.worth();
  }

  /** The part of an asset-for-asset trade's fee that raises the cost of what was received. */
  Amount swapFeeToCost(Amount fee) {
    return switch (rules.swapFee()) {
      case DISPOSE, EXPENSE -> Amount.Known.ZERO;
      case ACQUIRE -> fee;
      case SPLIT -> fee.share(BigDecimal.ONE, TWO);
    };
  }

  Amount total(List<Leg> fees, Leg given, Amount proceeds, Leg received, Amount cost) {
    Amount sum = Amount.Known.ZERO;
    for (Leg fee : fees) {
      sum = sum.plus(feeWorth(fee, given, proceeds, received, cost));
    }
    return sum;
  }

  /** A fee in one of the trade's own assets is worth its share of that leg when nothing is told. */
  Amount feeWorth(Leg fee, Leg given, Amount proceeds, Leg received, Amount cost) {
    Amount told = worth(fee);
    if (told.known()) {
      return told;
    }
    if (fee.asset().equals(received.asset())) {
      return cost.share(fee.quantity(), received.quantity()).or(told);
    }
    if (fee.asset().equals(given.asset())) {
      return proceeds.share(fee.quantity(), given.quantity()).or(told);
    }
    return told;
  }

  /** The fee units leave, from their own lot when they were withheld; a rebate's arrive. */
  void units(Source source, Leg fee, Amount worth, Leg received, List<Op> into) {
    if (rules.swapFee() == Rules.SwapFee.EXPENSE) {
      into.add(new Op.Say(new Line.Expense(source, fee.asset(), fee.quantity(), worth)));
    }
    if (cash(fee.asset()) || fee.quantity().signum() == 0) {
      return;
    }
    if (fee.quantity().signum() < 0) {
      into.add(
          new Op.Acquire(
              source,
              AcquisitionKind.REBATE,
              fee.asset(),
              fee.quantity().negate(),
              worth.negated(),
              source.at()));
      return;
    }
    boolean own =
        rules.withheldFee() == Rules.WithheldFee.OWN_LOT && fee.asset().equals(received.asset());
    into.add(
        new Op.Dispose(
            source,
            DisposalKind.FEE,
            fee.asset(),
            fee.quantity(),
            worth,
            Amount.Known.ZERO,
            Selection.NONE,
            true,
            own ? Op.WITHHELD : Op.FEE));
  }

  /** Itemised fees of an event with one asset leg: their sum unless they are kept as expenses. */
  Amount itemised(List<Leg> fees) {
    Amount sum = Amount.Known.ZERO;
    if (rules.swapFee() != Rules.SwapFee.EXPENSE) {
      for (Leg fee : fees) {
        sum = sum.plus(worth(fee));
      }
    }
    return sum;
  }
}
