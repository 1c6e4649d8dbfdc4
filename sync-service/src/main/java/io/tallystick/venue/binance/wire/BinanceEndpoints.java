package io.tallystick.venue.binance.wire;

import io.tallystick.venue.Endpoint;
import io.tallystick.venue.Endpoint.Security;
import io.tallystick.venue.Pool;
import java.util.List;

/**
 * The allow-list: every request that may ever be sent to Binance, as exact method and path. The
 * verb proves nothing (some POSTs read, a GET changes account state), so each line was checked by
 * hand against the venue's documents; all of them only read.
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

  /** Fills of one symbol (Spot REST docs, Account trade list); 20 without {@code orderId}. */
  public static final Endpoint MY_TRADES = signed("/api/v3/myTrades", BinancePools.API, 20);

  /** Orders of one symbol in every state (Spot REST docs, All orders). */
  public static final Endpoint ALL_ORDERS = signed("/api/v3/allOrders", BinancePools.API, 20);

  /** Open orders (Spot REST docs, Current open orders); 80 for all symbols at once. */
  public static final Endpoint OPEN_ORDERS = signed("/api/v3/openOrders", BinancePools.API, 80);

  /** The rights of the key (Wallet docs, Get API Key Permission). */
  public static final Endpoint API_RESTRICTIONS =
      signed("/sapi/v1/account/apiRestrictions", BinancePools.SAPI_IP, 1);

  /** All coins and networks (Wallet docs, All Coins' Information). */
  public static final Endpoint COINS =
      signed("/sapi/v1/capital/config/getall", BinancePools.SAPI_IP, 10);

  /** The spot wallet with its frozen parts (Wallet docs, User Asset): a POST that reads. */
  public static final Endpoint USER_ASSET =
      new Endpoint("POST", "/sapi/v3/asset/getUserAsset", Security.SIGNED, BinancePools.SAPI_IP, 5);

  /** The funding wallet (Wallet docs, Funding Wallet): a POST that reads. */
  public static final Endpoint FUNDING_ASSET =
      new Endpoint(
          "POST", "/sapi/v1/asset/get-funding-asset", Security.SIGNED, BinancePools.SAPI_IP, 1);

  /** Crypto deposits (Wallet docs, Deposit History). */
  public static final Endpoint DEPOSITS =
      signed("/sapi/v1/capital/deposit/hisrec", BinancePools.SAPI_IP, 1);

  /** Crypto withdrawals (Wallet docs, Withdraw History). */
  public static final Endpoint WITHDRAWALS =
      signed("/sapi/v1/capital/withdraw/history", BinancePools.SAPI_UID_SECOND, 18_000);

  private static final List<Endpoint> ALL =
      List.of(
          TIME,
          EXCHANGE_INFO,
          KLINES,
          ACCOUNT,
          MY_TRADES,
          ALL_ORDERS,
          OPEN_ORDERS,
          API_RESTRICTIONS,
          COINS,
          USER_ASSET,
          FUNDING_ASSET,
          DEPOSITS,
          WITHDRAWALS);

  private BinanceEndpoints() {}

  /** Every line of the list. */
  public static List<Endpoint> all() {
    return ALL;
  }

  private static Endpoint open(String path, int weight) {
    return new Endpoint("GET", path, Security.NONE, BinancePools.API, weight);
  }

  private static Endpoint signed(String path, Pool pool, int weight) {
    return new Endpoint("GET", path, Security.SIGNED, pool, weight);
  }
}
