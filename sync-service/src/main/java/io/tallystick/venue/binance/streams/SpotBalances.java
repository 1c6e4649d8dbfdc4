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
 * The spot wallet (Wallet docs, User Asset): positive balances only, so an absent asset is zero,
 * with the frozen and withdrawing parts that the account answer lacks. Whoever owes whom inside
 * {@code LD…} tokens is settled where Earn positions are read, not by their prefix.
 */
@AutoService(BinanceStream.class)
public final class SpotBalances implements SnapshotStream {
  private static final Sheet SHEET =
      new Sheet(
          20,
          "spot-balances",
          Domain.BALANCES,
          BinanceEndpoints.reading("/sapi/v3/asset/getUserAsset", 5),
          new Coverage(
              "Balances of the spot wallet",
              "Told whole in one answer",
              "Now",
              "Derived spot = reported, each asset",
              "No file tells it: a state, not a history",
              "Wallet docs, User Asset"));

  @Override
  public Sheet sheet() {
    return SHEET;
  }

  @Override
  public String key() {
    return "spot";
  }

  @Override
  public Reading map(String partition, byte[] record, Markets markets) {
    return Wallet.balances("spot", record, markets);
  }
}
