package io.tallystick.sandbox.account;

/**
 * What an account is to look like. The same plan, market and end give the same account to the byte.
 *
 * @param name how the sandbox's user calls it
 * @param seed which of the accounts of this shape
 * @param symbols how many listed symbols it traded
 * @param removedSymbols how many removed symbols it traded beside them
 * @param soldOff how many of its assets are sold to the last unit before the end
 * @param fills how many fills at least
 * @param deposits how many deposits at least; more come where money runs out
 * @param withdrawals how many withdrawals
 * @param unfilled how many orders ended without a fill
 * @param open how many orders still wait at the end
 * @param days how long its history is
 * @param variety what happens beside trading
 * @param homeQuote the quote asset of four in five of its symbols, as most people have one; empty
 *     for symbols drawn without regard to it
 */
public record AccountPlan(
    String name,
    long seed,
    int symbols,
    int removedSymbols,
    int soldOff,
    int fills,
    int deposits,
    int withdrawals,
    int unfilled,
    int open,
    int days,
    Variety variety,
    String homeQuote) {

  /** Symbols drawn without regard to their quote asset. */
  public AccountPlan(
      String name,
      long seed,
      int symbols,
      int removedSymbols,
      int soldOff,
      int fills,
      int deposits,
      int withdrawals,
      int unfilled,
      int open,
      int days,
      Variety variety) {
    this(
        name,
        seed,
        symbols,
        removedSymbols,
        soldOff,
        fills,
        deposits,
        withdrawals,
        unfilled,
        open,
        days,
        variety,
        "");
  }

  /**
   * Fourteen months over three dozen symbols, and 24 events at least of everything else that an
   * account can live through: what the demo shows.
   */
  public static AccountPlan demo(String name, long seed) {
    return new AccountPlan(
        name, seed, 34, 0, 8, 2_400, 40, 30, 180, 6, 420, Variety.of(24).withPlanRuns(30));
  }

  /** Half a year over five symbols: quick to read. */
  public static AccountPlan small(String name, long seed) {
    return new AccountPlan(name, seed, 5, 0, 1, 150, 10, 8, 12, 2, 200, Variety.NONE);
  }

  /** Any number of fills over any number of symbols, in a thousand days. */
  public static AccountPlan sized(String name, long seed, int symbols, int fills) {
    return new AccountPlan(
        name,
        seed,
        symbols,
        0,
        symbols / 3,
        fills,
        40,
        30,
        Math.min(fills / 10, 2_000),
        6,
        1_000,
        Variety.NONE);
  }

  /**
   * Every ordinary surface of the venue: some trading, and 24 events at least of everything else
   * that an account can live through.
   */
  public static AccountPlan full(String name, long seed) {
    return new AccountPlan(name, seed, 12, 0, 2, 500, 24, 24, 40, 4, 420, Variety.of(24));
  }

  /** The same with other happenings beside trading. */
  public AccountPlan with(Variety other) {
    return new AccountPlan(
        name,
        seed,
        symbols,
        removedSymbols,
        soldOff,
        fills,
        deposits,
        withdrawals,
        unfilled,
        open,
        days,
        other,
        homeQuote);
  }

  /** The same with trades of so many removed symbols. */
  public AccountPlan withRemovedSymbols(int count) {
    return new AccountPlan(
        name,
        seed,
        symbols,
        count,
        soldOff,
        fills,
        deposits,
        withdrawals,
        unfilled,
        open,
        days,
        variety,
        homeQuote);
  }

  /** The same with so many assets sold off. */
  public AccountPlan withSoldOff(int count) {
    return new AccountPlan(
        name,
        seed,
        symbols,
        removedSymbols,
        count,
        fills,
        deposits,
        withdrawals,
        unfilled,
        open,
        days,
        variety,
        homeQuote);
  }

  /** The same with most of its symbols in this quote asset. */
  public AccountPlan withHome(String quote) {
    return new AccountPlan(
        name,
        seed,
        symbols,
        removedSymbols,
        soldOff,
        fills,
        deposits,
        withdrawals,
        unfilled,
        open,
        days,
        variety,
        quote);
  }
}
