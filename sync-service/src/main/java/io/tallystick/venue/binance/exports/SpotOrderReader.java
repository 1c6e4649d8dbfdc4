package io.tallystick.venue.binance.exports;

import io.tallystick.venue.binance.exports.OrderRecord.Order;
import io.tallystick.venue.binance.exports.OrderRecord.OrderFill;
import io.tallystick.venue.binance.exports.Pairs.Pair;
import io.tallystick.venue.binance.exports.Shape.ZoneIn;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order history, spot and margin. In old files each order's fills stand below it: their first
 * cell is empty, and a sub-header of their own comes before them.
 */
final class SpotOrderReader implements Reader {
  private static final ExportKind KIND = ExportKind.SPOT_ORDERS;
  private static final String O3 =
      "OrderNo,Pair,Type,Side,Order Price,Order Amount,Time,Executed,Average Price,Trading total,"
          + "Status";

  static final List<Shape> SHAPES =
      List.of(
          Shape.of(
              "O1",
              KIND,
              ZoneIn.HEADER,
              "Date(UTC),Pair,Type,Order Price,Order Amount,AvgTrading Price,Filled,Total,status",
              Role.AT,
              Role.PAIR,
              Role.SIDE,
              Role.PRICE,
              Role.ORDERED,
              Role.AVERAGE,
              Role.BASE,
              Role.QUOTE,
              Role.STATUS),
          numbered("O2", "OrderNo"),
          Shape.of(
              "O2b",
              KIND,
              ZoneIn.HEADER,
              "Date(UTC),orderId,clientOrderId,Pair,Type,Order Price,Order Amount,AvgTrading Price,"
                  + "Filled,Total,status",
              Role.AT,
              Role.ORDER,
              Role.CLIENT_ORDER,
              Role.PAIR,
              Role.SIDE,
              Role.PRICE,
              Role.ORDERED,
              Role.AVERAGE,
              Role.BASE,
              Role.QUOTE,
              Role.STATUS),
          timed("O3", ZoneIn.HEADER, "Date(UTC)," + O3),
          timed("O4", ZoneIn.NAME, "Time," + O3),
          Shape.of(
              "Oc1",
              KIND,
              ZoneIn.HEADER,
              "Date(UTC),Order No.,Pair,Type,Side,Order Price,Order Amount,AvgTrading Price,Filled,"
                  + "Total,Status",
              Role.AT,
              Role.ORDER,
              Role.PAIR,
              Role.TYPE,
              Role.SIDE,
              Role.PRICE,
              Role.ORDERED,
              Role.AVERAGE,
              Role.BASE,
              Role.QUOTE,
              Role.STATUS),
          Shape.of(
              "Oc2",
              KIND,
              ZoneIn.HEADER,
              "Date(UTC),Order No.,Pair,Type,Side,Average Price,Executed Quantity,Total,Status",
              Role.AT,
              Role.ORDER,
              Role.PAIR,
              Role.TYPE,
              Role.SIDE,
              Role.AVERAGE,
              Role.BASE,
              Role.QUOTE,
              Role.STATUS));

  private @Nullable Order order;
  private @Nullable Pair pair;
  private long orderLine;

  private static Shape numbered(String variant, String number) {
    return Shape.of(
        variant,
        KIND,
        ZoneIn.HEADER,
        "Date(UTC),"
            + number
            + ",Pair,Type,Order Price,Order Amount,AvgTrading Price,Filled,Total,status",
        Role.AT,
        Role.ORDER,
        Role.PAIR,
        Role.SIDE,
        Role.PRICE,
        Role.ORDERED,
        Role.AVERAGE,
        Role.BASE,
        Role.QUOTE,
        Role.STATUS);
  }

  // Two columns are called Time: the first is when it was placed, the second when it last changed.
  private static Shape timed(String variant, ZoneIn zone, String header) {
    return Shape.of(
        variant,
        KIND,
        zone,
        header,
        Role.AT,
        Role.ORDER,
        Role.PAIR,
        Role.TYPE,
        Role.SIDE,
        Role.PRICE,
        Role.ORDERED,
        Role.UPDATED,
        Role.BASE,
        Role.AVERAGE,
        Role.QUOTE,
        Role.STATUS);
  }

  @Override
  public @Nullable ExportRecord read(Fields row) {
    boolean below = row.cells().blank(row.columns().at(Role.AT)) && !row.cells().blank(1);
    if (!below) {
      Order read = order(row);
      boolean sound = row.fault() == null;
      order = sound ? read : null;
      orderLine = row.line();
      return read;
    }
    boolean subHeader = Shape.normal(row.cells().text(1)).equals("date(utc)");
    return subHeader ? null : fill(row);
  }

  private Order order(Fields row) {
    Pair of = row.pair(Role.PAIR);
    pair = of;
    return new Order(
            row.idIfAny(Role.ORDER),
            row.textIfAny(Role.CLIENT_ORDER),
            row.time(Role.AT),
            row.has(Role.UPDATED) ? row.time(Role.UPDATED) : null,
            row.settings().margin(),
            of.market(),
            null,
            null,
            row.textIfAny(Role.TYPE),
            row.side(Role.SIDE),
            row.amountIfAny(Role.PRICE),
            ordered(row, of),
            quantity(row, Role.BASE, of),
            row.amount(Role.AVERAGE),
            total(row, of),
            row.needed(Role.STATUS))
        .withHalves(of.base(), of.quote());
  }

  // A market order may be for an amount of the other asset: then the quantity is not known.
  private static @Nullable BigDecimal ordered(Fields row, Pair of) {
    int at = row.columns().at(Role.ORDERED);
    if (at < 0) {
      return null;
    }
    boolean other =
        !bare(row, Role.ORDERED)
            && row.pairs().base(row.cells(), at, of) == null
            && row.pairs().any(row.cells(), at) != null
            && of.market().endsWith(row.pairs().unit());
    return other ? null : quantity(row, Role.ORDERED, of);
  }

  // Older files write bare numbers, newer ones glue the asset on.
  private static BigDecimal quantity(Fields row, Role role, Pair of) {
    boolean glued = !bare(row, role) || endsInDigit(row, of);
    return glued ? Glued.base(row, role, of) : row.amount(role);
  }

  // Tickers may end in a digit or be a number: 10.04 of 4USDT is ten of the asset 4. Only the
  // total,
  // glued to the pair's other half, tells.
  private static boolean endsInDigit(Fields row, Pair of) {
    if (bare(row, Role.QUOTE)
        || row.pairs().any(row.cells(), row.columns().at(Role.QUOTE)) == null) {
      return false;
    }
    int end = of.market().length() - row.pairs().unit().length();
    return end > 0
        && of.market().endsWith(row.pairs().unit())
        && Character.isDigit(of.market().charAt(end - 1));
  }

  private static BigDecimal total(Fields row, Pair of) {
    return bare(row, Role.QUOTE) ? row.amount(Role.QUOTE) : Glued.quote(row, Role.QUOTE, of);
  }

  private static boolean bare(Fields row, Role role) {
    int at = row.columns().at(role);
    int to = row.cells().to(at);
    return row.cells().blank(at) || !Character.isLetter(row.cells().chars()[to - 1]);
  }

  // The sub-header's columns are fixed: date, price, filled, total, fee; from the second cell on.
  private @Nullable ExportRecord fill(Fields row) {
    Order above = order;
    Pair of = pair;
    if (above == null || of == null) {
      row.wrong(-1, Trouble.NO_ORDER);
      return null;
    }
    Money fee = Glued.fee(row, 5, of);
    Fill fill =
        new Fill(
            row.time(1),
            above.margin(),
            above.market(),
            above.baseAsset(),
            above.quoteAsset(),
            above.side(),
            row.amount(2),
            row.amount(3),
            row.amount(4),
            fee.amount(),
            fee.asset());
    return new OrderFill(orderLine, above.number(), fill);
  }
}
