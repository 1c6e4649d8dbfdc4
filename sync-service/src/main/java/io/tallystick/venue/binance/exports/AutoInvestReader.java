package io.tallystick.venue.binance.exports;

import io.tallystick.venue.binance.exports.ExportRecord.AutoInvestBuy;
import io.tallystick.venue.binance.exports.Shape.ZoneIn;
import java.util.List;

/** Purchases of savings plans. The order of the columns of 2026 is not known and not needed. */
final class AutoInvestReader implements Reader {
  static final List<Shape> SHAPES =
      List.of(
          Shape.of(
              "AI1",
              ExportKind.AUTO_INVEST,
              ZoneIn.HEADER,
              "Auto-Invest Date(UTC),Holding Coin,Amount per period,Trading Fee,Units,From,Status",
              Role.AT,
              Role.COIN,
              Role.SOLD,
              Role.FEE,
              Role.BOUGHT,
              Role.WALLET,
              Role.STATUS),
          Shape.of(
              "AI2",
              ExportKind.AUTO_INVEST,
              ZoneIn.NAME,
              "Time,Holding Coin,Amount Per Period,Trading Fee,Units,Status",
              Role.AT,
              Role.COIN,
              Role.SOLD,
              Role.FEE,
              Role.BOUGHT,
              Role.STATUS));

  @Override
  public ExportRecord read(Fields row) {
    String status = row.needed(Role.STATUS);
    return new AutoInvestBuy(
        row.time(Role.AT),
        row.asset(Role.COIN),
        row.moneyIfAny(Role.SOLD),
        row.moneyIfAny(Role.FEE),
        row.moneyIfAny(Role.BOUGHT),
        row.textIfAny(Role.WALLET),
        row.isDone(),
        status);
  }
}
