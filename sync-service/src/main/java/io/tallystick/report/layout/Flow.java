package io.tallystick.report.layout;

import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Disposal;
import io.tallystick.costbasis.DisposalKind;
import io.tallystick.costbasis.Issue;
import io.tallystick.costbasis.Line;
import io.tallystick.costbasis.Match;
import io.tallystick.costbasis.OpenLot;
import java.math.BigDecimal;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** What an asset, or a wallet of it, opened with, what came and went, and what it closed with. */
final class Flow {
  BigDecimal opening = BigDecimal.ZERO;
  BigDecimal acquired = BigDecimal.ZERO;
  BigDecimal shortfall = BigDecimal.ZERO;
  BigDecimal disposed = BigDecimal.ZERO;
  BigDecimal converted = BigDecimal.ZERO;
  BigDecimal lost = BigDecimal.ZERO;
  BigDecimal received = BigDecimal.ZERO;
  BigDecimal sent = BigDecimal.ZERO;
  BigDecimal closing = BigDecimal.ZERO;
  Amount openingCost = Amount.Known.ZERO;
  Amount acquiredCost = Amount.Known.ZERO;
  Amount disposedCost = Amount.Known.ZERO;
  Amount convertedCost = Amount.Known.ZERO;
  Amount lostCost = Amount.Known.ZERO;
  Amount denied = Amount.Known.ZERO;
  Amount receivedCost = Amount.Known.ZERO;
  Amount sentCost = Amount.Known.ZERO;
  Amount closingCost = Amount.Known.ZERO;

  void open(OpenLot lot) {
    opening = opening.add(lot.quantity());
    openingCost = openingCost.plus(lot.cost());
  }

  void close(OpenLot lot) {
    closing = closing.add(lot.quantity());
    closingCost = closingCost.plus(lot.cost());
  }

  /** Adds a line to the flows that it is about, by asset and wallet. */
  static void add(Line line, BiFunction<String, String, Flow> flows) {
    String wallet = line.source().wallet();
    switch (line) {
      case Line.Opened opened -> {
        Flow flow = flows.apply(opened.asset(), wallet);
        flow.acquired = flow.acquired.add(opened.quantity());
        flow.acquiredCost = flow.acquiredCost.plus(opened.cost());
      }
      case Disposal disposal -> out(disposal, flows);
      case Line.Converted c -> {
        Flow from = flows.apply(c.asset(), wallet);
        from.converted = from.converted.subtract(c.quantity());
        from.convertedCost = from.convertedCost.minus(c.cost());
        Flow to = flows.apply(c.to(), wallet);
        to.converted = to.converted.add(c.received());
        to.convertedCost = to.convertedCost.plus(c.cost());
      }
      case Line.Moved moved -> {
        // Between wallets that are looked at together it cancels out.
        Flow from = flows.apply(moved.asset(), wallet);
        Flow to = flows.apply(moved.asset(), moved.to());
        if (from != to) {
          from.sent = from.sent.add(moved.quantity());
          to.received = to.received.add(moved.quantity());
          for (OpenLot lot : moved.lots()) {
            from.sentCost = from.sentCost.plus(lot.cost());
            to.receivedCost = to.receivedCost.plus(lot.cost());
          }
        }
      }
      case Issue issue -> {
        // More was moved than was there: the rest arrived without a known acquisition.
        if (issue.kind() == Issue.Kind.EXCESS_TRANSFER) {
          Flow flow = flows.apply(issue.asset(), wallet);
          flow.shortfall = flow.shortfall.add(issue.quantity());
          flow.acquiredCost = flow.acquiredCost.plus(issue.money());
        } else if (issue.kind() == Issue.Kind.UNIT_COST_ROUNDED) {
          Flow flow = flows.apply(issue.asset(), wallet);
          flow.denied = flow.denied.plus(issue.money());
        }
      }
      case Line.Income _, Line.Expense _, Line.RingFenced _, Line.Pooled _ -> {}
    }
  }

  // The disposals of a day that a rule adds up may have left several wallets.
  private static void out(Disposal disposal, BiFunction<String, String, Flow> flows) {
    if (disposal.merged().isEmpty()) {
      flows
          .apply(disposal.asset(), disposal.source().wallet())
          .out(disposal.kind(), disposal.quantity());
    }
    for (Disposal.Part part : disposal.merged()) {
      flows.apply(disposal.asset(), part.source().wallet()).out(disposal.kind(), part.quantity());
    }
    Flow flow = flows.apply(disposal.asset(), disposal.source().wallet());
    flow.denied = flow.denied.plus(disposal.denied());
    for (Match match : disposal.matches()) {
      if (match.rule() == Match.Rule.MISSING || match.rule() == Match.Rule.ZERO_BASIS) {
        flow.shortfall = flow.shortfall.add(match.quantity());
      } else if (disposal.kind() == DisposalKind.LOST) {
        flow.lostCost = flow.lostCost.plus(match.cost());
      } else {
        flow.disposedCost = flow.disposedCost.plus(match.cost());
      }
    }
  }

  private void out(DisposalKind kind, BigDecimal quantity) {
    if (kind == DisposalKind.LOST) {
      lost = lost.add(quantity);
    } else {
      disposed = disposed.add(quantity);
    }
  }

  /** What it opened with and came, less what went: what there should be. */
  BigDecimal expected() {
    return opening
        .add(acquired)
        .add(shortfall)
        .add(converted)
        .add(received)
        .subtract(disposed)
        .subtract(lost)
        .subtract(sent);
  }

  /** Whether there was nothing, and nothing came or went. */
  boolean idle() {
    return Stream.of(
            opening, acquired, shortfall, converted, received, disposed, lost, sent, closing)
        .allMatch(amount -> amount.signum() == 0);
  }

  BigDecimal difference() {
    return expected().subtract(closing);
  }

  Amount costDifference() {
    return openingCost
        .plus(acquiredCost)
        .plus(convertedCost)
        .plus(denied)
        .plus(receivedCost)
        .minus(disposedCost)
        .minus(lostCost)
        .minus(sentCost)
        .minus(closingCost);
  }
}
