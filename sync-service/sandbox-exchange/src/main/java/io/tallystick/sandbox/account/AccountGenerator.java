package io.tallystick.sandbox.account;

import io.tallystick.sandbox.market.Market;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/**
 * Makes accounts by playing their history: an order is placed only with money that is there, so no
 * balance is ever below zero and the end follows from the events.
 */
public final class AccountGenerator {
  /** How far a history is, in thousandths. */
  static final int WHOLE = 1000;

  private AccountGenerator() {}

  /** The account of this plan; its history ends at {@code end}, never at today. */
  public static Account make(Market market, AccountPlan plan, Instant end) {
    SplittableRandom random = new SplittableRandom(plan.seed() * 31 + 17);
    Account account = new Account(plan.name(), 100_000_000L + random.nextInt(900_000_000));
    long finish = end.toEpochMilli();
    long span = Duration.ofDays(plan.days()).toMillis();
    Timeline timeline = new Timeline(finish - span, finish);
    CashMaker cash = new CashMaker(account, market, plan, timeline, random);
    TradeMaker trades = new TradeMaker(account, market, plan, timeline, random, cash);
    cash.open(trades.soldOff());
    int fills = 0;
    while (fills < plan.fills()) {
      int progress = (int) ((long) fills * WHOLE / plan.fills());
      timeline.reach((long) fills, plan.fills(), random);
      cash.due(progress);
      fills += trades.next(progress, plan.fills() - fills);
    }
    trades.close();
    cash.close();
    trades.leaveOpen();
    if (plan.variety().any()) {
      new Everyday(account, market, plan, finish).play();
      account.sort();
    }
    return account;
  }

  /** The moment at which the history stands; it never goes back and never passes the end. */
  static final class Timeline {
    // The last part belongs to what is unfinished at the end.
    private static final int TRADING_SHARE = 98;

    private final long start;
    private final long end;
    private long now;

    Timeline(long start, long end) {
      this.start = start;
      this.end = end;
      this.now = start;
    }

    long now() {
      return now;
    }

    /** Goes to the moment of step {@code done} of {@code all}, a little off the beat. */
    void reach(long done, long all, SplittableRandom random) {
      long gap = Math.max(1, (end - start) / 100 * TRADING_SHARE / all);
      now = Math.max(now, start + done * gap + random.nextLong(gap));
    }

    /** Goes on by up to so many milliseconds, staying short of the end. */
    void pass(long most, SplittableRandom random) {
      now = Math.min(end - 1, now + random.nextLong(Math.max(1, most)));
    }

    /** Goes to the part of the last two hundredths that is so many thousandths into it. */
    void finish(int permille) {
      long rest = (end - start) / 100 * (100 - TRADING_SHARE);
      now = Math.max(now, end - rest + rest * permille / 1001);
    }
  }
}
