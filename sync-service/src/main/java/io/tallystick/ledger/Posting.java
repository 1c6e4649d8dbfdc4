package io.tallystick.ledger;

import java.math.BigDecimal;

/**
 * A positive amount of one asset that leaves one account and enters another, so it cannot be
 * unbalanced. The amount is exact, in whole units of the asset (1 means 1 BTC).
 */
public record Posting(Account from, Account to, String asset, BigDecimal amount) {
  public Posting {
    if (amount.signum() <= 0) {
      throw new IllegalArgumentException("a posting moves a positive amount of " + asset);
    }
    if (from.equals(to)) {
      throw new IllegalArgumentException("a posting moves between two accounts");
    }
  }

  /** The posting that takes this one back. */
  public Posting reversed() {
    return new Posting(to, from, asset, amount);
  }

  /** The key of an asset's rows: made of its code, the same on every node. */
  public static long assetKey(String code) {
    return LedgerStore.assetKey(code);
  }
}
