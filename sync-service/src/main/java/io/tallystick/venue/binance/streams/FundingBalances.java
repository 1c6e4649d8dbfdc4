package io.tallystick.venue.binance.streams;

import io.tallystick.venue.Answer;
import io.tallystick.venue.Bookmark;
import io.tallystick.venue.Call;
import io.tallystick.venue.Domain;
import io.tallystick.venue.Fetch;
import io.tallystick.venue.Reading;
import io.tallystick.venue.Stream;
import io.tallystick.venue.binance.wire.BinanceEndpoints;
import java.time.Instant;

/**
 * The funding wallet (Wallet docs, Funding Wallet), where P2P, Pay and card balances live: positive
 * balances only, so an absent asset is zero.
 */
public final class FundingBalances implements Stream {
  @Override
  public String name() {
    return "funding-balances";
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
    return Call.of(BinanceEndpoints.FUNDING_ASSET);
  }

  @Override
  public Fetch read(String partition, Bookmark bookmark, Instant now, Answer answer) {
    return Wallet.page("funding", bookmark, answer);
  }

  @Override
  public Reading map(String partition, byte[] record, Markets markets) {
    return Wallet.balances("funding", record);
  }
}
