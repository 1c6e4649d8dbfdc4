package io.tallystick.sandbox.account;

/**
 * What happens to an account beside trading, crypto deposits and withdrawals.
 *
 * @param each how many events of every kind at least; 0 for none of them
 * @param days over how many days they are spread
 * @param rewards so many more flexible rewards within thirty days, some of them identical
 * @param dust so many more dust conversions within one day
 * @param converts so many more conversions within ten days
 * @param planRuns how many runs of recurring buys; the venue may not tell them (see {@link
 *     PlanAnswers}), and then its lists do not add up to its balances
 */
public record Variety(int each, int days, int rewards, int dust, int converts, int planRuns) {
  /** Longer than the venue remembers some of it. */
  static final int DAYS = 400;

  /** Nothing. */
  public static final Variety NONE = Variety.of(0);

  /** So many of each kind; no bursts and no recurring buys. */
  public static Variety of(int each) {
    return new Variety(each, DAYS, 0, 0, 0, 0);
  }

  /** The same within so many days, sixty at least: more in a window than a page carries. */
  public Variety within(int fewer) {
    return new Variety(each, fewer, rewards, dust, converts, planRuns);
  }

  /** The same with more rewards, dust conversions and conversions than one page can carry. */
  public Variety withBursts(int moreRewards, int moreDust, int moreConverts) {
    return new Variety(each, days, moreRewards, moreDust, moreConverts, planRuns);
  }

  /** The same with so many runs of recurring buys. */
  public Variety withPlanRuns(int count) {
    return new Variety(each, days, rewards, dust, converts, count);
  }

  /** Whether there is anything. */
  public boolean any() {
    return each + rewards + dust + converts + planRuns > 0;
  }
}
