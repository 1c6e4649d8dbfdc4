package io.tallystick.records;

import io.tallystick.venue.Raw;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

/** Deposits and withdrawals as the venue writes them. */
public final class Transfers {
  private Transfers() {}

  /** Five BTC coming in; status 1 is credited, 0 pending, 7 wrong. */
  public static Raw deposit(String id, int status, Instant at) {
    return deposit(id, "BTC", "5", status, at);
  }

  /** A deposit of a coin. */
  public static Raw deposit(String id, String coin, String amount, int status, Instant at) {
    return raw(
        id,
        at,
        String.format(
            Locale.ROOT,
            """
            {"id":"%s","amount":"%s","coin":"%s","network":"BTC","status":%d,"address":"in-%s",\
            "addressTag":"77","txId":"tx-%s","insertTime":%d,"transferType":0,"walletType":0}\
            """,
            id,
            amount,
            coin,
            status,
            id,
            id,
            at.toEpochMilli()));
  }

  /** A withdrawal of ETH with a fee of 0.01; status 6 is completed, 4 processing, 5 failed. */
  public static Raw withdrawal(String id, String amount, int status, Instant at) {
    return raw(
        id,
        at,
        String.format(
            Locale.ROOT,
            """
            {"id":"%s","amount":"%s","transactionFee":"0.01","coin":"ETH","network":"ETH",\
            "status":%d,"address":"out-%s","txId":"tx-%s","applyTime":"%s","transferType":0,\
            "walletType":0}\
            """,
            id,
            amount,
            status,
            id,
            id,
            at.toString().replace('T', ' ').replace("Z", "")));
  }

  private static Raw raw(String id, Instant at, String json) {
    return new Raw(id, at, json.getBytes(StandardCharsets.UTF_8));
  }
}
