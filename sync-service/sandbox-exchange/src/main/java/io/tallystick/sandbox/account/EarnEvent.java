package io.tallystick.sandbox.account;

import java.util.ArrayList;
import java.util.List;

/** What happens in Simple Earn (Binance Simple Earn docs, "History"). */
public sealed interface EarnEvent extends Event {

  /** How interest on flexible products comes. */
  enum Interest {
    /** Accrues inside the product: the position grows. */
    REALTIME,
    /** Paid to spot. */
    BONUS,
    /** Paid to spot; the form of former products. */
    REWARDS
  }

  /**
   * Money put into a flexible product, from either wallet or both.
   *
   * @param type NORMAL or AUTO
   * @param status SUCCESS moves it; any other word moves nothing
   */
  record FlexibleSubscription(
      long purchaseId,
      String asset,
      long fromSpot,
      long fromFunding,
      String type,
      String status,
      long time)
      implements EarnEvent {
    @Override
    public String id() {
      return "flexible-subscription-" + purchaseId;
    }

    @Override
    public List<Move> moves() {
      return status.equals("SUCCESS")
          ? subscribed(asset, fromSpot, fromFunding, Wallet.EARN_FLEXIBLE)
          : List.of();
    }
  }

  /**
   * Money taken back from a flexible product.
   *
   * @param to where it goes: spot or funding
   * @param status PAID moves it; any other word moves nothing
   */
  record FlexibleRedemption(
      long redeemId, String asset, long amount, Wallet to, String status, long time)
      implements EarnEvent {
    @Override
    public String id() {
      return "flexible-redemption-" + redeemId;
    }

    @Override
    public List<Move> moves() {
      return status.equals("PAID")
          ? List.of(new Move(Wallet.EARN_FLEXIBLE, asset, -amount), new Move(to, asset, amount))
          : List.of();
    }
  }

  /** Interest on a flexible product; the venue gives it no id, {@code number} is ours. */
  record FlexibleReward(long number, String asset, long amount, Interest interest, long time)
      implements EarnEvent {
    @Override
    public String id() {
      return "flexible-reward-" + number;
    }

    @Override
    public List<Move> moves() {
      Wallet to = interest == Interest.REALTIME ? Wallet.EARN_FLEXIBLE : Wallet.SPOT;
      return List.of(new Move(to, asset, amount));
    }
  }

  /**
   * Money put into a locked product, which makes a position.
   *
   * @param days how long it is locked
   * @param type NORMAL or AUTO
   * @param status SUCCESS moves it; any other word moves nothing
   */
  record LockedSubscription(
      long positionId,
      long purchaseId,
      String asset,
      long fromSpot,
      long fromFunding,
      int days,
      String type,
      String status,
      long time)
      implements EarnEvent {
    @Override
    public String id() {
      return "locked-subscription-" + purchaseId;
    }

    /** What the position holds. */
    public long amount() {
      return Math.addExact(fromSpot, fromFunding);
    }

    /** The product that it was put into. */
    public String projectId() {
      return asset + "*" + days;
    }

    @Override
    public List<Move> moves() {
      return status.equals("SUCCESS")
          ? subscribed(asset, fromSpot, fromFunding, Wallet.EARN_LOCKED)
          : List.of();
    }
  }

  /**
   * The end of a locked position. Whoever leaves early gives interest back: spot gets {@code
   * original − loss}.
   *
   * @param original what was locked
   * @param loss interest taken back; 0 at maturity
   * @param rewards interest paid over the position's life, told again here and moving nothing
   * @param type MATURE, or AHEAD for an early one
   * @param status PAID moves it; any other word moves nothing
   */
  record LockedRedemption(
      long positionId,
      long redeemId,
      String asset,
      int days,
      long original,
      long loss,
      long rewards,
      String type,
      String status,
      long time)
      implements EarnEvent {
    @Override
    public String id() {
      return "locked-redemption-" + redeemId;
    }

    /** What arrives in spot. */
    public long amount() {
      return original - loss;
    }

    @Override
    public List<Move> moves() {
      return status.equals("PAID")
          ? List.of(
              new Move(Wallet.EARN_LOCKED, asset, -original),
              new Move(Wallet.SPOT, asset, amount()))
          : List.of();
    }
  }

  /** Interest on a locked position, paid to spot; without an id, {@code number} is ours. */
  record LockedReward(long number, long positionId, String asset, int days, long amount, long time)
      implements EarnEvent {
    @Override
    public String id() {
      return "locked-reward-" + number;
    }

    @Override
    public List<Move> moves() {
      return List.of(new Move(Wallet.SPOT, asset, amount));
    }
  }

  private static List<Move> subscribed(String asset, long spot, long funding, Wallet to) {
    List<Move> moves = new ArrayList<>();
    if (spot > 0) {
      moves.add(new Move(Wallet.SPOT, asset, -spot));
    }
    if (funding > 0) {
      moves.add(new Move(Wallet.FUNDING, asset, -funding));
    }
    moves.add(new Move(to, asset, Math.addExact(spot, funding)));
    return List.copyOf(moves);
  }
}
