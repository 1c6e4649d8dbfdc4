package io.tallystick.venue.binance.exports;

import io.tallystick.venue.binance.exports.Shape.ZoneIn;
import java.util.List;

/** Margin loans, repayments and interest. */
final class MarginReader implements Reader {
  static final List<Shape> SHAPES =
      List.of(
          Shape.of(
              "M1",
              ExportKind.MARGIN_LOANS,
              ZoneIn.HEADER,
              "Pair,Coin,Date,Amount,Type,Status",
              Role.PAIR,
              Role.COIN,
              Role.AT,
              Role.AMOUNT,
              Role.TYPE,
              Role.STATUS),
          Shape.of(
              "M2",
              ExportKind.MARGIN_INTEREST,
              ZoneIn.HEADER,
              "Pair,Coin,Amount,Time,Interest Type",
              Role.PAIR,
              Role.COIN,
              Role.AMOUNT,
              Role.AT,
              Role.TYPE));

  @Override
  public ExportRecord read(Fields row) {
    Moment at = row.time(Role.AT);
    // What is lent across all pairs belongs to none.
    String market = row.textIfAny(Role.PAIR) == null ? "" : row.pair(Role.PAIR).market();
    Money amount = row.money(Role.AMOUNT, Role.COIN);
    String type = row.needed(Role.TYPE);
    if (!row.has(Role.STATUS)) {
      return new MarginRecord.Interest(at, market, amount, type);
    }
    String status = row.needed(Role.STATUS);
    return new MarginRecord.Loan(at, market, amount, type, row.isDone(), status);
  }
}
