package io.tallystick.venue.binance.streams;

import io.tallystick.venue.Answer;
import io.tallystick.venue.Bookmark;
import io.tallystick.venue.Call;
import io.tallystick.venue.Domain;
import io.tallystick.venue.Fetch;
import io.tallystick.venue.Reading;
import io.tallystick.venue.Stream;
import io.tallystick.venue.binance.wire.BinanceEndpoints;
import io.tallystick.venue.binance.wire.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Every asset the spot account ever touched, zeros included (Spot REST docs, Account information):
 * where the search for trades begins. Balances come from {@link SpotBalances}, which knows the
 * frozen parts; {@code LD…} tokens are listed here as seen, though they are claims on Earn.
 */
public final class SpotAccount implements Stream {
  @Override
  public String name() {
    return "spot-account";
  }

  @Override
  public Domain domain() {
    return Domain.BALANCES;
  }

  @Override
  public Partition partition() {
    return Partition.NONE;
  }

  @Override
  public int mappingVersion() {
    return 1;
  }

  @Override
  public Bookmark start(Instant earliest) {
    return new Bookmark.Snapshot(null);
  }

  @Override
  public Call next(String partition, Bookmark bookmark, Instant now) {
    return Call.of(BinanceEndpoints.ACCOUNT);
  }

  @Override
  public Fetch read(String partition, Bookmark bookmark, Instant now, Answer answer) {
    return Wallet.page("account", bookmark, answer);
  }

  @Override
  public Reading map(String partition, byte[] record, Markets markets) {
    Row account = Row.of(record);
    List<Row> balances = account.rows("balances");
    String wrong = account.wrong();
    if (wrong != null) {
      return new Reading.Unread(wrong);
    }
    List<String> assets = new ArrayList<>();
    for (Row balance : balances) {
      String asset = balance.name("asset");
      if (balance.wrong() == null) {
        assets.add(asset);
      }
    }
    return assets.isEmpty() && !balances.isEmpty()
        ? new Reading.Unread("no balance names its asset")
        : new Reading.AssetsSeen(assets);
  }
}
