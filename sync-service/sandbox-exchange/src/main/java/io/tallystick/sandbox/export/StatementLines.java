package io.tallystick.sandbox.export;

import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.CashEvent;
import io.tallystick.sandbox.account.Deposit;
import io.tallystick.sandbox.account.EarnEvent;
import io.tallystick.sandbox.account.Event;
import io.tallystick.sandbox.account.Fill;
import io.tallystick.sandbox.account.IncomeEvent;
import io.tallystick.sandbox.account.Move;
import io.tallystick.sandbox.account.SwapEvent;
import io.tallystick.sandbox.account.Wallet;
import io.tallystick.sandbox.account.Withdrawal;
import io.tallystick.sandbox.market.Listing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The statement: what every event did to every wallet, and nothing else, so that its sums are the
 * balances. Only interest that grows inside a product has no row, as at the venue. Legs are
 * sometimes summed, late, or some seconds apart, always in the same way for the same event.
 */
final class StatementLines {
  private static final long SECOND = 1_000;

  private final Account account;
  private final Style style;
  private final List<Line> lines = new ArrayList<>();

  StatementLines(Account account, Style style) {
    this.account = account;
    this.style = style;
  }

  static List<String> header(Style style) {
    String user = style.isCurrent() ? "User ID" : "User_ID";
    String time = style.isCurrent() ? "Time" : "UTC_Time";
    return List.of(user, time, "Account", "Operation", "Coin", "Change", "Remark");
  }

  List<Line> all() {
    for (Listing listing : account.symbols()) {
      trades(listing);
    }
    for (Deposit deposit : account.deposits()) {
      if (deposit.credited()) {
        long credited = deposit.insertTime() + deposit.amount() % 20 * SECOND;
        add(credited, deposit.wallet(), "Deposit", deposit.coin(), deposit.amount(), "");
      }
    }
    for (Withdrawal withdrawal : account.withdrawals()) {
      if (withdrawal.completed()) {
        String remark = withdrawal.fee() > 0 ? "Withdraw fee is included" : "";
        add(
            withdrawal.applyTime(),
            withdrawal.wallet(),
            "Withdraw",
            withdrawal.coin(),
            -withdrawal.total(),
            remark);
      }
    }
    account.events(Event.class).forEach(this::event);
    return lines;
  }

  /** When a conversion reached the balances. */
  static long settled(SwapEvent.Convert convert) {
    return convert.time() + convert.fromAmount() % 3 * SECOND;
  }

  private record Leg(long second, String operation, String asset) {}

  // Of every third order the legs of a second are summed; of every fifth the fee is a second late.
  private void trades(Listing listing) {
    Map<Long, Map<Leg, Long>> sums = new LinkedHashMap<>();
    for (Fill fill : account.fills(listing.symbol())) {
      boolean summed = fill.orderId() % 3 == 0;
      Map<Leg, Long> legs =
          summed
              ? sums.computeIfAbsent(fill.orderId(), _ -> new LinkedHashMap<>())
              : new LinkedHashMap<>();
      String base = listing.base().name();
      String quote = listing.quote().name();
      long second = fill.time() / SECOND * SECOND;
      boolean buy = fill.buyer();
      leg(legs, second, buy ? bought() : sold(), base, buy ? fill.quantity() : -fill.quantity());
      leg(legs, second, buy ? spent() : revenue(), quote, buy ? -fill.quote() : fill.quote());
      long late = fill.orderId() % 5 == 0 ? SECOND : 0;
      leg(legs, second + late, fee(), fill.feeAsset(), -fill.fee());
      if (!summed) {
        write(legs);
      }
    }
    sums.values().forEach(this::write);
  }

  private static void leg(
      Map<Leg, Long> legs, long second, String operation, String asset, long units) {
    legs.merge(new Leg(second, operation, asset), units, Math::addExact);
  }

  private void write(Map<Leg, Long> legs) {
    legs.forEach(
        (leg, units) -> add(leg.second(), Wallet.SPOT, leg.operation(), leg.asset(), units, ""));
  }

  private String bought() {
    return style.isCurrent() ? "Transaction Buy" : "Buy";
  }

  private String spent() {
    return style.isCurrent() ? "Transaction Spend" : "Transaction Related";
  }

  private String sold() {
    return style.isCurrent() ? "Transaction Sold" : "Sell";
  }

  private String revenue() {
    return style.isCurrent() ? "Transaction Revenue" : "Transaction Related";
  }

  private String fee() {
    return style.isCurrent() ? "Transaction Fee" : "Fee";
  }

  private void event(Event event) {
    int n = 0;
    for (Move move : event.moves()) {
      add(time(event, n++), move, operation(event, move), remark(event));
    }
  }

  // The two sides of a conversion may be half a minute apart.
  private static long time(Event event, int n) {
    return event instanceof SwapEvent.Convert convert
        ? settled(convert) + (n == 0 ? 0 : convert.toAmount() % 30 * SECOND)
        : event.time();
  }

  private String operation(Event event, Move move) {
    return switch (event) {
      case SwapEvent.Convert _ -> style.isCurrent() ? "Binance Convert" : "Large OTC trading";
      case SwapEvent.Dust _ ->
          style.isCurrent() ? "Small Assets Exchange BNB (Spot)" : "Small assets exchange BNB";
      case SwapEvent.PlanRun _ -> "Auto-Invest Transaction";
      case CashEvent.FiatOrder order -> order.withdrawal() ? "Fiat Withdraw" : "Fiat Deposit";
      case CashEvent.FiatPayment payment ->
          payment.sell() ? "Sell Crypto To Fiat" : "Buy Crypto With Fiat";
      case CashEvent.PeerTrade _ -> "P2P Trading";
      case CashEvent.Payment _ -> "Binance Pay";
      case CashEvent.Transfer transfer -> transfer(transfer);
      case EarnEvent.FlexibleSubscription _ -> "Simple Earn Flexible Subscription";
      case EarnEvent.FlexibleRedemption _ -> "Simple Earn Flexible Redemption";
      case EarnEvent.FlexibleReward _ ->
          move.wallet() == Wallet.SPOT ? "Simple Earn Flexible Interest" : "";
      case EarnEvent.LockedSubscription _ -> "Simple Earn Locked Subscription";
      case EarnEvent.LockedRedemption _ -> "Simple Earn Locked Redemption";
      case EarnEvent.LockedReward _ -> "Simple Earn Locked Rewards";
      case IncomeEvent.Dividend dividend -> given(dividend);
      case IncomeEvent.Rebate rebate ->
          rebate.type() == 1 ? "Commission Rebate" : "Referral Kickback";
    };
  }

  private static String given(IncomeEvent.Dividend dividend) {
    String text = dividend.text();
    return text.contains("token swap")
        ? "Token Swap - Redenomination/Rebranding"
        : text.contains("HODLer")
            ? "HODLer Airdrops Distribution"
            : text.contains("Launchpool") ? "Launchpool Airdrop" : "Airdrop Assets";
  }

  private static String transfer(CashEvent.Transfer transfer) {
    return switch (transfer.from() == Wallet.SPOT ? transfer.to() : transfer.from()) {
      case CROSS_MARGIN -> "Transfer Between Main Account/Futures and Margin Account";
      case USD_M_FUTURES -> "Transfer Between Spot and UM Futures";
      case SPOT, FUNDING, EARN_FLEXIBLE, EARN_LOCKED -> "Transfer Between Spot and Funding";
    };
  }

  private static String remark(Event event) {
    return switch (event) {
      case CashEvent.PeerTrade trade -> "P2P - " + trade.orderNumber();
      case CashEvent.FiatPayment payment -> payment.orderNo();
      case CashEvent.Payment _ -> "Binance Pay";
      case EarnEvent _ -> "Binance Earn";
      case CashEvent _, SwapEvent _, IncomeEvent _ -> "";
    };
  }

  private void add(long time, Move move, String operation, String remark) {
    if (!operation.isEmpty()) {
      String coin = move.wallet() == Wallet.EARN_FLEXIBLE ? "LD" + move.asset() : move.asset();
      add(time, move.wallet(), operation, coin, move.units(), remark);
    }
  }

  private void add(
      long time, Wallet wallet, String operation, String coin, long units, String remark) {
    if (units != 0) {
      String shown = remark.isEmpty() && !style.isCurrent() ? "\"\"" : remark;
      lines.add(
          Line.of(
              time,
              Long.toString(account.uid()),
              style.time(time),
              name(wallet),
              operation,
              coin,
              style.change(units),
              shown));
    }
  }

  private String name(Wallet wallet) {
    return switch (wallet) {
      case SPOT -> "Spot";
      case FUNDING -> "Funding";
      case EARN_FLEXIBLE, EARN_LOCKED -> "Earn";
      case CROSS_MARGIN -> style.isCurrent() ? "Cross Margin" : "CrossMargin";
      case USD_M_FUTURES -> style.isCurrent() ? "USD-M Futures" : "USDT-Futures";
    };
  }
}
