package io.tallystick.venue;

import java.time.Instant;
import java.util.List;

/**
 * One pageable source inside a domain, as pure functions: what to ask next, what an answer holds,
 * what a record means. The engine owns the calls, the waiting, the storing.
 */
public interface Stream {
  /** Fewer calls a minute than this are few. */
  int FEW_CALLS = 30;

  /** Stable name, unique within the venue, for example {@code spot-trades}. */
  String name();

  /** The kind of record, as consents name it. */
  Domain domain();

  /** What the stream is asked for one by one. */
  Partition partition();

  /** Raised when {@link #map} changes meaning; evidence is then mapped anew. */
  int mappingVersion();

  /** Everything that the stream may ever send; the venue's allow-list is made of these. */
  List<Endpoint> endpoints();

  /** Whether the venue's limits allow so few calls a minute that others should be read first. */
  default boolean slow() {
    return endpoints().stream().anyMatch(endpoint -> endpoint.callsAMinute() < FEW_CALLS);
  }

  /** What the stream says of itself in the table of coverage. */
  Coverage coverage();

  /**
   * What the stream is asked for one by one, where the venue wants a type named with each question
   * and the stream is not asked by market; one empty text when it is asked as a whole.
   */
  default List<String> parts() {
    return List.of("");
  }

  /** Whether it tells balances as they stand now, and so is read again when all else was read. */
  default boolean tellsBalances() {
    return domain() == Domain.BALANCES;
  }

  /** Whether there can be anything new at this time; a stream that is not due is not asked. */
  default boolean due(Bookmark bookmark, Instant now) {
    return true;
  }

  /** The first instant of which the venue tells anybody; what was before is in no answer. */
  default Instant tellsSince() {
    return Instant.EPOCH;
  }

  /** Where reading begins when nothing was read before. */
  Bookmark start(Instant earliest);

  /**
   * The call that reads on from the bookmark.
   *
   * @param partition the market, or empty
   * @param now the venue's time, which freezes an open window's end
   */
  Call next(String partition, Bookmark bookmark, Instant now);

  /** Reads a good answer to the call made from this bookmark at this time. */
  Fetch read(String partition, Bookmark bookmark, Instant now, Answer answer);

  /** What the record means; pure, and total: it never throws. */
  Reading map(String partition, byte[] record, Markets markets);

  /** The same, of a record that may come read. */
  default Reading map(String partition, Raw raw, Markets markets) {
    return map(partition, raw.bytes(), markets);
  }

  /** Whether a live stream may tell of the same events before, or after, they are paged. */
  default boolean alsoLive() {
    return false;
  }

  /** What a stream is cut into. */
  enum Partition {
    /** Not by market: by the {@link Stream#parts} that it names itself. */
    NONE,
    /** By market, all markets whose assets were seen. */
    MARKET,
    /** By market, those that have trades, open orders or locked funds. */
    TRADED_MARKET
  }

  /** Looks markets up by symbol, over everything ever listed. */
  interface Markets {
    /** The market of this symbol; null when it was never seen. */
    @org.jspecify.annotations.Nullable
    Market find(String symbol);

    /** Whether any market that was ever listed trades this asset. */
    boolean lists(String asset);
  }
}
