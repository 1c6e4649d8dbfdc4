package io.tallystick.venue.binance.exports;

import io.tallystick.venue.binance.exports.CashRecord.FiatMovement;
import io.tallystick.venue.binance.exports.Shape.ZoneIn;
import java.util.List;

/**
 * Fiat deposits and withdrawals. The order id is the identity: another export of the same range may
 * word the method otherwise.
 */
final class FiatMovementReader implements Reader {
  private static final ExportKind KIND = ExportKind.FIAT_MOVEMENTS;

  static final List<Shape> SHAPES =
      List.of(
          Shape.of(
              "F1",
              KIND,
              ZoneIn.HEADER,
              "Date(UTC),Coin,Amount,Status,Payment Method,Indicated Amount,Fee,Order ID",
              Role.AT,
              Role.COIN,
              Role.NET,
              Role.STATUS,
              Role.METHOD,
              Role.GROSS,
              Role.FEE,
              Role.REFERENCE),
          newer("F2d", "Deposit Amount"),
          newer("F2w", "Withdraw Amount"));

  /** Either of the newer two in another language: which of them, only the name can tell. */
  static final Shape TRANSLATED = newer("F2", "Amount");

  private static Shape newer(String variant, String amount) {
    return Shape.of(
        variant,
        KIND,
        ZoneIn.NAME,
        "Time,Method," + amount + ",Receive Amount,Fee,Status,Transaction ID",
        Role.AT,
        Role.METHOD,
        Role.GROSS,
        Role.NET,
        Role.FEE,
        Role.STATUS,
        Role.REFERENCE);
  }

  static boolean headerTells(Shape shape) {
    return shape.kind() == KIND
        && !shape.roles().contains(Role.COIN)
        && !shape.variant().equals(TRANSLATED.variant());
  }

  static Direction direction(Shape shape) {
    return shape.variant().equals("F2d") ? Direction.DEPOSIT : Direction.WITHDRAWAL;
  }

  @Override
  public ExportRecord read(Fields row) {
    Direction asked = row.settings().direction();
    String status = row.needed(Role.STATUS);
    return new FiatMovement(
        asked == null ? direction(row.columns().shape()) : asked,
        row.time(Role.AT),
        amount(row, Role.GROSS),
        amount(row, Role.NET),
        amount(row, Role.FEE),
        row.text(Role.METHOD),
        row.id(Role.REFERENCE),
        row.progress(),
        status);
  }

  private static Money amount(Fields row, Role role) {
    return row.has(Role.COIN) ? row.money(role, Role.COIN) : row.money(role);
  }
}
