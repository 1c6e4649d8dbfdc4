package io.tallystick.venue.binance.wire;

import io.tallystick.venue.Endpoint;
import io.tallystick.venue.Endpoint.Security;
import io.tallystick.venue.Pool;
import java.util.List;

/**
 * The allow-list, as far as it belongs to no stream; each stream brings its own line. What is on it
 * is an exact method and path. The verb proves nothing (some POSTs read, a GET changes account
 * state), so each line was checked by hand against the venue's documents; all of them only read.
 */
public final class BinanceEndpoints {
  /** The venue's clock (Spot REST docs, Check server time). */
  public static final Endpoint TIME = open("/api/v3/time", 1);

  /** Listed markets and limits (Spot REST docs, Exchange information). */
  public static final Endpoint EXCHANGE_INFO = open("/api/v3/exchangeInfo", 20);

  /** Candles of one symbol (Spot REST docs, Kline/Candlestick data). */
  public static final Endpoint KLINES = open("/api/v3/klines", 2);

  /** Account uid and every asset it touched (Spot REST docs, Account information). */
  public static final Endpoint ACCOUNT = signed("/api/v3/account", BinancePools.API, 20);

  /** The rights of the key (Wallet docs, Get API Key Permission). */
  public static final Endpoint API_RESTRICTIONS =
      signed("/sapi/v1/account/apiRestrictions", BinancePools.SAPI_IP, 1);

  /** All coins and networks (Wallet docs, All Coins' Information). */
  public static final Endpoint COINS =
      signed("/sapi/v1/capital/config/getall", BinancePools.SAPI_IP, 10);

  private static final List<Endpoint> ALL =
      List.of(TIME, EXCHANGE_INFO, KLINES, ACCOUNT, API_RESTRICTIONS, COINS);

  private BinanceEndpoints() {}

  /** The lines that belong to no stream. */
  public static List<Endpoint> all() {
    return ALL;
  }

  private static Endpoint open(String path, int weight) {
    return new Endpoint("GET", path, Security.NONE, BinancePools.API, weight);
  }

  /** A line that is signed and paid for from this pool. */
  public static Endpoint signed(String path, Pool pool, int weight) {
    return new Endpoint("GET", path, Security.SIGNED, pool, weight);
  }

  /** A POST that only reads; the venue has some. */
  public static Endpoint reading(String path, int weight) {
    return new Endpoint("POST", path, Security.SIGNED, BinancePools.SAPI_IP, weight);
  }
}
