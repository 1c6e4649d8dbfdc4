package io.tallystick.venue.binance.exports;

import io.tallystick.venue.binance.exports.ExportRecord.StakeSwap;
import io.tallystick.venue.binance.exports.Shape.ZoneIn;
import java.util.List;

/** Ether staked for BETH, and what BETH distributed. */
final class StakeReader implements Reader {
  static final List<Shape> SHAPES =
      List.of(
          Shape.of(
              "E2",
              ExportKind.ETH2_STAKING,
              ZoneIn.HEADER,
              "Date(UTC),Coin,Token,Amount,Status",
              Role.AT,
              Role.COIN,
              Role.PRODUCT,
              Role.AMOUNT,
              Role.STATUS));

  @Override
  public ExportRecord read(Fields row) {
    String status = row.needed(Role.STATUS);
    return new StakeSwap(
        row.time(Role.AT),
        row.asset(Role.COIN),
        row.asset(Role.PRODUCT),
        row.amount(Role.AMOUNT),
        row.isDone(),
        status);
  }
}
