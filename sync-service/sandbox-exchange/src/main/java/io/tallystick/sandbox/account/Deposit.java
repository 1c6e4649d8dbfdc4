package io.tallystick.sandbox.account;

/**
 * A deposit. Times in milliseconds, the amount in units of 10⁻⁸.
 *
 * @param id the venue's id; shown unless the row is of the old form
 * @param coin the asset
 * @param amount what arrived
 * @param status 0 pending, 1 credited, 6 credited but not yet withdrawable, 2 rejected, 7 wrong, 8
 *     waiting for the holder; only 1 and 6 move a balance
 * @param wallet where it arrived
 * @param network what it came over
 * @param address where it was sent
 * @param txId of the chain, equal for several outputs of one transaction, or {@code Internal
 *     transfer N}
 * @param insertTime when the venue saw it
 * @param internal whether it came from another user of the venue
 * @param old whether the row has the form of years ago, without id and other fields
 */
public record Deposit(
    String id,
    String coin,
    long amount,
    int status,
    Wallet wallet,
    String network,
    String address,
    String txId,
    long insertTime,
    boolean internal,
    boolean old) {

  /** Whether the balance has it. */
  public boolean credited() {
    return status == 1 || status == 6;
  }

  /** The same in another state. */
  public Deposit withStatus(int other) {
    return new Deposit(
        id, coin, amount, other, wallet, network, address, txId, insertTime, internal, old);
  }
}
