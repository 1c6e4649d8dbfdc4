package io.tallystick.records;

import io.tallystick.venue.Raw;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

/** A spot fill as the venue writes one; amounts as text, so that nothing rounds them. */
public record Fill(
    String symbol,
    long id,
    boolean buy,
    String price,
    String quantity,
    String fee,
    String feeAsset,
    Instant at) {

  /** A buy of one unit for ten, without a fee worth naming. */
  public static Fill buy(String symbol, long id, Instant at) {
    return new Fill(symbol, id, true, "10", "1", "0", "USDT", at);
  }

  /** The same fill with another fee. */
  public Fill withFee(String amount, String asset) {
    return new Fill(symbol, id, buy, price, quantity, amount, asset, at);
  }

  /** The same fill at another price and quantity. */
  public Fill of(String newQuantity, String newPrice) {
    return new Fill(symbol, id, buy, newPrice, newQuantity, fee, feeAsset, at);
  }

  /** The same facts the other way round. */
  public Fill sell() {
    return new Fill(symbol, id, false, price, quantity, fee, feeAsset, at);
  }

  /** The record, keyed as the stream keys it. */
  public Raw raw() {
    String json =
        String.format(
            Locale.ROOT,
            """
            {"symbol":"%s","id":%d,"orderId":%d,"price":"%s","qty":"%s","commission":"%s",\
            "commissionAsset":"%s","time":%d,"isBuyer":%s,"isMaker":false}\
            """,
            symbol,
            id,
            id + 1000,
            price,
            quantity,
            fee,
            feeAsset,
            at.toEpochMilli(),
            buy);
    return new Raw(id + (buy ? ":buy" : ":sell"), at, json.getBytes(StandardCharsets.UTF_8));
  }
}
