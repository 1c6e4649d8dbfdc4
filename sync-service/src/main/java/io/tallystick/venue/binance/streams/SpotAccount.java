package io.tallystick.venue.binance.streams;

import com.google.auto.service.AutoService;
import io.tallystick.venue.Coverage;
import io.tallystick.venue.Domain;
import io.tallystick.venue.Reading;
import io.tallystick.venue.binance.reading.BinanceStream;
import io.tallystick.venue.binance.reading.Sheet;
import io.tallystick.venue.binance.reading.SnapshotStream;
import io.tallystick.venue.binance.wire.BinanceEndpoints;
import io.tallystick.venue.binance.wire.Row;
import java.util.ArrayList;
import java.util.List;

/**
 * Every asset the spot account ever touched, zeros included (Spot REST docs, Account information):
 * where the search for trades begins. Balances come from {@link SpotBalances}, which knows the
 * frozen parts; {@code LD…} tokens are listed here as seen, though they are claims on Earn.
 */
@AutoService(BinanceStream.class)
public final class SpotAccount implements SnapshotStream {
  private static final Sheet SHEET =
      new Sheet(
          10,
          "spot-account",
          Domain.BALANCES,
          BinanceEndpoints.ACCOUNT,
          new Coverage(
              "Every asset the account ever touched",
              "Told whole in one answer",
              "Now",
              "Steers the search for trades; books nothing",
              "No file tells it: a state, not a history",
              "Spot REST docs, Account information"));

  @Override
  public Sheet sheet() {
    return SHEET;
  }

  @Override
  public String key() {
    return "account";
  }

  @Override
  public Reading map(String partition, byte[] record, Markets markets) {
    Row account = Row.of(record);
    List<Row> balances = account.rows("balances");
    String wrong = account.wrong();
    if (wrong != null) {
      return new Reading.Unread(wrong);
    }
    List<String> assets = new ArrayList<>();
    for (Row balance : balances) {
      String asset = balance.name("asset");
      if (balance.wrong() == null) {
        assets.add(asset);
      }
    }
    return assets.isEmpty() && !balances.isEmpty()
        ? new Reading.Unread("no balance names its asset")
        : new Reading.AssetsSeen(assets);
  }
}
