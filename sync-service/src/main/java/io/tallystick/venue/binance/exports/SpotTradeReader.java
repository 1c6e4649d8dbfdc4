package io.tallystick.venue.binance.exports;

import io.tallystick.venue.binance.exports.Pairs.Pair;
import io.tallystick.venue.binance.exports.Shape.ZoneIn;
import java.math.BigDecimal;
import java.util.List;

/**
 * Spot fills, and margin fills in the same shape. The header word Amount is a trap: the base
 * quantity in files with units apart, the quote total in files with glued units.
 */
final class SpotTradeReader implements Reader {
  private static final ExportKind KIND = ExportKind.SPOT_TRADES;

  static final List<Shape> SHAPES =
      List.of(
          Shape.of(
              "T1",
              KIND,
              ZoneIn.HEADER,
              "Date(UTC),Market,Type,Price,Amount,Total,Fee,Fee Coin",
              Role.AT,
              Role.PAIR,
              Role.SIDE,
              Role.PRICE,
              Role.BASE,
              Role.QUOTE,
              Role.FEE,
              Role.FEE_COIN),
          Shape.of(
              "T1b",
              KIND,
              ZoneIn.HEADER,
              "Date(UTC),Market,Type,Side,Price,Amount,Total,Fee,Fee Coin",
              Role.AT,
              Role.PAIR,
              Role.UNUSED,
              Role.SIDE,
              Role.PRICE,
              Role.BASE,
              Role.QUOTE,
              Role.FEE,
              Role.FEE_COIN),
          glued("T2", ZoneIn.HEADER, "Date(UTC),Pair,Side,Price,Executed,Amount,Fee"),
          glued("T2b", ZoneIn.HEADER, "Date(UTC),Pair,Side,Price,Quantity,Amount,Fee"),
          glued("T3", ZoneIn.NAME, "Time,Pair,Side,Price,Executed,Amount,Fee"),
          glued("T3es", ZoneIn.NAME, "Tiempo,Par,Lado,Precio,Ejecutado,Cantidad,Tarifa"),
          glued("T3cs", ZoneIn.NAME, "Čas,Pár,Strana,Cena,Provedeno,Částka,Poplatek"),
          Shape.of(
              "T4",
              KIND,
              ZoneIn.HEADER,
              "Date(UTC),Pair,Base Asset,Quote Asset,Type,Price,Amount,Total,Fee,Fee Coin",
              Role.AT,
              Role.PAIR,
              Role.BASE_ASSET,
              Role.QUOTE_ASSET,
              Role.SIDE,
              Role.PRICE,
              Role.BASE,
              Role.QUOTE,
              Role.FEE,
              Role.FEE_COIN));

  private static Shape glued(String variant, ZoneIn zone, String header) {
    return Shape.of(
        variant,
        KIND,
        zone,
        header,
        Role.AT,
        Role.PAIR,
        Role.SIDE,
        Role.PRICE,
        Role.BASE,
        Role.QUOTE,
        Role.FEE);
  }

  @Override
  public ExportRecord read(Fields row) {
    Moment at = row.time(Role.AT);
    Pair pair = row.pair(Role.PAIR);
    Side side = row.side(Role.SIDE);
    BigDecimal price = row.amount(Role.PRICE);
    boolean glued = !row.has(Role.FEE_COIN);
    if (row.has(Role.BASE_ASSET)
        && !Pairs.halves(pair, row.asset(Role.BASE_ASSET), row.asset(Role.QUOTE_ASSET))) {
      row.wrong(Role.PAIR, Trouble.UNIT_NOT_IN_PAIR);
    }
    BigDecimal base = glued ? Glued.base(row, Role.BASE, pair) : row.amount(Role.BASE);
    BigDecimal quote = glued ? Glued.quote(row, Role.QUOTE, pair) : row.amount(Role.QUOTE);
    Money fee =
        glued
            ? Glued.fee(row, row.columns().at(Role.FEE), pair)
            : row.money(Role.FEE, Role.FEE_COIN);
    Glued.check(row, Role.QUOTE, price, base, quote);
    return new Fill(
        at,
        row.settings().margin(),
        pair.market(),
        pair.base(),
        pair.quote(),
        side,
        price,
        base,
        quote,
        fee.amount(),
        fee.asset());
  }
}
