package io.tallystick.venue.binance.exports;

import io.tallystick.venue.binance.exports.FuturesRecord.Position;
import io.tallystick.venue.binance.exports.Shape.ZoneIn;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Futures positions: a view of fills that other files hold. */
final class FuturesPositionReader implements Reader {
  static final List<Shape> SHAPES =
      List.of(
          Shape.of(
              "X3",
              ExportKind.FUTURES_POSITIONS,
              ZoneIn.NOWHERE,
              "Symbol,Margin Mode,Position Side,Entry Price,Avg. Close Price,Max Open Interest,"
                  + "Closed Vol.,Closing PNL,Opened,Closed,Status",
              Role.PAIR,
              Role.MODE,
              Role.SIDE,
              Role.UNUSED,
              Role.UNUSED,
              Role.UNUSED,
              Role.UNUSED,
              Role.PROFIT,
              Role.AT,
              Role.UPDATED,
              Role.STATUS));

  @Override
  public ExportRecord read(Fields row) {
    @Nullable String closed = row.textIfAny(Role.UPDATED);
    return new Position(
        row.pair(Role.PAIR).market(),
        row.text(Role.MODE),
        row.needed(Role.SIDE),
        row.signedMoney(Role.PROFIT),
        local(row.time(Role.AT)),
        closed == null ? null : local(row.time(Role.UPDATED)),
        row.needed(Role.STATUS));
  }

  private static LocalDateTime local(Moment moment) {
    return moment.at().atOffset(ZoneOffset.UTC).toLocalDateTime();
  }
}
