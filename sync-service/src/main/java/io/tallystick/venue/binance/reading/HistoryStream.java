package io.tallystick.venue.binance.reading;

import io.tallystick.venue.Answer;
import io.tallystick.venue.Bookmark;
import io.tallystick.venue.Call;
import io.tallystick.venue.Fetch;
import io.tallystick.venue.binance.wire.JsonPage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A list that is told by windows of time. */
public interface HistoryStream extends BinanceStream {
  /** How its windows are walked. */
  WindowPaging paging();

  /** How its answers are cut. */
  Cut cut();

  /** The record with its key. */
  Item item(byte[] record);

  /** What is asked for besides the window. */
  default Map<String, String> asked(String part) {
    return Map.of();
  }

  /**
   * The only members of a record that are kept, where records tell of other people; empty where
   * they are kept whole. What is left out is gone before anything is stored, fields that the venue
   * may add one day included.
   */
  default Set<String> keptMembers() {
    return Set.of();
  }

  @Override
  default Instant tellsSince() {
    return paging().opening();
  }

  @Override
  default Bookmark start(Instant earliest) {
    return paging().start(earliest);
  }

  @Override
  default Call next(String partition, Bookmark bookmark, Instant now) {
    Map<String, String> parameters = new LinkedHashMap<>(asked(partition));
    parameters.putAll(paging().parameters(bookmark, now));
    return Call.of(sheet().endpoint(), parameters);
  }

  @Override
  default Fetch read(String partition, Bookmark bookmark, Instant now, Answer answer) {
    return switch (cut().rows(answer.body())) {
      case Cut.Found.Broken(String why) -> new Fetch.Unreadable(why);
      case Cut.Found.Rows found -> {
        List<Item> items = found.rows().stream().map(this::kept).map(this::item).toList();
        yield paging().page(bookmark, now, items, found.total(), found.more());
      }
    };
  }

  private byte[] kept(byte[] record) {
    return keptMembers().isEmpty()
        ? record
        : JsonPage.only(record, keptMembers()).getBytes(StandardCharsets.UTF_8);
  }
}
