package io.tallystick.venue.binance.reading;

import io.tallystick.venue.Answer;
import io.tallystick.venue.Bookmark;
import io.tallystick.venue.Call;
import io.tallystick.venue.Fetch;
import java.time.Instant;
import java.util.Map;

/** A source that is read whole, each time anew, and kept as one record. */
public interface SnapshotStream extends BinanceStream {
  /** What is asked for besides the endpoint. */
  default Map<String, String> asked(String part) {
    return Map.of();
  }

  /** The key of its one record, for ever the same. */
  default String key() {
    return name();
  }

  @Override
  default Bookmark start(Instant earliest) {
    return new Bookmark.Snapshot(null);
  }

  @Override
  default Call next(String partition, Bookmark bookmark, Instant now) {
    return Call.of(sheet().endpoint(), asked(partition));
  }

  @Override
  default Fetch read(String partition, Bookmark bookmark, Instant now, Answer answer) {
    return Wallet.page(key(), bookmark, answer);
  }
}
