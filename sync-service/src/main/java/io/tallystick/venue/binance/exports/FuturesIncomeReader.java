package io.tallystick.venue.binance.exports;

import io.tallystick.venue.binance.exports.FuturesRecord.Income;
import io.tallystick.venue.binance.exports.Shape.ZoneIn;
import java.util.List;

/** What changed a futures wallet: profit, funding, fees, transfers and swaps. */
final class FuturesIncomeReader implements Reader {
  static final List<Shape> SHAPES =
      List.of(shape("X1", ZoneIn.HEADER, "Date(UTC)"), shape("X1b", ZoneIn.NAME, "Time"));

  private static Shape shape(String variant, ZoneIn zone, String first) {
    return Shape.of(
        variant,
        ExportKind.FUTURES_INCOME,
        zone,
        first + ",Type,Amount,Asset,Symbol,Transaction ID",
        Role.AT,
        Role.TYPE,
        Role.CHANGE,
        Role.COIN,
        Role.PAIR,
        Role.REFERENCE);
  }

  @Override
  public ExportRecord read(Fields row) {
    return new Income(
        row.time(Role.AT),
        row.needed(Role.TYPE),
        new Money(row.signed(Role.CHANGE), row.asset(Role.COIN)),
        // Transfers and swaps belong to no market.
        row.textIfAny(Role.PAIR) == null ? null : row.pair(Role.PAIR).market(),
        row.id(Role.REFERENCE));
  }
}
