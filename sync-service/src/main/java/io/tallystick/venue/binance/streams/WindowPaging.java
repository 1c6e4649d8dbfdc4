package io.tallystick.venue.binance.streams;

import io.tallystick.venue.Bookmark;
import io.tallystick.venue.Bookmark.Window;
import io.tallystick.venue.Fetch;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Walks a history in windows of time, each read by offset while its end stands still (Wallet docs,
 * Deposit History and Withdraw History: at most 90 days, {@code offset} and {@code limit}).
 *
 * <p>Neighbouring windows share a millisecond, as nothing says whether bounds are inclusive. At
 * rest the bookmark stands on a UTC day border at least one whole day back: what becomes visible
 * late is found by the next run, and a quiet run leaves the bookmark where it was.
 *
 * @param limit rows asked for
 */
record WindowPaging(int limit) {
  /** Just under the venue's 90 days, which are refused when only a second is too much. */
  static final Duration SPAN = Duration.ofDays(90).minusHours(1);

  /** Binance opened in July 2017; nothing can be older. */
  static final Instant OPENING = Instant.parse("2017-07-01T00:00:00Z");

  /** How long after its end was frozen a walk still counts as having reached the present. */
  private static final Duration FRESH = Duration.ofHours(1);

  private static final Duration OVERLAP = Duration.ofDays(1);

  /** Before anything was read. */
  Window start(Instant earliest) {
    Instant from = earliest.isBefore(OPENING) ? OPENING : earliest.truncatedTo(ChronoUnit.MILLIS);
    return new Window(from, null, 0, null);
  }

  /** The parameters of the next call. */
  Map<String, String> parameters(Bookmark bookmark, Instant now) {
    Window at = at(bookmark);
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("startTime", Long.toString(at.from().toEpochMilli()));
    parameters.put("endTime", Long.toString(end(at, now).toEpochMilli()));
    parameters.put("offset", Integer.toString(at.offset()));
    parameters.put("limit", Integer.toString(limit));
    return parameters;
  }

  /** The page of these items; {@code now} is the one the call was made with. */
  Fetch page(Bookmark bookmark, Instant now, List<Item> items) {
    Window at = at(bookmark);
    Instant end = end(at, now);
    Instant resume = at.resume();
    for (Item item : items) {
      Instant born = item.raw().bornAt();
      if (item.mayChange() && born != null) {
        resume = resume == null || born.isBefore(resume) ? born : resume;
      }
    }
    if (items.size() >= limit) {
      Window next = new Window(at.from(), end, at.offset() + items.size(), resume);
      return new Fetch.Page(Item.raws(items), next, false);
    }
    boolean last = end.isAfter(now.minus(FRESH));
    Window next = last ? rest(at, end, resume) : onward(at, end, now, resume);
    return new Fetch.Page(Item.raws(items), next, last);
  }

  /** The next window, which begins inside this one, and early enough to rest inside itself. */
  private static Window onward(Window at, Instant end, Instant now, @Nullable Instant resume) {
    Instant shared = end.minusMillis(1);
    Instant from = shared.isAfter(tail(now)) ? tail(now) : shared;
    return new Window(from.isBefore(at.from()) ? at.from() : from, null, 0, resume);
  }

  private static Instant tail(Instant now) {
    return now.minus(OVERLAP.multipliedBy(2)).truncatedTo(ChronoUnit.MILLIS);
  }

  private static Window rest(Window at, Instant end, @Nullable Instant resume) {
    Instant border = end.minus(OVERLAP).truncatedTo(ChronoUnit.DAYS);
    // Never before the first window's start: the holder may not have consented to that time.
    Instant from = border.isBefore(at.from()) ? at.from() : border;
    return new Window(resume != null && resume.isBefore(from) ? resume : from, null, 0, null);
  }

  private static Instant end(Window at, Instant now) {
    Instant frozen = at.to();
    if (frozen != null) {
      return frozen;
    }
    Instant present = now.truncatedTo(ChronoUnit.MILLIS);
    Instant end = at.from().plus(SPAN);
    Instant tail = tail(now);
    if (!end.isBefore(present)) {
      return present.isBefore(at.from()) ? at.from() : present;
    }
    // The last window is never shorter than the overlap, so that it can rest inside itself.
    return end.isAfter(tail) ? tail : end;
  }

  private Window at(Bookmark bookmark) {
    return switch (bookmark) {
      case Window window -> window;
      case Bookmark.AfterId other -> start(OPENING);
      case Bookmark.Snapshot other -> start(OPENING);
    };
  }
}
