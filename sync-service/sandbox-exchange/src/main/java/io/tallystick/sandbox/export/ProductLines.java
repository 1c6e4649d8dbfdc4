package io.tallystick.sandbox.export;

import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.CashEvent;
import io.tallystick.sandbox.account.EarnEvent;
import io.tallystick.sandbox.account.EarnEvent.Interest;
import io.tallystick.sandbox.account.Move;
import io.tallystick.sandbox.account.SwapEvent;
import io.tallystick.sandbox.account.Wallet;
import java.util.ArrayList;
import java.util.List;

/**
 * Recurring buys, interest and the futures wallet: pages that tell what the statement tells too.
 */
final class ProductLines {
  private final Account account;
  private final Style style;

  ProductLines(Account account, Style style) {
    this.account = account;
    this.style = style;
  }

  static List<String> runHeader(Style style) {
    return style.isCurrent()
        ? List.of("Time", "Holding Coin", "Amount Per Period", "Trading Fee", "Units", "Status")
        : List.of(
            "Auto-Invest Date(UTC)",
            "Holding Coin",
            "Amount per period",
            "Trading Fee",
            "Units",
            "From",
            "Status");
  }

  List<Line> runs() {
    List<Line> lines = new ArrayList<>();
    for (SwapEvent.PlanRun run : account.events(SwapEvent.PlanRun.class)) {
      List<String> cells = new ArrayList<>();
      cells.add(style.time(run.time()));
      cells.add(run.target());
      cells.add(style.spaced(run.spent(), run.source()));
      cells.add(run.fee() == 0 ? "--" : style.spaced(run.fee(), run.source()));
      cells.add(style.spaced(run.moves().isEmpty() ? 0 : run.bought(), run.target()));
      if (!style.isCurrent()) {
        cells.add("Spot Wallet");
      }
      cells.add(run.moves().isEmpty() ? "Failed" : "Success");
      lines.add(new Line(run.time(), cells));
    }
    return lines;
  }

  static List<String> interestHeader() {
    return List.of("Date(UTC)", "Product Name", "Coin", "Amount");
  }

  /** What accrues inside the product is not on this page. */
  List<Line> interest() {
    List<Line> lines = new ArrayList<>();
    for (EarnEvent.FlexibleReward reward : account.events(EarnEvent.FlexibleReward.class)) {
      if (reward.interest() != Interest.REALTIME) {
        lines.add(
            Line.of(
                reward.time(),
                style.time(reward.time()),
                reward.asset() + " Flexible",
                reward.asset(),
                style.number(reward.amount())));
      }
    }
    return lines;
  }

  static List<String> futuresHeader(Style style) {
    return List.of(
        style.isCurrent() ? "Time" : "Date(UTC)",
        style.isCurrent() ? "Type" : "type",
        "Amount",
        "Asset",
        "Symbol",
        "Transaction ID");
  }

  /** Only transfers: nothing is traded in that wallet. */
  List<Line> futures() {
    List<Line> lines = new ArrayList<>();
    for (CashEvent.Transfer transfer : account.events(CashEvent.Transfer.class)) {
      for (Move move : transfer.moves()) {
        if (move.wallet() == Wallet.USD_M_FUTURES) {
          lines.add(
              Line.of(
                  transfer.time(),
                  style.time(transfer.time()),
                  "TRANSFER",
                  style.change(move.units()),
                  move.asset(),
                  "",
                  Long.toString(transfer.tranId())));
        }
      }
    }
    return lines;
  }
}
