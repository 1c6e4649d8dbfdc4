package io.tallystick.sandbox.account;

/**
 * One side of one trade of the account. All amounts in units of 10⁻⁸.
 *
 * @param id the trade's id, unique within its symbol; a self-trade gives two fills of one id
 * @param orderId the order that it belongs to
 * @param price quote a whole base
 * @param quantity base that moved
 * @param quote quote that moved, exactly price × quantity
 * @param fee what the exchange took
 * @param feeAsset of which asset; named even when the fee is zero
 * @param time in milliseconds
 * @param buyer whether the account bought the base
 * @param maker whether its order was in the book
 */
public record Fill(
    long id,
    long orderId,
    long price,
    long quantity,
    long quote,
    long fee,
    String feeAsset,
    long time,
    boolean buyer,
    boolean maker) {

  /** The same with another fee. */
  public Fill withFee(long other) {
    return new Fill(id, orderId, price, quantity, quote, other, feeAsset, time, buyer, maker);
  }
}
