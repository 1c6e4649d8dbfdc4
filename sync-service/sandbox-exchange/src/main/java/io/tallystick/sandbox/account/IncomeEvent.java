package io.tallystick.sandbox.account;

import java.util.List;

/** What the venue gives, or takes in exchange for what it gives. */
public sealed interface IncomeEvent extends Event {

  /**
   * A row of the dividend list (Binance wallet docs, "Asset dividend record").
   *
   * @param number the id that the venue shows, unique
   * @param tranId two rows may share one: the two sides of a token swap do
   * @param debit whether spot loses it; such rows exist since 27 January 2026
   * @param text what the venue calls it, in free English
   * @param repeats whether another list tells the same money: then this row moves nothing
   */
  record Dividend(
      long number,
      long tranId,
      String asset,
      long amount,
      boolean debit,
      String text,
      boolean repeats,
      long time)
      implements IncomeEvent {
    @Override
    public String id() {
      return "dividend-" + number;
    }

    @Override
    public List<Move> moves() {
      return repeats || amount == 0
          ? List.of()
          : List.of(new Move(Wallet.SPOT, asset, debit ? -amount : amount));
    }
  }

  /**
   * A part of somebody's trading fees (Binance rebate docs, "Spot rebate history"); without an id,
   * {@code number} is ours.
   *
   * @param type 1 commission rebate, 2 referral kickback
   */
  record Rebate(long number, int type, String asset, long amount, long time)
      implements IncomeEvent {
    @Override
    public String id() {
      return "rebate-" + number;
    }

    @Override
    public List<Move> moves() {
      return List.of(new Move(Wallet.SPOT, asset, amount));
    }
  }
}
