package io.tallystick.venue.binance.exports;

import io.tallystick.venue.binance.exports.CashRecord.FiatPurchase;
import io.tallystick.venue.binance.exports.Shape.ZoneIn;
import java.util.List;

/** Crypto bought with a card or fiat, or sold for it. The offset stands in old headers. */
final class FiatPurchaseReader implements Reader {
  private static final ExportKind KIND = ExportKind.FIAT_PURCHASES;

  static final List<Shape> SHAPES =
      List.of(
          Shape.of(
              "B1",
              KIND,
              ZoneIn.HEADER,
              "Date(UTC),Method,Amount,Price,Fees,Final Amount,Status,Transaction ID",
              Role.AT,
              Role.METHOD,
              Role.SOLD,
              Role.PRICE,
              Role.FEE,
              Role.BOUGHT,
              Role.STATUS,
              Role.REFERENCE),
          newer("B2", ZoneIn.HEADER, "Date(UTC)"),
          newer("B3", ZoneIn.NAME, "Time"));

  private static Shape newer(String variant, ZoneIn zone, String first) {
    return Shape.of(
        variant,
        KIND,
        zone,
        first + ",Method,Spend Amount,Receive Amount,Fee,Price,Status,Transaction ID",
        Role.AT,
        Role.METHOD,
        Role.SOLD,
        Role.BOUGHT,
        Role.FEE,
        Role.PRICE,
        Role.STATUS,
        Role.REFERENCE);
  }

  @Override
  public ExportRecord read(Fields row) {
    String status = row.needed(Role.STATUS);
    return new FiatPurchase(
        row.time(Role.AT),
        row.text(Role.METHOD),
        row.money(Role.SOLD),
        row.money(Role.BOUGHT),
        row.moneyIfAny(Role.FEE),
        row.text(Role.PRICE),
        row.id(Role.REFERENCE),
        row.progress(),
        status);
  }
}
