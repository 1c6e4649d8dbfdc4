package io.tallystick.venue.binance.exports;

import io.tallystick.venue.binance.exports.ExportRecord.DustSwap;
import io.tallystick.venue.binance.exports.Shape.ZoneIn;
import java.util.List;

/** The table of the dust page, which people copy by hand. */
final class DustReader implements Reader {
  static final List<Shape> SHAPES =
      List.of(
          Shape.of(
              "DU",
              ExportKind.DUST,
              ZoneIn.HEADER,
              "Date,Coin,Amount,Fee (BNB),Converted BNB",
              Role.AT,
              Role.COIN,
              Role.AMOUNT,
              Role.FEE,
              Role.BOUGHT));

  @Override
  public ExportRecord read(Fields row) {
    return new DustSwap(
        row.time(Role.AT),
        row.money(Role.AMOUNT, Role.COIN),
        row.amount(Role.FEE),
        row.amount(Role.BOUGHT));
  }
}
