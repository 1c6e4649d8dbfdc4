package io.tallystick.sandbox.account;

import java.util.ArrayList;
import java.util.List;

/** One asset turned into another outside the order book. */
public sealed interface SwapEvent extends Event {

  /**
   * A conversion at a quoted price (Binance Convert docs, "Trade history"). No fee: it is in the
   * price.
   *
   * @param orderId above 2⁵³
   * @param status SUCCESS moves it; any other word moves nothing
   * @param live whether the row has the fields that only live answers show
   */
  record Convert(
      long orderId,
      String quoteId,
      String status,
      String from,
      long fromAmount,
      String to,
      long toAmount,
      boolean live,
      long time)
      implements SwapEvent {
    @Override
    public String id() {
      return "convert-" + orderId;
    }

    @Override
    public List<Move> moves() {
      return status.equals("SUCCESS")
          ? List.of(new Move(Wallet.SPOT, from, -fromAmount), new Move(Wallet.SPOT, to, toAmount))
          : List.of();
    }
  }

  /**
   * One asset of a dust conversion.
   *
   * @param transId equal to the outer one, or not: the venue does both
   * @param amount what was sold
   * @param gross what it was worth in the target, before the charge
   * @param charge what the venue took of {@code gross}, 2 %
   */
  record DustPart(long transId, String asset, long amount, long gross, long charge) {}

  /**
   * Small amounts of several assets turned into one (Binance wallet docs, "Dust log").
   *
   * @param target not always BNB
   * @param old whether the row is of the time before {@code targetAsset} was shown: then it is BNB
   */
  record Dust(long transId, String target, List<DustPart> parts, boolean old, long time)
      implements SwapEvent {
    /** Keeps the parts. */
    public Dust {
      parts = List.copyOf(parts);
    }

    @Override
    public String id() {
      return "dust-" + transId;
    }

    @Override
    public List<Move> moves() {
      List<Move> moves = new ArrayList<>();
      for (DustPart part : parts) {
        moves.add(new Move(Wallet.SPOT, part.asset(), -part.amount()));
        moves.add(new Move(Wallet.SPOT, target, part.gross() - part.charge()));
      }
      return List.copyOf(moves);
    }
  }

  /**
   * One run of a recurring buy (Binance auto-invest docs of 2025, "Subscription transaction
   * history"); from spot to spot, the fee within what is spent.
   *
   * @param status SUCCESS moves it; any other word moves nothing
   */
  record PlanRun(
      long number,
      long planId,
      String source,
      long spent,
      String target,
      long bought,
      long fee,
      String status,
      long time)
      implements SwapEvent {
    @Override
    public String id() {
      return "plan-run-" + number;
    }

    @Override
    public List<Move> moves() {
      return status.equals("SUCCESS")
          ? List.of(new Move(Wallet.SPOT, source, -spent), new Move(Wallet.SPOT, target, bought))
          : List.of();
    }
  }
}
