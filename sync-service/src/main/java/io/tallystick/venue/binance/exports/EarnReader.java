package io.tallystick.venue.binance.exports;

import io.tallystick.venue.binance.exports.ExportRecord.EarnInterest;
import io.tallystick.venue.binance.exports.Shape.ZoneIn;
import java.util.List;

/** Interest of flexible savings. */
final class EarnReader implements Reader {
  static final List<Shape> SHAPES =
      List.of(
          Shape.of(
              "E1",
              ExportKind.EARN_INTEREST,
              ZoneIn.HEADER,
              "Date(UTC),Product Name,Coin,Amount",
              Role.AT,
              Role.PRODUCT,
              Role.COIN,
              Role.AMOUNT));

  @Override
  public ExportRecord read(Fields row) {
    return new EarnInterest(
        row.time(Role.AT), row.text(Role.PRODUCT), row.money(Role.AMOUNT, Role.COIN));
  }
}
