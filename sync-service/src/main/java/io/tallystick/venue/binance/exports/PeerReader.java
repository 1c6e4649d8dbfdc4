package io.tallystick.venue.binance.exports;

import io.tallystick.venue.binance.exports.ExportRecord.PeerOrder;
import io.tallystick.venue.binance.exports.Shape.ZoneIn;
import java.util.List;

/** Orders between two persons. The misspelt header is the venue's own. */
final class PeerReader implements Reader {
  private static final ExportKind KIND = ExportKind.P2P_ORDERS;

  static final List<Shape> SHAPES =
      List.of(
          Shape.of(
              "P1",
              KIND,
              ZoneIn.HEADER,
              "Order Number,Order Type,Asset Type,Fiat Type,Total Price,Price,Quantity,"
                  + "Exchange rate,Couterparty,Status,Created Time",
              Role.REFERENCE,
              Role.SIDE,
              Role.COIN,
              Role.FIAT,
              Role.QUOTE,
              Role.UNUSED,
              Role.BASE,
              Role.UNUSED,
              Role.UNUSED,
              Role.STATUS,
              Role.AT),
          Shape.of(
              "P2",
              KIND,
              ZoneIn.HEADER,
              "Order Number,Order Type,Asset Type,Fiat Type,Total Price,Price,Quantity,"
                  + "Exchange rate,Maker Fee,Taker Fee,Couterparty,Status,Created Time",
              Role.REFERENCE,
              Role.SIDE,
              Role.COIN,
              Role.FIAT,
              Role.QUOTE,
              Role.UNUSED,
              Role.BASE,
              Role.UNUSED,
              Role.MAKER_FEE,
              Role.TAKER_FEE,
              Role.UNUSED,
              Role.STATUS,
              Role.AT),
          Shape.of(
              "P3",
              KIND,
              ZoneIn.CELL,
              "Order Number,Created Time,Order Type,Asset,Quantity,Total Price,Fiat Type,"
                  + "Counterparty,Status",
              Role.REFERENCE,
              Role.AT,
              Role.SIDE,
              Role.COIN,
              Role.BASE,
              Role.QUOTE,
              Role.FIAT,
              Role.UNUSED,
              Role.STATUS));

  @Override
  public ExportRecord read(Fields row) {
    String status = row.needed(Role.STATUS);
    return new PeerOrder(
        row.id(Role.REFERENCE),
        row.time(Role.AT),
        row.side(Role.SIDE),
        row.money(Role.BASE, Role.COIN),
        row.money(Role.QUOTE, Role.FIAT),
        row.amountIfAny(Role.MAKER_FEE),
        row.amountIfAny(Role.TAKER_FEE),
        row.isDone(),
        status);
  }
}
