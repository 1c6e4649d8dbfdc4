package io.tallystick.venue.binance.streams;

import com.google.auto.service.AutoService;
import io.tallystick.venue.Coverage;
import io.tallystick.venue.Domain;
import io.tallystick.venue.Reading;
import io.tallystick.venue.binance.reading.BinanceStream;
import io.tallystick.venue.binance.reading.Sheet;
import io.tallystick.venue.binance.reading.SnapshotStream;
import io.tallystick.venue.binance.reading.Wallet;
import io.tallystick.venue.binance.wire.BinanceEndpoints;

/**
 * The funding wallet (Wallet docs, Funding Wallet), where P2P, Pay and card balances live: positive
 * balances only, so an absent asset is zero.
 */
@AutoService(BinanceStream.class)
public final class FundingBalances implements SnapshotStream {
  private static final Sheet SHEET =
      new Sheet(
          30,
          "funding-balances",
          Domain.BALANCES,
          BinanceEndpoints.reading("/sapi/v1/asset/get-funding-asset", 1),
          new Coverage(
              "Balances of the funding wallet",
              "Told whole in one answer",
              "Now",
              "Derived funding = reported, each asset",
              "No file tells it: a state, not a history",
              "Wallet docs, Funding Wallet"));

  @Override
  public Sheet sheet() {
    return SHEET;
  }

  @Override
  public String key() {
    return "funding";
  }

  @Override
  public Reading map(String partition, byte[] record, Markets markets) {
    return Wallet.balances("funding", record, markets);
  }
}
