package io.tallystick.sandbox.account;

import io.tallystick.sandbox.market.Asset;
import io.tallystick.sandbox.market.Listing;
import java.math.BigInteger;
import java.util.Optional;

/** Lets something happen to an account now, as a user of the sandbox asks for it. */
public final class LiveDesk {
  private LiveDesk() {}

  /**
   * A wish for a trade. Amounts in units of 10⁻⁸.
   *
   * @param buyer whether the account buys the base
   * @param price quote a whole base
   * @param quantity base
   * @param fee what it costs
   * @param feeAsset of which asset
   */
  public record Wish(boolean buyer, long price, long quantity, long fee, String feeAsset) {}

  /**
   * Trades at this moment. Empty where the account has not enough, or where price × quantity is
   * finer than a unit of the quote.
   */
  public static Optional<Fill> trade(Account account, Listing listing, Wish wish, long time) {
    BigInteger[] quote =
        BigInteger.valueOf(wish.price())
            .multiply(BigInteger.valueOf(wish.quantity()))
            .divideAndRemainder(BigInteger.valueOf(100_000_000));
    if (quote[1].signum() != 0 || quote[0].bitLength() > 62) {
      return Optional.empty();
    }
    long cost = quote[0].longValueExact();
    synchronized (account) {
      String paid = wish.buyer() ? listing.quote().name() : listing.base().name();
      long price = wish.buyer() ? cost : wish.quantity();
      boolean feeFromPaid = wish.feeAsset().equals(paid);
      boolean feeFromReceived =
          wish.feeAsset().equals(wish.buyer() ? listing.base().name() : listing.quote().name());
      long needed = feeFromPaid ? price + wish.fee() : price;
      boolean enough =
          account.holding(Wallet.SPOT, paid).free() >= needed
              && (feeFromPaid
                  || feeFromReceived
                  || account.holding(Wallet.SPOT, wish.feeAsset()).free() >= wish.fee());
      if (!enough) {
        return Optional.empty();
      }
      SymbolBook book = account.book(listing, 1_000, 1_000);
      long orderId = book.nextOrderId(1);
      Fill fill =
          new Fill(
              book.nextTradeId(1),
              orderId,
              wish.price(),
              wish.quantity(),
              cost,
              wish.fee(),
              wish.feeAsset(),
              time,
              wish.buyer(),
              false);
      account.add(book, fill);
      account.add(
          book,
          new Order(
              orderId,
              "LIMIT",
              wish.buyer(),
              "FILLED",
              wish.price(),
              wish.quantity(),
              wish.quantity(),
              cost,
              time,
              time));
      return Optional.of(fill);
    }
  }

  /**
   * Places an order to buy at this moment that waits in the book, and locks what it may spend;
   * empty where there is not enough. Price and quantity in units of 10⁻⁸.
   */
  public static Optional<Order> order(
      Account account, Listing listing, long price, long quantity, long time) {
    long cost =
        BigInteger.valueOf(price)
            .multiply(BigInteger.valueOf(quantity))
            .divide(BigInteger.valueOf(100_000_000))
            .longValueExact();
    synchronized (account) {
      String quote = listing.quote().name();
      if (account.holding(Wallet.SPOT, quote).free() < cost) {
        return Optional.empty();
      }
      SymbolBook book = account.book(listing, 1_000, 1_000);
      Order made =
          new Order(book.nextOrderId(1), "LIMIT", true, "NEW", price, quantity, 0, 0, time, time);
      account.add(book, made);
      account.setAside(quote, cost, 0);
      return Optional.of(made);
    }
  }

  /** A deposit that arrives at this moment in this state. */
  public static Deposit deposit(
      Account account, Asset coin, long amount, Wallet wallet, int status, long time) {
    int number = account.nextNumber();
    String id = String.valueOf(880_000_000_000_000_000L + account.uid() * 100_000 + number);
    Deposit made =
        new Deposit(
            id,
            coin.name(),
            amount,
            status,
            wallet,
            coin.network(),
            "0xsandbox" + number,
            "sandbox-tx-" + id,
            time,
            false,
            false);
    account.add(made);
    return made;
  }

  /** A withdrawal asked for at this moment; empty where there is not enough for it and its fee. */
  public static Optional<Withdrawal> withdraw(
      Account account, Asset coin, long amount, Wallet wallet, int status, long time) {
    synchronized (account) {
      int number = account.nextNumber();
      String id = String.format("%032x", account.uid() * 1_000_000 + number);
      Withdrawal made =
          new Withdrawal(
              id,
              coin.name(),
              amount,
              coin.withdrawalFee(),
              status,
              wallet,
              coin.network(),
              "0xsandbox" + number,
              status == 6 ? "0xsandbox-tx-" + id : "",
              time,
              false,
              false);
      if (account.holding(wallet, coin.name()).free() < made.total()) {
        return Optional.empty();
      }
      account.add(made);
      return Optional.of(made);
    }
  }
}
