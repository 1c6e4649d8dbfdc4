package io.tallystick.sandbox.account;

/**
 * A withdrawal. Times in milliseconds, amounts in units of 10⁻⁸.
 *
 * @param id the venue's id
 * @param coin the asset, of the fee too
 * @param amount what the receiver gets
 * @param fee what the venue takes on top
 * @param status 0 e-mail sent, 2 awaiting approval, 4 processing: the money has left the free part;
 *     6 completed: it is gone; 1 cancelled, 3 rejected, 5 failed: nothing moved
 * @param wallet where it left
 * @param network what it went over
 * @param address where it went
 * @param txId of the chain, equal for several outputs of one transaction, or {@code Internal
 *     transfer N}; empty while there is none
 * @param applyTime when it was asked for
 * @param internal whether it went to another user of the venue
 * @param old whether the row has the form of years ago, with fewer fields
 */
public record Withdrawal(
    String id,
    String coin,
    long amount,
    long fee,
    int status,
    Wallet wallet,
    String network,
    String address,
    String txId,
    long applyTime,
    boolean internal,
    boolean old) {

  /** Whether the money is set aside but not yet gone. */
  public boolean pending() {
    return status == 0 || status == 2 || status == 4;
  }

  /** Whether the money is gone. */
  public boolean completed() {
    return status == 6;
  }

  /** What leaves the wallet: amount and fee. */
  public long total() {
    return Math.addExact(amount, fee);
  }

  /** The same in another state. */
  public Withdrawal withStatus(int other) {
    return new Withdrawal(
        id, coin, amount, fee, other, wallet, network, address, txId, applyTime, internal, old);
  }
}
