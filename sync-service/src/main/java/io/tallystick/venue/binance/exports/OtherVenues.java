package io.tallystick.venue.binance.exports;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Headers of other venues' exports, as far as a few of their columns betray them: so that a person
 * who picked the wrong file is told which one it is.
 */
final class OtherVenues {
  private record Sign(String venue, Set<String> names) {}

  private static final List<Sign> SIGNS =
      List.of(
          sign("Kraken", "txid,refid,aclass,asset"),
          sign("Kraken", "txid,refid,time,type,asset,amount,fee,balance"),
          sign("Kraken", "txid,ordertxid,pair,ordertype,vol"),
          sign("Coinbase", "timestamp,transaction type,asset,quantity transacted"),
          sign("Coinbase", "portfolio,trade id,product,side,size unit"),
          sign("OKX", "id,order id,trade type,trading unit"),
          sign("OKX", "id,order id,trade type,instrument"),
          sign("OKX", "order id,trade id,trade time,pairs"),
          sign("OKX", "id,time,type,before balance,after balance"),
          sign("KuCoin", "uid,account type"),
          sign("KuCoin", "tradecreatedat,orderid,symbol,feecurrency"),
          sign("KuCoin", "coin_type,type,add,hash,vol,created_at"),
          sign("Bybit", "currency,contract,cash flow,wallet balance"),
          sign("Bybit", "date & time(utc),coin,qty,account balance"),
          sign("Bybit", "coin,amount,wallet balance,time(utc)"),
          sign("Crypto.com", "timestamp (utc),transaction description,transaction kind"),
          sign("Bitstamp", "account,subtype,datetime,amount currency"),
          sign("Bitstamp", "type,datetime,account,amount,value,rate,sub type"),
          sign("Bitget", "futures,opening time,position pnl"),
          sign("Binance.US", "user_id,time,category,operation,primary_asset"),
          sign("Binance.US", "user id,time,category,operation,primary asset"));

  private OtherVenues() {}

  private static Sign sign(String venue, String names) {
    return new Sign(venue, Set.of(names.split(",")));
  }

  /** The venue whose header this is; null when it is nobody's we know. */
  static @Nullable String of(List<String> header) {
    Set<String> names = new HashSet<>(Shape.normal(header));
    for (Sign sign : SIGNS) {
      if (names.containsAll(sign.names())) {
        return sign.venue();
      }
    }
    return null;
  }
}
