package io.tallystick.venue.binance.exports;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Rows about money that crosses the venue's border. */
public sealed interface CashRecord extends ExportRecord {
  /** Whether it took place, is on its way, or never will. */
  Progress progress();

  /** How far a movement has come. Only what is done moves money. */
  enum Progress {
    DONE,
    PENDING,
    FAILED
  }

  /**
   * A crypto deposit or withdrawal.
   *
   * @param amount what arrives at the receiver
   * @param fee what the withdrawal cost on top; null where the file has no such column
   * @param network the chain; null in old files
   * @param memo the tag that some chains need; null without
   */
  record CryptoMovement(
      Direction direction,
      Moment at,
      Money amount,
      @Nullable BigDecimal fee,
      @Nullable String network,
      String address,
      TxId txId,
      @Nullable String sourceAddress,
      @Nullable String memo,
      Progress progress,
      String status)
      implements CashRecord {}

  /**
   * A fiat deposit or withdrawal.
   *
   * @param gross what was sent, or taken from the account
   * @param net what arrived
   * @param method how, in the user's language; another export may say it in another
   */
  record FiatMovement(
      Direction direction,
      Moment at,
      Money gross,
      Money net,
      Money fee,
      String method,
      String orderId,
      Progress progress,
      String status)
      implements CashRecord {}

  /**
   * Crypto bought with a card or with fiat, or sold for it.
   *
   * @param spent what was given; in files with a final amount the fee is inside it
   * @param received what was got; take it as it is, the price is rounded
   * @param price as written
   */
  record FiatPurchase(
      Moment at,
      String method,
      Money spent,
      Money received,
      @Nullable Money fee,
      String price,
      String orderId,
      Progress progress,
      String status)
      implements CashRecord {}
}
