package io.tallystick.sandbox.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Money that comes from people and banks, goes to them, or changes wallets. */
public sealed interface CashEvent extends Event {

  /**
   * A bank transfer (Binance fiat docs, "Fiat deposit/withdraw history"). In both directions the
   * requested amount is {@code amount + fee}: spot gains {@code amount} by a deposit and loses
   * {@code amount + fee} by a withdrawal.
   *
   * @param status Successful and Finished move it; any other word moves nothing
   */
  record FiatOrder(
      String orderNo,
      boolean withdrawal,
      String fiat,
      long amount,
      long fee,
      String method,
      String status,
      long time)
      implements CashEvent {
    private static final Set<String> DONE = Set.of("Successful", "Finished");

    @Override
    public String id() {
      return "fiat-order-" + orderNo;
    }

    @Override
    public List<Move> moves() {
      return DONE.contains(status)
          ? List.of(new Move(Wallet.SPOT, fiat, withdrawal ? -amount - fee : amount))
          : List.of();
    }
  }

  /**
   * Crypto bought or sold for fiat (Binance fiat docs, "Fiat payments history"). The fee is within
   * the fiat amount. Only a buy from the Cash Balance takes fiat out of spot: a card or a bank pays
   * from outside, and what a sale brings is paid out to them.
   *
   * @param status Completed moves it; any other word moves nothing
   * @param method shown on buys only
   */
  record FiatPayment(
      String orderNo,
      boolean sell,
      String fiat,
      long fiatAmount,
      long fee,
      String crypto,
      long cryptoAmount,
      String status,
      String method,
      long time)
      implements CashEvent {
    @Override
    public String id() {
      return "fiat-payment-" + orderNo;
    }

    @Override
    public List<Move> moves() {
      if (!status.equals("Completed")) {
        return List.of();
      }
      Move traded = new Move(Wallet.SPOT, crypto, sell ? -cryptoAmount : cryptoAmount);
      return !sell && method.equals("Cash Balance")
          ? List.of(new Move(Wallet.SPOT, fiat, -fiatAmount), traded)
          : List.of(traded);
    }
  }

  /**
   * A trade with another person, settled in the funding wallet (Binance C2C docs, "C2C trade
   * history"). A buyer gets the amount less the fee; sales carry no fee here.
   *
   * @param total fiat that changed hands outside the venue
   * @param price fiat a whole unit
   * @param status COMPLETED moves it; any other word moves nothing
   * @param maker whether it was the holder's own advertisement
   */
  record PeerTrade(
      String orderNumber,
      boolean sell,
      String asset,
      long amount,
      long fee,
      String fiat,
      long total,
      long price,
      String status,
      boolean maker,
      long time)
      implements CashEvent {
    @Override
    public String id() {
      return "peer-" + orderNumber;
    }

    /** What the funding wallet gains. */
    public long gained() {
      return sell ? -amount : amount - fee;
    }

    @Override
    public List<Move> moves() {
      return status.equals("COMPLETED")
          ? List.of(new Move(Wallet.FUNDING, asset, gained()))
          : List.of();
    }
  }

  /**
   * A payment (Binance Pay docs, "Pay trade history").
   *
   * @param amount above zero where it comes in
   * @param fromSpot the part of it that spot has (same sign); the rest is the funding wallet's
   * @param repeats whether it is a peer trade that the other list tells: then it moves nothing
   */
  record Payment(
      String transactionId,
      String orderType,
      String currency,
      long amount,
      long fromSpot,
      boolean repeats,
      long time)
      implements CashEvent {
    @Override
    public String id() {
      return "pay-" + transactionId;
    }

    @Override
    public List<Move> moves() {
      List<Move> moves = new ArrayList<>();
      if (!repeats && fromSpot != 0) {
        moves.add(new Move(Wallet.SPOT, currency, fromSpot));
      }
      if (!repeats && amount != fromSpot) {
        moves.add(new Move(Wallet.FUNDING, currency, amount - fromSpot));
      }
      return List.copyOf(moves);
    }
  }

  /**
   * A transfer between two wallets of the account (Binance wallet docs, "Query user universal
   * transfer history").
   *
   * @param status CONFIRMED moves it; PENDING and FAILED move nothing
   */
  record Transfer(
      long tranId, Wallet from, Wallet to, String asset, long amount, String status, long time)
      implements CashEvent {
    @Override
    public String id() {
      return "transfer-" + tranId;
    }

    /** The venue's name of the direction, such as {@code MAIN_FUNDING}. */
    public String type() {
      return name(from) + "_" + name(to);
    }

    @Override
    public List<Move> moves() {
      return status.equals("CONFIRMED")
          ? List.of(new Move(from, asset, -amount), new Move(to, asset, amount))
          : List.of();
    }

    private static String name(Wallet wallet) {
      return switch (wallet) {
        case SPOT -> "MAIN";
        case FUNDING -> "FUNDING";
        case CROSS_MARGIN -> "MARGIN";
        case USD_M_FUTURES -> "UMFUTURE";
        case EARN_FLEXIBLE, EARN_LOCKED ->
            throw new IllegalArgumentException("no transfer reaches " + wallet);
      };
    }
  }
}
