package io.tallystick.sandbox.protocol;

/**
 * What a call costs and who pays.
 *
 * @param pool whose budget
 * @param weight how much of it
 */
public record Charge(Pool pool, int weight) {

  /** The venue's budgets (Binance Spot REST docs, "Limits"; wallet docs, "SAPI limits"). */
  public enum Pool {
    /** All of {@code /api}, by address. */
    API("X-MBX-USED-WEIGHT-1M", 60_000, false),
    /** One {@code /sapi} endpoint, by address. */
    SAPI_IP("X-SAPI-USED-IP-WEIGHT-1M", 60_000, false),
    /** One {@code /sapi} endpoint, by account. */
    SAPI_UID("X-SAPI-USED-UID-WEIGHT-1M", 60_000, true),
    /** The withdrawal history: by account and second. */
    SAPI_UID_SECOND("X-SAPI-USED-UID-WEIGHT-1S", 1_000, true);

    private final String header;
    private final long window;
    private final boolean byAccount;

    Pool(String header, long window, boolean byAccount) {
      this.header = header;
      this.window = window;
      this.byAccount = byAccount;
    }

    /** The header that tells what was used. */
    public String header() {
      return header;
    }

    /** The length of its calendar window in milliseconds. */
    public long window() {
      return window;
    }

    /** Whether the account pays, not the address. */
    public boolean byAccount() {
      return byAccount;
    }
  }

  /** Of the {@code /api} budget. */
  public static Charge api(int weight) {
    return new Charge(Pool.API, weight);
  }

  /** Of a {@code /sapi} endpoint's budget by address. */
  public static Charge sapi(int weight) {
    return new Charge(Pool.SAPI_IP, weight);
  }

  /** Of a {@code /sapi} endpoint's budget by account. */
  public static Charge account(int weight) {
    return new Charge(Pool.SAPI_UID, weight);
  }
}
