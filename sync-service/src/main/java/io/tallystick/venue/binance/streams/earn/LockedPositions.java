package io.tallystick.venue.binance.streams.earn;

import com.google.auto.service.AutoService;
import io.tallystick.venue.Answer;
import io.tallystick.venue.Bookmark;
import io.tallystick.venue.Call;
import io.tallystick.venue.Coverage;
import io.tallystick.venue.Domain;
import io.tallystick.venue.Fetch;
import io.tallystick.venue.Reading;
import io.tallystick.venue.binance.reading.BinanceStream;
import io.tallystick.venue.binance.reading.Sheet;
import io.tallystick.venue.binance.reading.SnapshotStream;
import io.tallystick.venue.binance.wire.BinanceEndpoints;
import io.tallystick.venue.binance.wire.BinancePools;
import java.time.Instant;

/**
 * What is locked (Simple Earn docs, Get Locked Product Position): the wallet {@code earn-locked}.
 */
@AutoService(BinanceStream.class)
public final class LockedPositions implements SnapshotStream {
  private static final Sheet SHEET =
      new Sheet(
          50,
          "locked-positions",
          Domain.EARN,
          BinanceEndpoints.signed(
              "/sapi/v1/simple-earn/locked/position", BinancePools.SAPI_IP, 150),
          new Coverage(
              "The wallet earn-locked",
              "As many positions as total tells, over all pages",
              "Now",
              "Derived earn-locked = reported, each asset",
              "No file tells it: a state, not a history",
              "Simple Earn docs, Get Locked Product Position"));

  @Override
  public Sheet sheet() {
    return SHEET;
  }

  @Override
  public boolean tellsBalances() {
    return true;
  }

  @Override
  public Call next(String partition, Bookmark bookmark, Instant now) {
    return Call.of(sheet().endpoint(), Positions.asked(bookmark));
  }

  @Override
  public Fetch read(String partition, Bookmark bookmark, Instant now, Answer answer) {
    return Positions.page(key(), bookmark, answer);
  }

  @Override
  public Reading map(String partition, byte[] record, Markets markets) {
    return Positions.reading("earn-locked", record, "amount", "");
  }
}
