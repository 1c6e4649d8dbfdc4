package io.tallystick.sandbox.account;

import io.tallystick.sandbox.market.Asset;
import io.tallystick.sandbox.market.Market;
import io.tallystick.sandbox.market.Units;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Plays what happens beside trading, in order of time and with money of its own: it brings deposits
 * and spends nothing else. So no balance falls below zero at any moment, whatever was traded
 * between.
 */
final class Everyday {
  static final long DAY = 86_400_000;
  // What the venue forgets after six months happens in the last four.
  private static final int REMEMBERED_DAYS = 120;
  // Where the happenings are more than usual, so is the money they need.
  private static final int USUAL = 100;

  private final Account account;
  private final Market market;
  private final AccountPlan plan;
  private final SplittableRandom random;
  private final long end;
  private final int days;
  private final long riches;
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::time).thenComparingLong(Task::order));
  private final Map<Wallet, Map<String, Long>> purse = new HashMap<>();
  private long now;
  private long number;
  private long planned;

  private record Task(long time, long order, Runnable what) {}

  Everyday(Account account, Market market, AccountPlan plan, long end) {
    this.account = account;
    this.market = market;
    this.plan = plan;
    // A stream of its own: the trading of a plan is the same with and without variety.
    this.random = new SplittableRandom(plan.seed() * 31 + 71);
    this.end = end;
    this.days = plan.variety().days();
    this.riches = Math.max(1, plan.variety().each() / USUAL);
  }

  /** Plans everything, then lets it happen. */
  void play() {
    open();
    if (plan.variety().each() > 0) {
      new EarnMaker(this).plan(plan.variety().each());
      new PeopleMaker(this).plan(plan.variety().each());
      new TurnMaker(this).plan(plan.variety().each());
    }
    new BurstMaker(this).plan(plan.variety());
    for (Task task = tasks.poll(); task != null; task = tasks.poll()) {
      now = task.time();
      task.what().run();
    }
  }

  /** So many moments, evenly over the days of the plan and a little off the beat. */
  void spread(int count, Runnable what) {
    spread(count, begin() + 20 * DAY, end - 2 * DAY, what);
  }

  /** The same within what the venue remembers of its shortest lists. */
  void spreadLately(int count, Runnable what) {
    spread(count, Math.max(end - REMEMBERED_DAYS * DAY, begin() + 20 * DAY), end - DAY, what);
  }

  /** So many moments of this period. */
  void spread(int count, long from, long to, Runnable what) {
    long beat = Math.max(1, (to - from) / Math.max(1, count));
    for (int i = 0; i < count; i++) {
      at(from + i * beat + random.nextLong(beat), what);
    }
  }

  /** Plans one thing; also while things happen, for a later time. */
  void at(long time, Runnable what) {
    tasks.add(new Task(time, planned++, what));
  }

  /** Lets an event happen; what it takes must be there. */
  void happen(Event event) {
    for (Move move : event.moves()) {
      long left = credit(move.wallet(), move.asset(), move.units());
      if (left < 0) {
        throw new IllegalStateException("not enough for " + event);
      }
    }
    account.add(event);
  }

  /** What there is to spend. */
  long free(Wallet wallet, String asset) {
    return purse.getOrDefault(wallet, Map.of()).getOrDefault(asset, 0L);
  }

  /** A few thousandths of what is there, with all its digits. */
  long some(Wallet wallet, String asset, long least, long most) {
    long permille = least + random.nextLong(most - least + 1);
    return Math.max(1, free(wallet, asset) / 1_000 * permille + random.nextInt(1_000) - 500);
  }

  /** What so much of one asset is worth in another, at prices a little off the usual ones. */
  long worth(String from, long units, String to) {
    long scaled = Units.scaled(units, asset(from).usd(), asset(to).usd());
    return Math.max(1, scaled / 10_000 * (9_900 + random.nextInt(200)) + random.nextInt(100));
  }

  /** What so many dollars buy, with digits to the last place. */
  long dollars(String asset, long least, long most) {
    return asset(asset).worth(least + random.nextLong(most - least + 1)) + random.nextInt(1_000);
  }

  /** One of them. */
  <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  /** The moment at which it stands. */
  long now() {
    return now;
  }

  /** When it all begins. */
  long begin() {
    return end - days * DAY;
  }

  long end() {
    return end;
  }

  SplittableRandom random() {
    return random;
  }

  /** The next number of our own, unique in the account and rising. */
  long next() {
    number++;
    return number;
  }

  /** An id that a JavaScript number cannot hold. */
  long bigId() {
    return 940_000_000_000_000_000L + next() * 1_000_003L;
  }

  String hex(int bytes) {
    byte[] made = new byte[bytes];
    random.nextBytes(made);
    return HexFormat.of().formatHex(made);
  }

  private void open() {
    now = begin();
    deposit(Wallet.SPOT, "USDT", 120_000);
    for (String coin : List.of("BTC", "ETH", "BNB", "SOL")) {
      deposit(Wallet.SPOT, coin, 40_000);
    }
    for (String coin : List.of("ADA", "DOGE", "XLM", "ATOM", "LINK", "LUNC", "TRX")) {
      deposit(Wallet.SPOT, coin, 4_000);
    }
    deposit(Wallet.FUNDING, "USDT", 30_000);
    deposit(Wallet.FUNDING, "BNB", 6_000);
    deposit(Wallet.FUNDING, "BTC", 6_000);
  }

  private void deposit(Wallet wallet, String coin, long dollars) {
    now += 60_000 + random.nextInt(60_000);
    long amount = asset(coin).worth(dollars * riches);
    String id = String.valueOf(690_000_000_000_000_000L + next() * 7_919);
    account.add(
        new Deposit(
            id,
            coin,
            amount,
            1,
            wallet,
            asset(coin).network(),
            "0x" + hex(20),
            hex(32),
            now,
            false,
            false));
    credit(wallet, coin, amount);
  }

  private long credit(Wallet wallet, String asset, long units) {
    return purse.computeIfAbsent(wallet, w -> new HashMap<>()).merge(asset, units, Math::addExact);
  }

  private Asset asset(String name) {
    return market.asset(name).orElseThrow();
  }
}
