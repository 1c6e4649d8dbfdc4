package io.tallystick.sandbox.export;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a file tells of: the pages that the venue lets people download. */
public enum FileKind {
  /** Every change of every balance; one row each, without ids. */
  STATEMENT("Transaction-History", "Statement"),
  /** Fills of the order book, without ids. */
  SPOT_TRADES("Spot-Trade-History", "Export Trade History"),
  /** Orders, without fees. */
  SPOT_ORDERS("Spot-Order-History", "Export Order History"),
  DEPOSITS("Deposit-History", "Deposit History Report"),
  WITHDRAWALS("Withdraw-History", "Withdraw History Report"),
  /** Conversions at a quoted price, without ids. */
  CONVERTS("Convert-Order-History", "Convert Order History"),
  /** Trades with other people; the newer form has no column for fees. */
  PEER_TRADES("C2C-Order-History", "C2C Order History"),
  /** Bank transfers in. */
  FIAT_DEPOSITS("Fiat-Deposit-History", "Fiat Deposit History"),
  /** Bank transfers out. */
  FIAT_WITHDRAWALS("Fiat-Withdraw-History", "Fiat Withdraw History"),
  /** Crypto bought by card, bank or cash balance. */
  FIAT_PURCHASES("Fiat-Buy-History", "Buy Crypto History"),
  /** Runs of recurring buys, without ids. */
  AUTO_INVEST("Auto-Invest-History", "Auto-Invest History"),
  /** Interest of flexible savings that was paid out; a page of former years. */
  EARN_INTEREST("Savings-Interest", "Flexible Savings Interest"),
  /** What changed the USD-M futures wallet. */
  FUTURES_INCOME("Futures-Transaction-History", "Futures Transaction History");

  private final String current;
  private final String former;

  FileKind(String current, String former) {
    this.current = current;
    this.former = former;
  }

  /** The name in control calls, such as {@code spot-trades}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The kind of this name. */
  public static Optional<FileKind> of(String code) {
    return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
  }

  /** Whether only former files of it exist, whatever is asked for. */
  boolean isFormer() {
    return this == EARN_INTEREST;
  }

  /** The words of a file's name. */
  String words(Generation generation) {
    return generation == Generation.CURRENT ? current : former;
  }
}
