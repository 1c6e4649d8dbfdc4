package io.tallystick.costbasis.engine;

import io.tallystick.costbasis.AcquisitionKind;
import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Amount.Cause;
import io.tallystick.costbasis.Amount.Known;
import io.tallystick.costbasis.DisposalKind;
import io.tallystick.costbasis.Event;
import io.tallystick.costbasis.IncomeKind;
import io.tallystick.costbasis.Issue;
import io.tallystick.costbasis.Leg;
import io.tallystick.costbasis.Line;
import io.tallystick.costbasis.OpenLot;
import io.tallystick.costbasis.Rules;
import io.tallystick.costbasis.Selection;
import io.tallystick.costbasis.Settings;
import io.tallystick.costbasis.Source;
import io.tallystick.costbasis.engine.Lot.Gift;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** Turns one event into primitive operations: values, fees and recognition are decided here. */
final class Expansion {

  private final Settings settings;
  private final Rules rules;
  private final Fees fees;
  private final boolean disposeFirst;

  Expansion(Settings settings) {
    this.settings = settings;
    this.rules = settings.rules();
    this.fees = new Fees(settings);
    this.disposeFirst = rules.sameInstant() == Rules.SameInstant.AS_GIVEN;
  }

  void expand(Event event, List<Op> into) {
    switch (event) {
      case Event.Traded e -> traded(e, into);
      case Event.Exchanged e -> new Baskets(settings, fees).exchanged(e, into);
      case Event.Acquired e -> acquired(e, into);
      case Event.Gifted e -> gifted(e, into);
      case Event.Disposed e -> disposed(e, into);
      case Event.Earned e -> earned(e, into);
      case Event.Transferred e -> transferred(e, into);
      case Event.Wrapped e -> wrapped(e, into);
      case Event.Split e -> into.add(new Op.Rename(e.source(), e.asset(), e.asset(), e.ratio()));
      case Event.Renamed e -> into.add(new Op.Rename(e.source(), e.asset(), e.to(), e.ratio()));
      case Event.Allocated e -> into.add(new Op.Allocate(e.source(), e.asset(), e.shares()));
    }
  }

  private void traded(Event.Traded e, List<Op> into) {
    Leg given = e.given();
    Leg received = e.received();
    boolean cashGiven = fees.cash(given.asset());
    boolean cashReceived = fees.cash(received.asset());
    Amount givenWorth = fees.worth(given);
    Amount receivedWorth = fees.worth(received);
    Amount proceeds = receivedWorth.or(givenWorth);
    Amount cost = proceeds;
    if (cashGiven) {
      cost = givenWorth.or(receivedWorth);
    } else if (!cashReceived) {
      flagDifference(e.source(), given, givenWorth, receivedWorth, into);
      cost = rules.swapValue() == Rules.SwapValue.RECEIVED ? cost : givenWorth.or(receivedWorth);
      proceeds = rules.swapValue() == Rules.SwapValue.GIVEN ? cost : proceeds;
    }
    Amount fee = fees.total(e.fees(), given, proceeds, received, cost);
    Amount toCost = Amount.Known.ZERO;
    Amount toProceeds = Amount.Known.ZERO;
    if (rules.swapFee() != Rules.SwapFee.EXPENSE) {
      toCost = cashGiven ? fee : cashReceived ? Amount.Known.ZERO : fees.swapFeeToCost(fee);
      toProceeds = cashGiven ? Amount.Known.ZERO : fee.minus(toCost);
    }
    Op acquire =
        new Op.Acquire(
            e.source(),
            cashGiven ? AcquisitionKind.PURCHASE : AcquisitionKind.SWAP,
            received.asset(),
            received.quantity(),
            cost.plus(toCost),
            e.source().at());
    Op dispose =
        new Op.Dispose(
            e.source(),
            cashReceived ? DisposalKind.SALE : DisposalKind.SWAP,
            given.asset(),
            given.quantity(),
            proceeds,
            toProceeds,
            e.selection(),
            true,
            Op.DISPOSE);
    if (!cashGiven && disposeFirst) {
      into.add(dispose);
    }
    if (!cashReceived) {
      into.add(acquire);
    }
    if (!cashGiven && !disposeFirst) {
      into.add(dispose);
    }
    for (Leg leg : e.fees()) {
      fees.units(
          e.source(), leg, fees.feeWorth(leg, given, proceeds, received, cost), received, into);
    }
  }

  private static void flagDifference(
      Source source, Leg given, Amount givenWorth, Amount receivedWorth, List<Op> into) {
    if (givenWorth instanceof Known(BigDecimal a) && receivedWorth instanceof Known(BigDecimal b)) {
      BigDecimal difference = a.subtract(b).abs();
      if (difference.signum() != 0
          && difference.compareTo(a.max(b).multiply(Rules.VALUE_TOLERANCE)) > 0) {
        into.add(
            new Op.Say(
                new Issue(
                    Issue.Kind.VALUES_DIFFER,
                    source,
                    given.asset(),
                    given.quantity(),
                    Amount.of(difference))));
      }
    }
  }

  private void acquired(Event.Acquired e, List<Op> into) {
    if (fees.cash(e.leg().asset())) {
      return;
    }
    Leg leg = e.leg();
    // A gift of which nobody has said what it cost the giver, and when.
    boolean carried =
        e.kind() == AcquisitionKind.GIFT && rules.gifts().received() != Rules.GiftReceived.VALUE;
    Amount cost =
        carried
            ? Amount.unknown(Cause.MISSING_COST, e.source().entry())
            : leg.worth().plus(fees.itemised(e.fees()));
    Instant acquired = carried ? OpenLot.UNDATED : e.acquired();
    into.add(new Op.Acquire(e.source(), e.kind(), leg.asset(), leg.quantity(), cost, acquired));
    if (e.kind() == AcquisitionKind.UNLINKED_DEPOSIT) {
      into.add(issue(Issue.Kind.UNLINKED_DEPOSIT, e.source(), leg, cost));
    } else if (e.kind() == AcquisitionKind.CORRECTION) {
      into.add(issue(Issue.Kind.CORRECTION, e.source(), leg, cost));
    }
    for (Leg fee : e.fees()) {
      fees.units(e.source(), fee, fees.worth(fee), leg, into);
    }
  }

  private void gifted(Event.Gifted e, List<Op> into) {
    Leg leg = e.leg();
    Gift gift =
        rules.gifts().received() == Rules.GiftReceived.CARRIED_OR_LOWER
                && leg.worth() instanceof Known(BigDecimal cost)
                && cost.signum() > 0
            ? new Gift(e.valueAtGift(), cost)
            : null;
    into.add(
        new Op.Acquire(
            e.source(),
            AcquisitionKind.GIFT,
            leg.asset(),
            leg.quantity(),
            leg.worth(),
            e.acquired(),
            gift));
  }

  private void disposed(Event.Disposed e, List<Op> into) {
    Leg leg = e.leg();
    if (fees.cash(leg.asset())) {
      return;
    }
    boolean recognised =
        switch (e.kind()) {
          case GIFT -> rules.gifts().gift();
          case DONATION -> rules.gifts().donation();
          case LOST, CORRECTION -> false;
          case SALE, SWAP, FEE, NETWORK_FEE, PAYMENT, LIQUIDATION, SETTLEMENT, MIXED -> true;
        };
    into.add(
        new Op.Dispose(
            e.source(),
            e.kind(),
            leg.asset(),
            leg.quantity(),
            leg.worth(),
            fees.itemised(e.fees()),
            e.selection(),
            recognised,
            Op.DISPOSE));
    if (e.kind() == DisposalKind.CORRECTION) {
      into.add(issue(Issue.Kind.CORRECTION, e.source(), leg, leg.worth()));
    }
    for (Leg fee : e.fees()) {
      fees.units(e.source(), fee, fees.worth(fee), Fees.NOTHING, into);
    }
  }

  private void earned(Event.Earned e, List<Op> into) {
    Leg leg = e.leg();
    Amount value = fees.worth(leg);
    Rules.Receipt receipt = fees.cash(leg.asset()) ? Rules.Receipt.INCOME : receipt(e.kind());
    Instant at = e.source().at();
    String asset = leg.asset();
    switch (receipt) {
      case INCOME -> {
        income(e.source(), e.kind(), leg, value, into);
        if (!fees.cash(asset)) {
          AcquisitionKind kind = AcquisitionKind.INCOME;
          into.add(new Op.Acquire(e.source(), kind, asset, leg.quantity(), value, at));
        }
      }
      case FREE -> {
        AcquisitionKind kind = AcquisitionKind.FREE;
        into.add(new Op.Acquire(e.source(), kind, asset, leg.quantity(), Amount.Known.ZERO, at));
      }
      case DECLARED -> {
        Amount cost = Amount.unknown(Cause.FORK_COST, e.source().entry());
        AcquisitionKind kind = AcquisitionKind.FREE;
        into.add(new Op.Acquire(e.source(), kind, asset, leg.quantity(), cost, at));
      }
    }
  }

  private Rules.Receipt receipt(IncomeKind kind) {
    return switch (kind) {
      case AIRDROP -> rules.receipts().airdrop();
      case AIRDROP_FOR_SERVICE -> rules.receipts().airdropForService();
      case FORK -> rules.receipts().fork();
      case STAKING, INTEREST, MINING, REFERRAL, REBATE, OTHER -> Rules.Receipt.INCOME;
    };
  }

  private static void income(Source source, IncomeKind kind, Leg leg, Amount value, List<Op> into) {
    into.add(new Op.Say(new Line.Income(source, leg.asset(), leg.quantity(), kind, value)));
    if (!value.known()) {
      into.add(issue(Issue.Kind.MISSING_PRICE, source, leg, value));
    }
  }

  private void transferred(Event.Transferred e, List<Op> into) {
    if (!fees.cash(e.asset())) {
      into.add(new Op.Move(e.source(), e.to(), e.asset(), e.quantity(), e.selection()));
    }
    for (Leg fee : e.fees()) {
      if (fees.cash(fee.asset())) {
        continue;
      }
      into.add(
          new Op.Dispose(
              e.source(),
              DisposalKind.NETWORK_FEE,
              fee.asset(),
              fee.quantity(),
              fees.worth(fee),
              Amount.Known.ZERO,
              Selection.NONE,
              rules.networkFee() == Rules.NetworkFee.DISPOSE,
              Op.FEE));
    }
  }

  private void wrapped(Event.Wrapped e, List<Op> into) {
    boolean even = e.given().quantity().compareTo(e.received().quantity()) == 0;
    boolean carry =
        switch (rules.wrap()) {
          case SWAP -> false;
          case CARRY -> true;
          case BY_RATIO -> even;
        };
    Amount value = fees.worth(e.received()).or(fees.worth(e.given()));
    into.add(issue(Issue.Kind.WRAP_ASSUMED, e.source(), e.given(), value));
    // Rules that look ahead have no lots to carry over.
    if (!carry || settings.method().looksAhead()) {
      Source s = e.source();
      traded(new Event.Traded(s, e.given(), e.received(), e.fees(), Selection.NONE), into);
      return;
    }
    Leg given = e.given();
    Leg received = e.received();
    into.add(
        new Op.Carry(
            e.source(), given.asset(), given.quantity(), received.asset(), received.quantity()));
    for (Leg fee : e.fees()) {
      fees.units(e.source(), fee, fees.worth(fee), Fees.NOTHING, into);
    }
  }

  static Op issue(Issue.Kind kind, Source source, Leg leg, Amount money) {
    return new Op.Say(new Issue(kind, source, leg.asset(), leg.quantity(), money));
  }
}
