package io.tallystick.venue.binance.wire;

import io.tallystick.venue.Pool;
import io.tallystick.venue.Pool.Scope;
import java.time.Duration;

/**
 * Binance's weight budgets (Spot REST docs, Limits; Wallet docs, General Info; Withdraw History).
 *
 * <p>The venue also counts raw requests on {@code /api} (300,000 in five minutes since 2026-04-02).
 * Every call weighs at least 1, so that budget needs no pool: where fewer raw requests than weight
 * are announced, their number becomes the limit of the weight.
 */
public final class BinancePools {
  /** {@code /api}: one budget for all its endpoints, keys and sockets behind one address. */
  public static final Pool API =
      new Pool(
          "api", Scope.EGRESS_ADDRESS, false, Duration.ofMinutes(1), 6_000, "x-mbx-used-weight-1m");

  /** Sockets opened, whatever is then said over them (Spot WebSocket API docs, Limits). */
  public static final Pool SOCKETS =
      new Pool("sockets", Scope.EGRESS_ADDRESS, false, Duration.ofMinutes(5), 300, "");

  /** {@code /sapi} in mode IP: a budget for each endpoint and address. */
  public static final Pool SAPI_IP =
      new Pool(
          "sapi-ip",
          Scope.EGRESS_ADDRESS,
          true,
          Duration.ofMinutes(1),
          12_000,
          "x-sapi-used-ip-weight-1m");

  /** {@code /sapi} in mode UID: a budget for each endpoint and venue account. */
  public static final Pool SAPI_UID =
      new Pool(
          "sapi-uid",
          Scope.VENUE_ACCOUNT,
          true,
          Duration.ofMinutes(1),
          180_000,
          "x-sapi-used-uid-weight-1m");

  /** Withdraw history alone: mode UID, but counted by the second. */
  public static final Pool SAPI_UID_SECOND =
      new Pool(
          "sapi-uid-second",
          Scope.VENUE_ACCOUNT,
          true,
          Duration.ofSeconds(1),
          180_000,
          "x-sapi-used-uid-weight-1s");

  private BinancePools() {}
}
