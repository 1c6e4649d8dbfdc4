package io.tallystick.venue.binance.exports;

import io.tallystick.venue.binance.exports.ExportRecord.ConvertOrder;
import io.tallystick.venue.binance.exports.Shape.ZoneIn;
import java.util.List;

/** Conversions. They carry no id; the second time is the one that the statement's legs share. */
final class ConvertReader implements Reader {
  static final List<Shape> SHAPES =
      List.of(
          Shape.of(
              "C1",
              ExportKind.CONVERTS,
              ZoneIn.HEADER,
              "Date,Pair,Type,Sell,Buy,Price,Inverse Price,Date Updated,Status",
              Role.AT,
              Role.PAIR,
              Role.TYPE,
              Role.SOLD,
              Role.BOUGHT,
              Role.UNUSED,
              Role.UNUSED,
              Role.UPDATED,
              Role.STATUS),
          wallet("C2", ZoneIn.HEADER, "Date"),
          wallet("C3", ZoneIn.NAME, "Time"));

  private static Shape wallet(String variant, ZoneIn zone, String first) {
    return Shape.of(
        variant,
        ExportKind.CONVERTS,
        zone,
        first + ",Wallet,Pair,Type,Sell,Buy,Price,Inverse Price,Date Updated,Status",
        Role.AT,
        Role.WALLET,
        Role.PAIR,
        Role.TYPE,
        Role.SOLD,
        Role.BOUGHT,
        Role.UNUSED,
        Role.UNUSED,
        Role.UPDATED,
        Role.STATUS);
  }

  @Override
  public ExportRecord read(Fields row) {
    String status = row.needed(Role.STATUS);
    return new ConvertOrder(
        row.time(Role.AT),
        row.time(Role.UPDATED),
        row.textIfAny(Role.WALLET),
        row.pair(Role.PAIR).market(),
        row.text(Role.TYPE),
        row.money(Role.SOLD),
        row.money(Role.BOUGHT),
        row.isDone(),
        status);
  }
}
