package io.tallystick.sandbox.export;

import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.Deposit;
import io.tallystick.sandbox.account.SwapEvent;
import io.tallystick.sandbox.account.Withdrawal;
import io.tallystick.sandbox.market.Units;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Deposits and withdrawals, of which no file names the wallet, and conversions, which have no id.
 */
final class CashLines {
  private static final long MINUTE = 60_000;

  private final Account account;
  private final Style style;

  CashLines(Account account, Style style) {
    this.account = account;
    this.style = style;
  }

  static List<String> depositHeader(Style style) {
    return List.of(first(style), "Coin", "Network", "Amount", "Address", "TXID", "Status");
  }

  static List<String> withdrawalHeader(Style style) {
    return List.of(first(style), "Coin", "Network", "Amount", "Fee", "Address", "TXID", "Status");
  }

  static List<String> convertHeader(Style style) {
    String first = style.isCurrent() ? "Time" : "Date";
    return List.of(
        first,
        "Wallet",
        "Pair",
        "Type",
        "Sell",
        "Buy",
        "Price",
        "Inverse Price",
        "Date Updated",
        "Status");
  }

  private static String first(Style style) {
    return style.isCurrent() ? "Time" : "Date(UTC+0)";
  }

  List<Line> deposits() {
    List<Line> lines = new ArrayList<>();
    for (Deposit deposit : account.deposits()) {
      lines.add(
          Line.of(
              deposit.insertTime(),
              style.time(deposit.insertTime()),
              deposit.coin(),
              deposit.network(),
              style.number(deposit.amount()),
              deposit.address(),
              txid(deposit.txId()),
              deposit.credited() ? "Completed" : status(deposit.status())));
    }
    return lines;
  }

  // What came to nothing has no other word in these files.
  private static String status(int status) {
    return status == 2 || status == 7 ? "Rejected" : "Pending";
  }

  List<Line> withdrawals() {
    List<Line> lines = new ArrayList<>();
    for (Withdrawal withdrawal : account.withdrawals()) {
      // Today's files show when it was sent, those of former years when it was asked for.
      long late = withdrawal.amount() % 26 * MINUTE;
      long time = withdrawal.applyTime() + (style.isCurrent() ? late : 0);
      lines.add(
          Line.of(
              withdrawal.applyTime(),
              style.time(time),
              withdrawal.coin(),
              withdrawal.network(),
              style.number(withdrawal.amount()),
              style.number(withdrawal.fee()),
              withdrawal.address(),
              txid(withdrawal.txId()),
              withdrawal.completed()
                  ? "Completed"
                  : withdrawal.pending() ? "Processing" : "Cancelled"));
    }
    return lines;
  }

  // The case of hashes varies between the years.
  private String txid(String txid) {
    boolean hash = txid.matches("(0x)?[0-9a-f]{64}");
    return hash && !style.isCurrent() ? txid.toUpperCase(Locale.ROOT).replace("0X", "0x") : txid;
  }

  List<Line> converts() {
    List<Line> lines = new ArrayList<>();
    for (SwapEvent.Convert convert : account.events(SwapEvent.Convert.class)) {
      lines.add(
          Line.of(
              convert.time(),
              style.time(convert.time()),
              style.isCurrent() ? "SPOT" : "Spot Wallet",
              convert.from() + convert.to(),
              "Market",
              style.spaced(convert.fromAmount(), convert.from()),
              style.spaced(convert.toAmount(), convert.to()),
              rate(convert.from(), convert.fromAmount(), convert.to(), convert.toAmount()),
              rate(convert.to(), convert.toAmount(), convert.from(), convert.fromAmount()),
              style.time(StatementLines.settled(convert)),
              convert.status().equals("SUCCESS") ? "Successful" : "Expired"));
    }
    return lines;
  }

  private static String rate(String from, long given, String to, long received) {
    String rate =
        Units.decimal(received)
            .divide(Units.decimal(given), 8, RoundingMode.DOWN)
            .stripTrailingZeros()
            .toPlainString();
    return "1 " + from + " = " + rate + " " + to;
  }
}
