package io.tallystick.venue.binance.exports;

import io.tallystick.venue.binance.exports.FuturesRecord.FuturesFill;
import io.tallystick.venue.binance.exports.Shape.ZoneIn;
import java.util.List;

/** Futures fills. Those of old files have no ids. */
final class FuturesTradeReader implements Reader {
  private static final ExportKind KIND = ExportKind.FUTURES_TRADES;

  static final List<Shape> SHAPES =
      List.of(
          Shape.of(
              "X2",
              KIND,
              ZoneIn.NAME,
              "Uid,Time,Symbol,Side,Price,Quantity,Amount,Fee,Realized Profit,Buyer,Maker,Trade ID,"
                  + "Order ID",
              Role.USER,
              Role.AT,
              Role.PAIR,
              Role.SIDE,
              Role.PRICE,
              Role.BASE,
              Role.QUOTE,
              Role.FEE,
              Role.PROFIT,
              Role.BUYER,
              Role.MAKER,
              Role.TRADE,
              Role.ORDER),
          Shape.of(
              "X2n",
              KIND,
              ZoneIn.NAME,
              "Time,Symbol,Side,Price,Quantity,Amount,Fee,Realized Profit,Buyer,Maker,Trade ID,"
                  + "Order ID",
              Role.AT,
              Role.PAIR,
              Role.SIDE,
              Role.PRICE,
              Role.BASE,
              Role.QUOTE,
              Role.FEE,
              Role.PROFIT,
              Role.BUYER,
              Role.MAKER,
              Role.TRADE,
              Role.ORDER),
          Shape.of(
              "X2o",
              KIND,
              ZoneIn.HEADER,
              "Date(UTC),Symbol,Side,Price,Quantity,Amount,Fee,Fee Coin,Realized Profit",
              Role.AT,
              Role.PAIR,
              Role.SIDE,
              Role.PRICE,
              Role.BASE,
              Role.QUOTE,
              Role.FEE,
              Role.FEE_COIN,
              Role.PROFIT),
          Shape.of(
              "X2o",
              KIND,
              ZoneIn.HEADER,
              "Date(UTC),Symbol,Side,Price,Quantity,Amount,Fee,Fee Coin,Realized Profit,"
                  + "Quote Asset",
              Role.AT,
              Role.PAIR,
              Role.SIDE,
              Role.PRICE,
              Role.BASE,
              Role.QUOTE,
              Role.FEE,
              Role.FEE_COIN,
              Role.PROFIT,
              Role.QUOTE_ASSET));

  @Override
  public ExportRecord read(Fields row) {
    String user = row.text(Role.USER);
    Money fee =
        row.has(Role.FEE_COIN)
            ? new Money(row.signed(Role.FEE), row.asset(Role.FEE_COIN))
            : row.signedMoney(Role.FEE);
    return new FuturesFill(
        user.isEmpty() ? null : user,
        row.time(Role.AT),
        row.pair(Role.PAIR).market(),
        row.side(Role.SIDE),
        row.amount(Role.PRICE),
        row.amount(Role.BASE),
        row.amount(Role.QUOTE),
        fee,
        row.signed(Role.PROFIT),
        row.textIfAny(Role.QUOTE_ASSET),
        row.flagIfAny(Role.BUYER),
        row.flagIfAny(Role.MAKER),
        row.idIfAny(Role.TRADE),
        row.idIfAny(Role.ORDER));
  }
}
