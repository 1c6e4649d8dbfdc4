package io.tallystick.venue.binance.reading;

import io.tallystick.venue.Answer;
import io.tallystick.venue.Bookmark;
import io.tallystick.venue.Fetch;
import io.tallystick.venue.Raw;
import io.tallystick.venue.Reading;
import io.tallystick.venue.Reading.Balance;
import io.tallystick.venue.Stream;
import io.tallystick.venue.binance.wire.JsonPage;
import io.tallystick.venue.binance.wire.Row;
import java.util.ArrayList;
import java.util.List;

/** What the wallets have in common: they are read whole, and as one record. */
public final class Wallet {
  private static final String CLAIM = "LD";

  private Wallet() {}

  /**
   * The answer as one record that bears the same key each time; the bookmark of a snapshot is the
   * engine's, and goes back as it came.
   */
  public static Fetch page(String key, Bookmark bookmark, Answer answer) {
    return switch (JsonPage.whole(answer.body())) {
      case JsonPage.Broken(String why) -> new Fetch.Unreadable(why);
      case JsonPage.Rows(List<byte[]> rows) ->
          new Fetch.Page(List.of(new Raw(key, null, rows.getFirst())), bookmark, true);
    };
  }

  /**
   * The balances of a wallet, from an array of {@code asset, free, locked, freeze, withdrawing}. A
   * row that cannot be read takes the wallet's completeness with it, not the other rows: its asset
   * is then unknown, not zero. Claims on Earn are left out: what they stand for is told there.
   */
  public static Reading balances(String wallet, byte[] record, Stream.Markets markets) {
    List<Row> rows = Row.array(record);
    if (rows == null) {
      return new Reading.Unread("the record is not a JSON array");
    }
    return seen(wallet, rows, true, markets);
  }

  /**
   * The same from rows that were cut already.
   *
   * @param whole whether an asset that no row names has a balance of zero
   */
  public static Reading seen(String wallet, List<Row> rows, boolean whole, Stream.Markets markets) {
    List<Balance> balances = new ArrayList<>(rows.size());
    int read = 0;
    for (Row row : rows) {
      Balance balance =
          new Balance(
              row.name("asset"),
              row.amount("free"),
              row.amountOrZero("locked"),
              row.amountOrZero("freeze"),
              row.amountOrZero("withdrawing"));
      if (row.wrong() == null) {
        read++;
        if (!isClaim(balance.asset(), markets)) {
          balances.add(balance);
        }
      }
    }
    return read == 0 && !rows.isEmpty()
        ? new Reading.Unread("no balance can be read")
        : new Reading.BalancesSeen(wallet, balances, whole && read == rows.size());
  }

  /**
   * Whether a name in the spot wallet is a claim on flexible Earn, such as {@code LDBTC}: counting
   * it beside the Earn wallet counts the money twice. {@code LDO} is a coin: it is listed, and no
   * {@code O} is. That listings tell the two apart is inferred.
   */
  public static boolean isClaim(String asset, Stream.Markets markets) {
    return asset.startsWith(CLAIM)
        && !markets.lists(asset)
        && markets.lists(asset.substring(CLAIM.length()));
  }
}
