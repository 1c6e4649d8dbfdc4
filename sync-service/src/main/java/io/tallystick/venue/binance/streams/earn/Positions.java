package io.tallystick.venue.binance.streams.earn;

import io.tallystick.venue.Reading;
import io.tallystick.venue.Reading.Balance;
import io.tallystick.venue.binance.wire.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What both kinds of products have in common: positions that add up to a wallet. */
final class Positions {
  private Positions() {}

  /**
   * The wallet that an answer's positions make up.
   *
   * @param amount the member that tells what a position holds
   * @param bound the member that tells which part of it is bound; empty when none does
   */
  static Reading reading(String wallet, byte[] record, String amount, String bound) {
    Row answer = Row.of(record);
    List<Row> rows = answer.rows("rows");
    String wrong = answer.wrong();
    if (wrong != null) {
      return new Reading.Unread(wrong);
    }
    Map<String, BigDecimal> free = new TreeMap<>();
    Map<String, BigDecimal> locked = new TreeMap<>();
    int read = 0;
    for (Row row : rows) {
      String asset = row.name("asset");
      BigDecimal all = row.amount(amount);
      BigDecimal part = bound.isEmpty() ? BigDecimal.ZERO : row.amountOrZero(bound).min(all);
      if (row.wrong() == null) {
        read++;
        free.merge(asset, all.subtract(part), BigDecimal::add);
        locked.merge(asset, part, BigDecimal::add);
      }
    }
    if (read == 0 && !rows.isEmpty()) {
      return new Reading.Unread("no position can be read");
    }
    boolean whole = read == rows.size() && answer.integerOr("total", rows.size()) <= rows.size();
    List<Balance> balances = new ArrayList<>();
    BigDecimal none = BigDecimal.ZERO;
    free.forEach((asset, units) ->
        balances.add(new Balance(asset, units, locked.getOrDefault(asset, none), none, none)));
    return new Reading.BalancesSeen(wallet, balances, whole && answer.wrong() == null);
  }
}
