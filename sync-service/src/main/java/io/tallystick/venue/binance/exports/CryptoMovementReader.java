package io.tallystick.venue.binance.exports;

import io.tallystick.venue.binance.exports.CashRecord.CryptoMovement;
import io.tallystick.venue.binance.exports.Shape.ZoneIn;
import java.util.List;

/**
 * Crypto deposits and withdrawals. Up to 2022 both have one header, and only the name tells which
 * they are; since then a fee column marks withdrawals.
 */
final class CryptoMovementReader implements Reader {
  private static final ExportKind KIND = ExportKind.CRYPTO_MOVEMENTS;
  private static final String REST =
      "Coin,Amount,TransactionFee,Address,TXID,SourceAddress," + "PaymentID,Status";

  static final List<Shape> SHAPES =
      List.of(
          old("D1", "Date," + REST),
          old("D2", "Date(UTC)," + REST),
          Shape.of(
              "D3",
              KIND,
              ZoneIn.HEADER,
              "Date(UTC),Coin,Network,Amount,TransactionFee,Address,TXID,SourceAddress,PaymentID,"
                  + "Status",
              Role.AT,
              Role.COIN,
              Role.NETWORK,
              Role.AMOUNT,
              Role.FEE,
              Role.ADDRESS,
              Role.TXID,
              Role.SOURCE,
              Role.MEMO,
              Role.STATUS),
          deposit("D4d", ZoneIn.HEADER, "Date(UTC+0)"),
          withdrawal("D4w", ZoneIn.HEADER, "Date(UTC+0)"),
          deposit("D5d", ZoneIn.NAME, "Time"),
          withdrawal("D5w", ZoneIn.NAME, "Time"));

  private static Shape old(String variant, String header) {
    return Shape.of(
        variant,
        KIND,
        ZoneIn.HEADER,
        header,
        Role.AT,
        Role.COIN,
        Role.AMOUNT,
        Role.FEE,
        Role.ADDRESS,
        Role.TXID,
        Role.SOURCE,
        Role.MEMO,
        Role.STATUS);
  }

  private static Shape deposit(String variant, ZoneIn zone, String first) {
    return Shape.of(
        variant,
        KIND,
        zone,
        first + ",Coin,Network,Amount,Address,TXID,Status",
        Role.AT,
        Role.COIN,
        Role.NETWORK,
        Role.AMOUNT,
        Role.ADDRESS,
        Role.TXID,
        Role.STATUS);
  }

  private static Shape withdrawal(String variant, ZoneIn zone, String first) {
    return Shape.of(
        variant,
        KIND,
        zone,
        first + ",Coin,Network,Amount,Fee,Address,TXID,Status",
        Role.AT,
        Role.COIN,
        Role.NETWORK,
        Role.AMOUNT,
        Role.FEE,
        Role.ADDRESS,
        Role.TXID,
        Role.STATUS);
  }

  /** What the header itself says of the direction: it has one since 2023. */
  static boolean headerTells(Shape shape) {
    return shape.kind() == KIND && !shape.roles().contains(Role.SOURCE);
  }

  static Direction direction(Shape shape) {
    return shape.roles().contains(Role.FEE) ? Direction.WITHDRAWAL : Direction.DEPOSIT;
  }

  @Override
  public ExportRecord read(Fields row) {
    Direction asked = row.settings().direction();
    String status = row.needed(Role.STATUS);
    return new CryptoMovement(
        asked == null ? direction(row.columns().shape()) : asked,
        row.time(Role.AT),
        row.money(Role.AMOUNT, Role.COIN),
        row.amountIfAny(Role.FEE),
        row.textIfAny(Role.NETWORK),
        row.text(Role.ADDRESS),
        TxId.of(row.text(Role.TXID)),
        row.textIfAny(Role.SOURCE),
        row.textIfAny(Role.MEMO),
        row.progress(),
        status);
  }
}
