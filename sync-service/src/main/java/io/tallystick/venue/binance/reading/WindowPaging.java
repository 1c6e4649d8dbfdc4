package io.tallystick.venue.binance.reading;

import io.tallystick.venue.Bookmark;
import io.tallystick.venue.Bookmark.Window;
import io.tallystick.venue.Fetch;
import io.tallystick.venue.Fetch.Loss;
import io.tallystick.venue.Fetch.Lost;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Walks a history in windows of time, each read while its end stands still.
 *
 * <p>Neighbouring windows share a millisecond, as nothing says whether bounds are inclusive. At
 * rest the bookmark stands on a UTC day border at least one whole day back: what becomes visible
 * late is found by the next run, and a quiet run leaves the bookmark where it was.
 *
 * <p>A window that must be narrowed keeps none of its rows until it fits, because rows without ids
 * are told apart by counting equals, and only in a whole window are all of them there. The next one
 * is twice as wide as the one that fitted. When the narrowest is still too full, its rows are kept
 * and the rest is stated as lost.
 *
 * @param from what the venue calls a window's first instant
 * @param to what the venue calls its last instant
 * @param span the widest window
 * @param memory how long the venue remembers; null when no limit is known
 * @param opening the list tells of nothing older, though there may have been something
 */
public record WindowPaging(
    String from,
    String to,
    Duration span,
    Paging paging,
    @Nullable Duration memory,
    Instant opening) {
  /**
   * Just under 90 days, which are refused when only a second is too much (Wallet docs, Deposit
   * History and Withdraw History).
   */
  public static final Duration SPAN = Duration.ofDays(90).minusHours(1);

  /** The same under 30 days, the usual limit of a list on {@code /sapi}. */
  public static final Duration MONTH = Duration.ofDays(30).minusHours(1);

  /** Binance opened in July 2017; nothing can be older. */
  public static final Instant OPENING = Instant.parse("2017-07-01T00:00:00Z");

  /** How long after its end was frozen a walk still counts as having reached the present. */
  private static final Duration FRESH = Duration.ofHours(1);

  private static final Duration OVERLAP = Duration.ofDays(1);

  /** Windows from {@code startTime} to {@code endTime} that no memory limits. */
  public WindowPaging(Duration span, Paging paging) {
    this("startTime", "endTime", span, paging, null, OPENING);
  }

  /** Windows of just under 90 days, read by offset. */
  public WindowPaging(int limit) {
    this(SPAN, new Paging.Offset(limit));
  }

  /** The same, where the venue forgets what is older. */
  public WindowPaging remembering(Duration longest) {
    return new WindowPaging(from, to, span, paging, longest, opening);
  }

  /** The same, where the venue calls the bounds otherwise. */
  public WindowPaging named(String first, String last) {
    return new WindowPaging(first, last, span, paging, memory, opening);
  }

  /** The same, for a list that begins later. */
  public WindowPaging since(Instant first) {
    return new WindowPaging(from, to, span, paging, memory, first);
  }

  /** Before anything was read; what the list leaves out of it is told with its first page. */
  public Window start(Instant earliest) {
    Instant first = earliest.isBefore(OPENING) ? OPENING : earliest.truncatedTo(ChronoUnit.MILLIS);
    return new Window(first, null, 0, null);
  }

  /** The parameters of the next call. */
  public Map<String, String> parameters(Bookmark bookmark, Instant now) {
    Window at = at(bookmark, now);
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put(from, Long.toString(at.from().toEpochMilli()));
    parameters.put(to, Long.toString(end(at, now).toEpochMilli()));
    parameters.putAll(new TreeMap<>(paging.parameters(at.offset())));
    return parameters;
  }

  /** The page of these items; {@code now} is the one the call was made with. */
  public Fetch page(Bookmark bookmark, Instant now, List<Item> items) {
    return page(bookmark, now, items, null, false);
  }

  /**
   * The page of these items.
   *
   * @param total how many rows the window holds; null when the answer does not tell
   * @param more whether the answer says that rows were left out
   */
  public Fetch page(
      Bookmark bookmark, Instant now, List<Item> items, @Nullable Long total, boolean more) {
    Window at = at(bookmark, now);
    Instant end = end(at, now);
    Instant resume = earliestChanging(at.resume(), items);
    boolean whole = !more && items.size() < paging.limit();
    boolean counted = !more && total != null && total <= (long) at.offset() + items.size();
    return switch (paging) {
      case Paging.Offset _, Paging.Pages _ ->
          whole || counted
              ? done(bookmark, now, items, resume, List.of())
              : new Fetch.Page(
                  Item.raws(items),
                  new Window(at.from(), end, at.offset() + items.size(), resume),
                  false,
                  forgotten(bookmark, at));
      case Paging.Narrowing _ ->
          whole || counted
              ? done(bookmark, now, items, resume, List.of())
              : narrowed(bookmark, now, items, total);
      case Paging.Newest _ -> {
        Instant oldest = whole ? null : oldest(items, at.from());
        Lost lost = oldest == null ? null : new Lost(Loss.FORGOTTEN, at.from(), oldest);
        yield done(bookmark, now, items, resume, lost == null ? List.of() : List.of(lost));
      }
    };
  }

  private Fetch narrowed(Bookmark bookmark, Instant now, List<Item> items, @Nullable Long total) {
    Window at = at(bookmark, now);
    Instant end = end(at, now);
    long width = end.toEpochMilli() - at.from().toEpochMilli();
    if (width <= 1) {
      Lost lost = new Lost(Loss.SATURATED, at.from(), end);
      return done(bookmark, now, items, earliestChanging(at.resume(), items), List.of(lost));
    }
    // A count tells at once how narrow it must be; a little less, as rows are not spread evenly.
    long least = total == null ? 2 : Math.max(2, total * 5 / 4 / Math.max(1, paging.limit()) + 1);
    Instant nearer = at.from().plusMillis(Math.max(1, width / least));
    Window next = new Window(at.from(), nearer, 0, at.resume());
    return new Fetch.Page(List.of(), next, false, forgotten(bookmark, at));
  }

  private Fetch.Page done(
      Bookmark bookmark,
      Instant now,
      List<Item> items,
      @Nullable Instant resume,
      List<Lost> proved) {
    Window at = at(bookmark, now);
    Instant end = end(at, now);
    boolean last = end.isAfter(now.minus(FRESH));
    Window next = last ? rest(at, end, resume) : onward(at, end, now, resume);
    List<Lost> lost = new ArrayList<>(forgotten(bookmark, at));
    lost.addAll(proved);
    return new Fetch.Page(Item.raws(items), next, last, lost);
  }

  private static @Nullable Instant earliestChanging(@Nullable Instant resume, List<Item> items) {
    Instant earliest = resume;
    for (Item item : items) {
      Instant born = item.raw().bornAt();
      if (item.mayChange() && born != null) {
        earliest = earliest == null || born.isBefore(earliest) ? born : earliest;
      }
    }
    return earliest;
  }

  private static @Nullable Instant oldest(List<Item> items, Instant after) {
    Instant oldest = null;
    for (Item item : items) {
      Instant born = item.raw().bornAt();
      if (born != null) {
        oldest = oldest == null || born.isBefore(oldest) ? born : oldest;
      }
    }
    return oldest != null && oldest.isAfter(after) ? oldest : null;
  }

  /** The next window, which begins inside this one, and early enough to rest inside itself. */
  private Window onward(Window at, Instant end, Instant now, @Nullable Instant resume) {
    if (narrow(at)) {
      // Never where it began: the narrowest windows would stand still.
      Instant first = end.minusMillis(1);
      first = first.isAfter(at.from()) ? first : end;
      Duration wider = Duration.between(at.from(), end).multipliedBy(2);
      boolean free = wider.compareTo(span) >= 0 || !first.plus(wider).isBefore(now);
      return new Window(first, free ? null : first.plus(wider), 0, resume);
    }
    Instant shared = end.minusMillis(1);
    Instant first = shared.isAfter(tail(now)) ? tail(now) : shared;
    return new Window(first.isBefore(at.from()) ? at.from() : first, null, 0, resume);
  }

  private boolean narrow(Window at) {
    return paging instanceof Paging.Narrowing && at.to() != null;
  }

  private static Instant tail(Instant now) {
    return now.minus(OVERLAP.multipliedBy(2)).truncatedTo(ChronoUnit.MILLIS);
  }

  private Window rest(Window at, Instant end, @Nullable Instant resume) {
    Instant border = end.minus(OVERLAP).truncatedTo(ChronoUnit.DAYS);
    // Never before the first window's start: the holder may not have consented to that time. A
    // narrowed one is not the first.
    Instant first = border.isBefore(at.from()) && !narrow(at) ? at.from() : border;
    return new Window(resume != null && resume.isBefore(first) ? resume : first, null, 0, null);
  }

  private Instant end(Window at, Instant now) {
    Instant frozen = at.to();
    if (frozen != null) {
      return frozen;
    }
    Instant present = now.truncatedTo(ChronoUnit.MILLIS);
    Instant end = at.from().plus(span);
    Instant tail = tail(now);
    if (!end.isBefore(present)) {
      return present.isBefore(at.from()) ? at.from() : present;
    }
    // The last window is never shorter than the overlap, so that it can rest inside itself.
    return end.isAfter(tail) ? tail : end;
  }

  /** The window of a bookmark, as far as the list begins and the venue still remembers it. */
  private Window at(Bookmark bookmark, Instant now) {
    Window at =
        switch (bookmark) {
          case Window window -> window;
          case Bookmark.AfterId _, Bookmark.Snapshot _ -> start(OPENING);
        };
    Instant faded = memory == null ? opening : now.minus(memory).truncatedTo(ChronoUnit.DAYS);
    Instant horizon = faded.isBefore(opening) ? opening : faded;
    // A window that is being read is not begun again because midnight passed; but where it was left
    // for a day or more, nobody knows which of its rows are gone.
    Instant oldest = at.to() == null ? horizon : horizon.minus(OVERLAP);
    return at.from().isBefore(oldest) ? new Window(horizon, null, 0, at.resume()) : at;
  }

  // The day of the horizon is asked for and counts as lost all the same: a part of it is. The day
  // on
  // which the list begins is whole.
  private List<Lost> forgotten(Bookmark bookmark, Window at) {
    if (!(bookmark instanceof Window kept) || !kept.from().isBefore(at.from())) {
      return List.of();
    }
    Instant end = at.from().equals(opening) ? opening : at.from().plus(Duration.ofDays(1));
    return List.of(new Lost(Loss.FORGOTTEN, kept.from(), end));
  }
}
