package io.tallystick.sandbox.account;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Plays Simple Earn. What flexible products pay to spot, and what locked ones pay, is told a second
 * time by the dividend list, as the venue does.
 */
final class EarnMaker {
  static final List<String> FLEXIBLE = List.of("USDT", "BTC", "ETH", "BNB", "SOL");
  private static final List<String> LOCKED = List.of("BNB", "ADA", "ATOM", "SOL", "USDT");
  private static final List<Integer> TERMS = List.of(30, 60, 90);
  private static final int PAY_DAYS = 5;

  private final Everyday day;
  private final Map<Long, Long> paid = new HashMap<>();
  private int flexibleIn;
  private int flexibleOut;
  private int lockedIn;
  private int lockedOut;

  EarnMaker(Everyday day) {
    this.day = day;
  }

  void plan(int each) {
    // The first money of every product comes before anything is paid on it or taken back.
    long first = day.begin() + 10 * Everyday.DAY;
    for (String asset : FLEXIBLE) {
      day.at(first + day.next() * 60_000, () -> subscribe(asset, "SUCCESS"));
    }
    day.spread(each, () -> subscribe(day.pick(FLEXIBLE), status(flexibleIn, "PURCHASING")));
    day.spread(each + 4, this::redeem);
    for (EarnEvent.Interest interest : EarnEvent.Interest.values()) {
      day.spread(each, () -> reward(interest));
    }
    day.at(day.end() - 9 * Everyday.DAY, this::twins);
    day.spread(each + 14, () -> lock(day.pick(LOCKED)));
    // No term is short enough for these to end with the history.
    for (String asset : LOCKED) {
      day.at(day.end() - 8 * Everyday.DAY, () -> lock(asset));
    }
  }

  private static String status(int number, String other) {
    return number % 9 == 7 ? other : "SUCCESS";
  }

  private void subscribe(String asset, String status) {
    int i = flexibleIn++;
    boolean both = i % 4 == 3 && day.free(Wallet.FUNDING, asset) > 100_000;
    day.happen(
        new EarnEvent.FlexibleSubscription(
            26_000 + day.next(),
            asset,
            day.some(Wallet.SPOT, asset, 20, 60),
            both ? day.some(Wallet.FUNDING, asset, 5, 20) : 0,
            i % 5 == 2 ? "AUTO" : "NORMAL",
            status,
            day.now()));
  }

  private void redeem() {
    int i = flexibleOut++;
    String asset = day.pick(FLEXIBLE);
    day.happen(
        new EarnEvent.FlexibleRedemption(
            40_000 + day.next(),
            asset,
            day.some(Wallet.EARN_FLEXIBLE, asset, 50, 250),
            i % 6 == 4 ? Wallet.FUNDING : Wallet.SPOT,
            i % 11 == 8 ? "PENDING" : "PAID",
            day.now()));
  }

  private void reward(EarnEvent.Interest interest) {
    String asset = day.pick(FLEXIBLE);
    long amount = day.free(Wallet.EARN_FLEXIBLE, asset) / 7_300 + 1 + day.random().nextInt(97);
    day.happen(new EarnEvent.FlexibleReward(day.next(), asset, amount, interest, day.now()));
    if (interest != EarnEvent.Interest.REALTIME) {
      dividend(asset, amount, "Flexible");
    }
  }

  /** Two rewards that nothing tells apart, to the millisecond, and their two dividends. */
  private void twins() {
    for (int i = 0; i < 2; i++) {
      day.happen(
          new EarnEvent.FlexibleReward(
              day.next(), "USDT", 12_345, EarnEvent.Interest.BONUS, day.now()));
      dividend("USDT", 12_345, "Flexible");
      day.happen(
          new EarnEvent.FlexibleReward(
              day.next(), "USDT", 6_789, EarnEvent.Interest.REALTIME, day.now()));
    }
  }

  private void lock(String asset) {
    int i = lockedIn++;
    int days = day.pick(TERMS);
    boolean both = i % 5 == 3 && day.free(Wallet.FUNDING, asset) > 100_000;
    EarnEvent.LockedSubscription made =
        new EarnEvent.LockedSubscription(
            123_000 + day.next(),
            26_000 + day.next(),
            asset,
            day.some(Wallet.SPOT, asset, 20, 50),
            both ? day.some(Wallet.FUNDING, asset, 5, 20) : 0,
            days,
            i % 4 == 2 ? "AUTO" : "NORMAL",
            status(i, "FAILED"),
            day.now());
    day.happen(made);
    if (made.moves().isEmpty()) {
      return;
    }
    boolean early = i % 4 == 1;
    long ends = day.now() + (early ? days / 2 : days) * Everyday.DAY + 3_600_000;
    for (int d = PAY_DAYS; d <= (early ? days / 2 : days); d += PAY_DAYS) {
      later(day.now() + d * Everyday.DAY, () -> pay(made));
    }
    later(ends, () -> unlock(made, early));
  }

  /** What would come after the end does not come; the position is still held then. */
  private void later(long time, Runnable what) {
    if (time < day.end() - Everyday.DAY) {
      day.at(time, what);
    }
  }

  private void pay(EarnEvent.LockedSubscription on) {
    long amount = on.amount() / 4_100 + day.random().nextInt(89) + 1;
    day.happen(
        new EarnEvent.LockedReward(
            day.next(), on.positionId(), on.asset(), on.days(), amount, day.now()));
    paid.merge(on.positionId(), amount, Long::sum);
    dividend(on.asset(), amount, "Locked Staking");
  }

  private void unlock(EarnEvent.LockedSubscription from, boolean early) {
    int i = lockedOut++;
    long rewards = paid.getOrDefault(from.positionId(), 0L);
    day.happen(
        new EarnEvent.LockedRedemption(
            from.positionId(),
            40_000 + day.next(),
            from.asset(),
            from.days(),
            from.amount(),
            early ? rewards / (1 + i % 2) : 0,
            rewards,
            early ? "AHEAD" : "MATURE",
            "PAID",
            day.now()));
  }

  private void dividend(String asset, long amount, String text) {
    day.happen(
        new IncomeEvent.Dividend(
            1_637_000_000L + day.next(),
            2_968_000_000L + day.next(),
            asset,
            amount,
            false,
            text,
            true,
            day.now()));
  }
}
