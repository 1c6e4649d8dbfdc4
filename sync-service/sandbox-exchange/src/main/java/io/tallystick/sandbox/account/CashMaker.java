package io.tallystick.sandbox.account;

import io.tallystick.sandbox.market.Asset;
import io.tallystick.sandbox.market.Market;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Plays deposits and withdrawals of every status, form and wallet. */
final class CashMaker {
  private static final List<String> FUNDS = List.of("USDT", "BTC", "ETH", "BNB");
  private static final List<String> MORE = List.of("XLM", "ATOM", "TRX", "USDC", "UNI");

  private final Account account;
  private final Market market;
  private final AccountPlan plan;
  private final AccountGenerator.Timeline timeline;
  private final SplittableRandom random;
  private int deposits;
  private int withdrawals;
  private int internal;
  private Set<String> untouchable = Set.of();

  CashMaker(
      Account account,
      Market market,
      AccountPlan plan,
      AccountGenerator.Timeline timeline,
      SplittableRandom random) {
    this.account = account;
    this.market = market;
    this.plan = plan;
    this.timeline = timeline;
    this.random = random;
  }

  /** The first money. Assets to be sold off are never deposited or withdrawn. */
  void open(Set<String> soldOff) {
    untouchable = soldOff;
    long dollars = 60_000 + plan.fills() / 2L;
    for (String coin : FUNDS) {
      timeline.pass(1_800_000, random);
      deposit(coin, asset(coin).worth(coin.equals("BNB") ? 8_000 : dollars), 1, Wallet.SPOT);
      dollars /= 2;
    }
  }

  /** Brings in so many dollars' worth of an asset that has run out. */
  void topUp(String coin, long dollars) {
    deposit(coin, round(asset(coin).worth(dollars)), 1, Wallet.SPOT);
  }

  /** Plays what is due when so many thousandths of the history are over. */
  void due(int progress) {
    // Four deposits and withdrawals of each kind wait for the end.
    while (deposits < (plan.deposits() - 2L) * progress / AccountGenerator.WHOLE) {
      scheduledDeposit(progress);
    }
    while (withdrawals < (plan.withdrawals() - 4L) * progress / AccountGenerator.WHOLE) {
      scheduledWithdrawal(progress);
    }
  }

  /** Leaves the unfinished ones. */
  void close() {
    timeline.finish(100);
    while (deposits < plan.deposits() - 2) {
      scheduledDeposit(AccountGenerator.WHOLE);
    }
    while (withdrawals < plan.withdrawals() - 4) {
      scheduledWithdrawal(AccountGenerator.WHOLE);
    }
    for (int status : new int[] {0, 8}) {
      timeline.pass(3_600_000, random);
      deposit("USDT", round(asset("USDT").worth(500 + random.nextInt(500))), status, Wallet.SPOT);
    }
    timeline.finish(300);
    for (int status : new int[] {4, 2, 0}) {
      timeline.pass(3_600_000, random);
      withdraw(pick(Wallet.SPOT), status, Wallet.SPOT, false, false);
    }
    topUpFunding();
    withdraw(pick(Wallet.FUNDING), 4, Wallet.FUNDING, false, false);
    long frozen = account.holding(Wallet.SPOT, "ETH").free() / 20;
    account.setAside("ETH", 0, frozen);
  }

  private void scheduledDeposit(int progress) {
    int i = deposits;
    timeline.pass(60_000, random);
    List<String> coins = i % 3 == 0 ? MORE : FUNDS;
    String coin = coins.get(random.nextInt(coins.size()));
    if (untouchable.contains(coin)) {
      coin = "USDT";
    }
    int status = i % 10 == 3 ? 6 : i % 13 == 5 ? 2 : i % 17 == 7 ? 7 : 1;
    Wallet wallet = i % 7 == 5 ? Wallet.FUNDING : Wallet.SPOT;
    boolean old = progress < 300 && wallet == Wallet.SPOT && i % 2 == 0;
    boolean internally = i % 5 == 4;
    String txId = internally ? "Internal transfer " + nextInternal() : hex(32);
    int outputs = i % 9 == 0 && !internally ? 2 : 1;
    for (int output = 0; output < outputs; output++) {
      long amount = round(asset(coin).worth(50 + random.nextInt(2_000)));
      String id = String.valueOf(700_000_000_000_000_000L + random.nextLong(1L << 56));
      String network = asset(coin).network();
      account.add(
          new Deposit(
              id,
              coin,
              amount,
              status,
              wallet,
              network,
              address(),
              txId,
              timeline.now(),
              internally,
              old));
      deposits++;
    }
  }

  private void scheduledWithdrawal(int progress) {
    int i = withdrawals;
    timeline.pass(60_000, random);
    int status = i % 8 == 3 ? 1 : i % 11 == 5 ? 3 : i % 13 == 7 ? 5 : 6;
    Wallet wallet = i % 6 == 4 ? Wallet.FUNDING : Wallet.SPOT;
    if (wallet == Wallet.FUNDING) {
      topUpFunding();
    }
    boolean old = progress < 300 && wallet == Wallet.SPOT && i % 2 == 0;
    boolean internally = i % 5 == 2;
    String coin = pick(wallet);
    Withdrawal first = withdraw(coin, status, wallet, internally, old);
    if (i % 9 == 1 && !internally && status == 6) {
      // Another output of the same transaction.
      addOutput(first, round(first.amount() / 3 + 1), address());
    }
  }

  private Withdrawal withdraw(
      String coin, int status, Wallet wallet, boolean internally, boolean old) {
    Asset asset = asset(coin);
    long fee = internally ? 0 : asset.withdrawalFee();
    long free = account.holding(wallet, coin).free();
    long amount = round(Math.max(1, free / 100 * (1 + random.nextInt(6))));
    boolean onChain = status == 6 || status == 4;
    String txId =
        internally ? "Internal transfer " + nextInternal() : onChain ? "0x" + hex(32) : "";
    Withdrawal made =
        new Withdrawal(
            hex(16),
            coin,
            amount,
            fee,
            status,
            wallet,
            asset.network(),
            address(),
            txId,
            timeline.now(),
            internally,
            old);
    account.add(made);
    withdrawals++;
    return made;
  }

  private void addOutput(Withdrawal like, long amount, String address) {
    account.add(
        new Withdrawal(
            hex(16),
            like.coin(),
            amount,
            like.fee(),
            like.status(),
            like.wallet(),
            like.network(),
            address,
            like.txId(),
            like.applyTime(),
            false,
            like.old()));
    withdrawals++;
  }

  /** A coin of which there is enough for a withdrawal and its fee, many times over. */
  private String pick(Wallet wallet) {
    List<String> rich = new ArrayList<>();
    for (Map.Entry<String, Holding> held : account.holdings(wallet).entrySet()) {
      boolean enough = held.getValue().free() > 100 * asset(held.getKey()).withdrawalFee();
      if (enough && !untouchable.contains(held.getKey())) {
        rich.add(held.getKey());
      }
    }
    if (!rich.isEmpty()) {
      return rich.get(random.nextInt(rich.size()));
    }
    deposit("USDT", asset("USDT").worth(5_000), 1, wallet);
    return "USDT";
  }

  private void topUpFunding() {
    if (account.holding(Wallet.FUNDING, "USDT").free() < asset("USDT").worth(500)) {
      deposit("USDT", round(asset("USDT").worth(1_000 + random.nextInt(500))), 1, Wallet.FUNDING);
    }
  }

  private void deposit(String coin, long amount, int status, Wallet wallet) {
    String id = String.valueOf(700_000_000_000_000_000L + random.nextLong(1L << 56));
    account.add(
        new Deposit(
            id,
            coin,
            amount,
            status,
            wallet,
            asset(coin).network(),
            address(),
            hex(32),
            timeline.now(),
            false,
            false));
    deposits++;
  }

  private Asset asset(String name) {
    return market.asset(name).orElseThrow();
  }

  private int nextInternal() {
    internal++;
    return 36_000_000 + internal;
  }

  private String address() {
    return "0x" + hex(20);
  }

  private String hex(int bytes) {
    byte[] made = new byte[bytes];
    random.nextBytes(made);
    return HexFormat.of().formatHex(made);
  }

  /** Keeps five significant digits, as people type amounts. */
  private static long round(long units) {
    long power = 1;
    while (units / power >= 100_000) {
      power *= 10;
    }
    return Math.max(1, units / power * power);
  }
}
