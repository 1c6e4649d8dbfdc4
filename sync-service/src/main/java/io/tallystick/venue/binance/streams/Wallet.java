package io.tallystick.venue.binance.streams;

import io.tallystick.venue.Answer;
import io.tallystick.venue.Bookmark;
import io.tallystick.venue.Fetch;
import io.tallystick.venue.Raw;
import io.tallystick.venue.Reading;
import io.tallystick.venue.Reading.Balance;
import io.tallystick.venue.binance.wire.JsonPage;
import io.tallystick.venue.binance.wire.Row;
import java.util.ArrayList;
import java.util.List;

/** What the wallets have in common: they are read whole, and as one record. */
final class Wallet {
  private Wallet() {}

  /**
   * The answer as one record that bears the same key each time; the bookmark of a snapshot is the
   * engine's, and goes back as it came.
   */
  static Fetch page(String key, Bookmark bookmark, Answer answer) {
    return switch (JsonPage.whole(answer.body())) {
      case JsonPage.Broken(String why) -> new Fetch.Unreadable(why);
      case JsonPage.Rows(List<byte[]> rows) ->
          new Fetch.Page(List.of(new Raw(key, null, rows.getFirst())), bookmark, true);
    };
  }

  /**
   * The balances of a wallet, from an array of {@code asset, free, locked, freeze, withdrawing}. A
   * row that cannot be read takes the wallet's completeness with it, not the other rows: its asset
   * is then unknown, not zero.
   */
  static Reading balances(String wallet, byte[] record) {
    List<Row> rows = Row.array(record);
    if (rows == null) {
      return new Reading.Unread("the record is not a JSON array");
    }
    List<Balance> balances = new ArrayList<>(rows.size());
    for (Row row : rows) {
      Balance balance =
          new Balance(
              row.name("asset"),
              row.amount("free"),
              row.amountOrZero("locked"),
              row.amountOrZero("freeze"),
              row.amountOrZero("withdrawing"));
      if (row.wrong() == null) {
        balances.add(balance);
      }
    }
    return balances.isEmpty() && !rows.isEmpty()
        ? new Reading.Unread("no balance can be read")
        : new Reading.BalancesSeen(wallet, balances, balances.size() == rows.size());
  }
}
