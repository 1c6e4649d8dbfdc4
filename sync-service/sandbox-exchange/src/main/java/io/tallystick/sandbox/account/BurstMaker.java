package io.tallystick.sandbox.account;

import java.util.List;

/** Plays more at once than any page or window of the venue can carry, and recurring buys. */
final class BurstMaker {
  private static final List<String> PLANS = List.of("BTC", "ETH", "SOL");

  private final Everyday day;
  private int rewards;
  private int runs;

  BurstMaker(Everyday day) {
    this.day = day;
  }

  void plan(Variety variety) {
    long end = day.end();
    TurnMaker turns = new TurnMaker(day);
    if (variety.rewards() > 0) {
      day.at(end - 31 * Everyday.DAY, this::openProducts);
    }
    day.spread(variety.rewards(), end - 30 * Everyday.DAY, end - 1_000, this::reward);
    long noon = end - 3 * Everyday.DAY;
    day.spread(variety.dust(), noon, noon + Everyday.DAY - 1_000, turns::dust);
    long start = end - 15 * Everyday.DAY;
    if (variety.converts() > 0) {
      day.at(start - 1, this::bringEuros);
    }
    day.spread(variety.converts(), start, start + 10 * Everyday.DAY, turns::convert);
    day.spread(variety.planRuns(), this::run);
  }

  private void openProducts() {
    for (String asset : EarnMaker.FLEXIBLE) {
      day.happen(
          new EarnEvent.FlexibleSubscription(
              26_000 + day.next(),
              asset,
              day.some(Wallet.SPOT, asset, 20, 60),
              0,
              "NORMAL",
              "SUCCESS",
              day.now()));
    }
  }

  private void bringEuros() {
    day.happen(
        new CashEvent.FiatOrder(
            day.hex(16),
            false,
            "EUR",
            900_000_000_000L,
            0,
            "BankAccount",
            "Successful",
            day.now()));
  }

  /** Every twentieth comes twice, without anything that tells the two apart. */
  private void reward() {
    int i = rewards++;
    String asset = day.pick(EarnMaker.FLEXIBLE);
    long amount = 1_000L + day.random().nextInt(9_000);
    for (int twin = 0; twin < (i % 20 == 0 ? 2 : 1); twin++) {
      day.happen(
          new EarnEvent.FlexibleReward(
              day.next(), asset, amount, EarnEvent.Interest.REALTIME, day.now()));
    }
  }

  private void run() {
    int i = runs++;
    int plan = i % PLANS.size();
    long spent = 2_500_000_000L;
    long fee = spent / 500;
    day.happen(
        new SwapEvent.PlanRun(
            12_000_000 + day.next(),
            12_345 + plan,
            "USDT",
            spent,
            PLANS.get(plan),
            day.worth("USDT", spent - fee, PLANS.get(plan)),
            fee,
            i % 10 == 7 ? "FAILED" : "SUCCESS",
            day.now()));
  }
}
