package io.tallystick.venue.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.sandbox.DemoAccount;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.account.CashEvent;
import io.tallystick.sandbox.account.EarnEvent;
import io.tallystick.sandbox.account.Event;
import io.tallystick.sandbox.account.IncomeEvent;
import io.tallystick.sandbox.account.PlanAnswers;
import io.tallystick.sandbox.account.SwapEvent;
import io.tallystick.sandbox.account.Variety;
import io.tallystick.sandbox.account.Wallet;
import io.tallystick.venue.Stream;
import io.tallystick.venue.binance.reading.HistoryStream;
import io.tallystick.venue.binance.reading.Paging;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * An account so busy that every list has more rows in a window, and in a page, than the venue hands
 * out at once: all of them arrive, in virtual time, or a gap tells which did not.
 */
final class CrowdedAccountTest {
  private static final int EACH = 1_300;
  private static final int DAYS = 100;
  private static final Instant EARLIEST = Instant.parse("2026-06-01T00:00:00Z");

  @Test
  void everyStreamHasMoreThanAPageCarriesAndNoRowIsMissing() {
    SandboxWalk walk = new SandboxWalk(DemoAccount.READ_ONLY, EARLIEST);
    Account account = DemoAccount.open(walk.exchange, plan());
    account.planAnswers(PlanAnswers.SERVED);
    walk.everything();

    Map<String, Integer> missing = new TreeMap<>();
    expected(account)
        .forEach((stream, rows) -> {
          int read = walk.records.getOrDefault(stream, 0);
          if (read != rows) {
            missing.put(stream, rows - read);
          }
        });
    // The newest hundred are all that the venue hands out of these, and it says so nowhere.
    int dust = account.events(SwapEvent.Dust.class).size();
    assertEquals(Map.of("dust", dust - 100), missing);
    assertEquals(Set.of("dust "), walk.lost.keySet());
    crowded(walk);
    assertTrue(account.holdings(Wallet.EARN_LOCKED).size() >= 4);
  }

  private static AccountPlan plan() {
    return new AccountPlan(
        "demo",
        3,
        4,
        0,
        0,
        400,
        3_000,
        3_000,
        20,
        2,
        DAYS,
        Variety.of(EACH).within(DAYS).withBursts(0, 0, 1_500).withPlanRuns(600));
  }

  // A list that its limits never touched would show nothing.
  private static void crowded(SandboxWalk walk) {
    for (Stream stream : walk.venue.streams()) {
      if (stream instanceof HistoryStream history
          && !stream.name().equals("spot-snapshots")
          && !(history.paging().paging() instanceof Paging.Newest)) {
        long windows =
            stream.parts().size() * (Duration.ofDays(155).dividedBy(history.paging().span()) + 1);
        int rows = walk.records.getOrDefault(stream.name(), 0);
        int calls = walk.calls.getOrDefault(stream.name(), 0);
        assertTrue(rows > history.paging().paging().limit(), stream.name() + " " + rows);
        assertTrue(calls > windows, stream.name() + " " + calls + " calls");
      }
    }
  }

  private static Map<String, Integer> expected(Account account) {
    Map<String, Integer> rows = new TreeMap<>();
    rows.put("deposits", account.deposits().size());
    rows.put("withdrawals", account.withdrawals().size());
    rows.put("converts", count(account, SwapEvent.Convert.class));
    rows.put("dust", count(account, SwapEvent.Dust.class));
    rows.put("dividends", count(account, IncomeEvent.Dividend.class));
    rows.put("rebates", count(account, IncomeEvent.Rebate.class));
    rows.put("fiat-orders", count(account, CashEvent.FiatOrder.class));
    rows.put("fiat-payments", count(account, CashEvent.FiatPayment.class));
    rows.put("peer-trades", count(account, CashEvent.PeerTrade.class));
    rows.put("payments", count(account, CashEvent.Payment.class));
    rows.put("wallet-transfers", count(account, CashEvent.Transfer.class));
    rows.put("flexible-rewards", count(account, EarnEvent.FlexibleReward.class));
    rows.put("flexible-subscriptions", count(account, EarnEvent.FlexibleSubscription.class));
    rows.put("flexible-redemptions", count(account, EarnEvent.FlexibleRedemption.class));
    rows.put("locked-subscriptions", count(account, EarnEvent.LockedSubscription.class));
    rows.put("locked-redemptions", count(account, EarnEvent.LockedRedemption.class));
    rows.put("locked-rewards", count(account, EarnEvent.LockedReward.class));
    rows.put("auto-invest-runs", count(account, SwapEvent.PlanRun.class));
    return rows;
  }

  private static <E extends Event> int count(Account account, Class<E> kind) {
    return account.events(kind).size();
  }
}
